import CCrypto
import Synchronization

/// Random bytes, digests, and comparisons that take as long whatever they find.
enum Secrets {
  /// Random bytes of the system.
  ///
  /// - Throws: 503 when the system has none.
  static func random(_ count: Int) throws(Problem) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let isFilled = bytes.withUnsafeMutableBufferPointer {
      RAND_bytes($0.baseAddress, Int32($0.count)) == 1
    }
    guard isFilled else { throw Problem(503, "unavailable", "the system gives no random bytes") }
    return bytes
  }

  /// A random number, not below zero.
  static func randomNumber() throws(Problem) -> Int64 {
    try random(8).reduce(0) { $0 << 8 | Int64($1) } & .max
  }

  /// Random bytes that have been got and not been given to anybody.
  private static let stock = Mutex<[UInt8]>([])

  /// A random text of hexadecimal digits that tells things apart, and opens nothing.
  ///
  /// The system is asked for many at once, since each question takes longer than the bytes do.
  static func randomID(_ count: Int) throws(Problem) -> String {
    let bytes = try stock.withLock { stock throws(Problem) in
      if stock.count < count { stock = try random(4_096) }
      defer { stock.removeLast(count) }
      return Array(stock.suffix(count))
    }
    return hexadecimal(bytes)
  }

  /// A random text of hexadecimal digits.
  static func randomText(_ count: Int) throws(Problem) -> String { hexadecimal(try random(count)) }

  /// How the library works out SHA-256: to look for it takes longer than to use it, so that it is
  /// looked for once. It never changes, and is let go with the process.
  private nonisolated(unsafe) static let sha256 = EVP_MD_fetch(nil, "SHA256", nil)

  /// The SHA-256 of some bytes.
  static func digest(_ bytes: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    let isDone = bytes.withUnsafeBufferPointer { input in
      result.withUnsafeMutableBufferPointer { output in
        EVP_Digest(input.baseAddress, input.count, output.baseAddress, nil, sha256, nil) == 1
      }
    }
    precondition(isDone, "the library knows SHA-256, and has memory for it")
    return result
  }

  /// The SHA-256 of texts, each with its length before it.
  static func digest(_ parts: [[UInt8]]) -> [UInt8] {
    var bytes: [UInt8] = []
    for part in parts {
      withUnsafeBytes(of: UInt64(part.count).littleEndian) { bytes.append(contentsOf: $0) }
      bytes += part
    }
    return digest(bytes)
  }

  /// The HMAC-SHA-256 of some bytes.
  static func seal(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: 32)
    var count: UInt32 = 0
    _ = HMAC(EVP_sha256(), key, Int32(key.count), bytes, bytes.count, &result, &count)
    return result
  }

  /// Bytes as base64 has them.
  static func base64(_ bytes: [UInt8]) -> String {
    var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
    let count = EVP_EncodeBlock(&text, bytes, Int32(bytes.count))
    return String(decoding: text.prefix(Int(count)), as: UTF8.self)
  }

  /// The bytes of a text in base64 with its padding; nil for another.
  static func bytes(ofBase64 text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count % 4 == 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: digits.count / 4 * 3)
    let count = EVP_DecodeBlock(&bytes, digits, Int32(digits.count))
    guard count == bytes.count else { return nil }
    return bytes.dropLast(digits.reversed().prefix { $0 == 0x3D }.count)
  }

  /// Whether two are the same, found out without saying where they differ.
  static func areSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
  }
}

/// Bytes as small hexadecimal digits.
func hexadecimal(_ bytes: [UInt8]) -> String {
  func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
  return String(unsafeUninitializedCapacity: 2 * bytes.count) { text in
    for (place, byte) in bytes.enumerated() {
      text[2 * place] = digit(byte >> 4)
      text[2 * place + 1] = digit(byte & 15)
    }
    return 2 * bytes.count
  }
}

/// The bytes that hexadecimal digits stand for; nil for anything else.
func bytes(ofHexadecimal text: some StringProtocol) -> [UInt8]? {
  let digits = text.utf8.map { byte -> UInt8? in
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
  guard digits.count % 2 == 0 else { return nil }
  var bytes: [UInt8] = []
  for place in stride(from: 0, to: digits.count, by: 2) {
    guard let high = digits[place], let low = digits[place + 1] else { return nil }
    bytes.append(high << 4 | low)
  }
  return bytes
}
