import CCrypto
import Ledger

/// Random bytes of the system.
///
/// - Throws: `io` when the system has none.
func systemRandom(_ count: Int) throws(StorageError) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: count)
  let isFilled = bytes.withUnsafeMutableBufferPointer {
    RAND_bytes($0.baseAddress, Int32($0.count)) == 1
  }
  guard isFilled else { throw .io("the system gives no random bytes") }
  return bytes
}

/// Digests that tie every transaction to the one before it.
///
/// Fields go in with their lengths before them, so that no two lists of fields give the same bytes.
enum HashChain {
  /// What the first transaction follows.
  static let start = [UInt8](repeating: 0, count: 32)

  /// The bytes a digest is made of.
  struct Fields {
    private(set) var bytes: [UInt8] = []
    /// No field yet, and room for those of most.
    init() { bytes.reserveCapacity(640) }
    mutating func add(_ number: Int64) {
      withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
    mutating func add(_ data: [UInt8]) {
      add(Int64(data.count))
      bytes.append(contentsOf: data)
    }
    mutating func add(_ text: String) {
      add(Int64(text.utf8.count))
      bytes.append(contentsOf: text.utf8)
    }
    mutating func add(_ number: Int64?) {
      add(number == nil ? 0 : 1 as Int64)
      add(number ?? 0)
    }
  }

  /// The SHA-256 of some bytes.
  static func digest(_ bytes: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    bytes.withUnsafeBufferPointer { input in
      result.withUnsafeMutableBufferPointer { output in
        let isDone = EVP_Digest(
          input.baseAddress, input.count, output.baseAddress, nil, algorithm.pointer, nil)
        precondition(isDone == 1, "the library can work out SHA-256")
      }
    }
    return result
  }

  /// SHA-256, looked up once: the library would look it up again for every digest.
  private static let algorithm = Algorithm()

  /// An algorithm of the library, which any number of threads may use and none changes.
  private struct Algorithm: @unchecked Sendable {
    let pointer = EVP_MD_fetch(nil, "SHA256", nil)
  }

  /// The digest of a transaction that follows another.
  static func digest(_ transaction: StoredTransaction) -> [UInt8] {
    var fields = Fields()
    fields.add("promo ledger 1")
    fields.add(transaction.previousHash)
    fields.add(transaction.number)
    fields.add(transaction.kind)
    fields.add(transaction.request)
    fields.add(transaction.actor)
    fields.add(transaction.reason)
    fields.add(transaction.recordedAt)
    fields.add(transaction.effectiveAt)
    fields.add(Int64(transaction.postings.count))
    for posting in transaction.postings {
      fields.add(posting.owner)
      fields.add(posting.balance.value)
      fields.add(posting.amount)
      fields.add(posting.lot?.value)
    }
    return digest(fields.bytes)
  }
}
