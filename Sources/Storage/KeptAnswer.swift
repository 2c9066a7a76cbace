public import Ledger

/// What a caller was answered, to be answered again.
public struct KeptAnswer: Hashable, Sendable {
  /// Such as 409.
  public var status: Int64
  /// The bytes of the answer.
  public var body: [UInt8]
  /// An answer.
  public init(status: Int64, body: [UInt8]) {
    self.status = status
    self.body = body
  }
}

/// A request that was done before.
public struct EarlierRequest: Hashable, Sendable {
  /// Whether it was the very same request.
  public var isSame: Bool
  /// What became of it.
  public var answer: LedgerAnswer
  /// The bytes it was answered with, where they were kept.
  public var kept: KeptAnswer?
}

private let keep = SQLText(
  """
  INSERT INTO kept_answer (request, status, body) VALUES ($1, $2, $3)
  ON CONFLICT (request) DO NOTHING
  """)
private let kept = SQLText("SELECT status, body FROM kept_answer WHERE request = $1")
private let done = SQLText(
  "SELECT digest, code, amount, rest, number, subject FROM request WHERE id = $1")

extension LedgerStore {
  /// Keeps the bytes of the answer to a request that was done; the first that are kept stay.
  public func keep(_ answer: KeptAnswer, for request: String) throws(StorageError) {
    try administer { () throws(StorageError) in
      _ = try connection.run(
        Storage.keep, [.text(request), .integer(answer.status), .bytes(answer.body)])
    }
  }
}

extension LedgerReader {
  /// What became of a request of an id; nil when there was none.
  ///
  /// - Parameter identity: What the caller would send with it.
  public func earlier(_ id: String, identity: [UInt8]) throws(StorageError) -> EarlierRequest? {
    let rows = try connection.rows(done, [.text(id)])
    guard try rows.next() else { return nil }
    let name = rows.text(1)
    guard let code = LedgerAnswer.Code(rawValue: name) else {
      throw .corrupt("an answer with the unknown code \(name)")
    }
    var earlier = EarlierRequest(
      isSame: rows.bytes(0) == identityDigest(identity),
      answer: LedgerAnswer(
        code, amount: rows.integer(2), rest: rows.integer(3),
        transaction: rows.optionalInteger(4), subject: rows.text(5)))
    rows.close()
    let answers = try connection.rows(kept, [.text(id)])
    defer { answers.close() }
    if try answers.next() {
      earlier.kept = KeptAnswer(status: answers.integer(0), body: answers.bytes(1))
    }
    return earlier
  }
}
