public import Ledger
public import LocalTime

/// The one writer of a data folder: takes requests in batches and commits each batch at once.
///
/// It belongs to one thread at a time; `LedgerQueue` gives it one. Every request of a batch stands
/// or falls alone, and none is answered before all of them are on disk.
public final class LedgerStore {
  /// What the next rows follow.
  struct Tail {
    var account: Int64
    var lot: Int64
    var transaction: Int64
    var hash: [UInt8]
    /// The latest moment anything was recorded at.
    var moment: Instant
  }

  let connection: any SQLConnection
  private let folder: DataFolder
  /// The balances that are declared.
  public internal(set) var programme: LoyaltyProgramme
  var tail: Tail
  /// Whether something failed of which the disk alone knows how it ended.
  var isStopped = false
  /// Whether anybody wants to be told of what happens.
  var hasListeners: Bool
  /// Whether every request of the batch can be undone alone.
  private(set) var hasSavepoints = false
  /// Books that need not be read again.
  var shelf = BookShelf()
  /// What is still to be done so that the log holds nothing that was removed.
  var forgetting = Forgetting()

  /// Opens a data folder, makes it if need be, and brings it to this program's version.
  ///
  /// - Throws: `noFolder`, `locked`, `newerVersion`, `corrupt`, `io`, `full`.
  public convenience init(folder path: String, zone: ZoneTable, at now: Instant)
    throws(StorageError)
  {
    let folder = try DataFolder(holding: path)
    try folder.renewLog()
    let connection = try SQLiteConnection(
      path: DataFolder.databasePath(in: path), .writing)
    try self.init(connection, in: folder, zone: zone, at: now)
  }

  /// A store over a connection that is open for writing.
  package init(
    _ connection: any SQLConnection, in folder: DataFolder, zone: ZoneTable, at now: Instant
  ) throws(StorageError) {
    try Schema.migrate(connection, at: now)
    self.connection = connection
    self.folder = folder
    self.programme = try readProgramme(connection, zone: zone)
    self.tail = try readTail(connection)
    hasListeners = try hasWebhooks(connection)
  }

  /// Whether it still takes requests; after a failure only opening the folder again helps.
  public var isWriting: Bool { !isStopped }

  /// Whether no account was opened yet.
  public var isEmpty: Bool { tail.account == 0 }

  /// Does what is asked, each request by itself, and commits all of it before answering.
  ///
  /// - Parameters:
  ///   - requests: In the order they take effect.
  ///   - now: The moment; a clock that went back counts as standing still.
  /// - Returns: One answer each; an error for a request that a check of the store refused.
  /// - Throws: When nothing was kept: `full`, `io`, `corrupt`, and `locked` when another program
  ///   writes the file; then only opening the folder again helps, and every call throws `stopped`.
  public func commit(_ requests: [LedgerRequest], at now: Instant) throws(StorageError)
    -> [Result<LedgerAnswer, StorageError>]
  {
    try commit(requests.map { CheckedRequest($0) }, at: now)
  }

  /// The same for requests that were looked at before.
  func commit(_ requests: [CheckedRequest], at now: Instant) throws(StorageError)
    -> [Result<LedgerAnswer, StorageError>]
  {
    guard !isStopped else { throw .stopped }
    let moment = max(now, tail.moment)
    let before = tail
    do throws(StorageError) {
      try connection.execute("BEGIN IMMEDIATE")
      let answers = try attempt(requests, at: moment)
      try connection.execute("COMMIT")
      forget()
      return answers
    } catch {
      isStopped = true
      tail = before
      // What the disk holds is found out by opening it again; here nothing was acknowledged.
      try? connection.execute("ROLLBACK")
      throw error
    }
  }

  /// Does the requests of a batch, none of them in a savepoint, as if nothing could refuse one.
  ///
  /// A savepoint copies every page that is written in it, which costs more than what is written. So
  /// all is done without; if then a check of the store refuses something, or something was written
  /// for what is refused, the batch is undone and done again with savepoints.
  private func attempt(_ requests: [CheckedRequest], at now: Instant) throws(StorageError)
    -> [Result<LedgerAnswer, StorageError>]
  {
    let before = tail
    var answers: [Result<LedgerAnswer, StorageError>] = []
    answers.reserveCapacity(requests.count)
    do throws(StorageError) {
      for request in requests { answers.append(.success(try answer(to: request, at: now))) }
      return answers
    } catch {
      shelf.clear()
      guard case .constraint = error else { throw error }
      tail = before
    }
    try connection.execute("ROLLBACK")
    try connection.execute("BEGIN IMMEDIATE")
    hasSavepoints = true
    shelf.isOpen = false
    defer {
      hasSavepoints = false
      shelf.isOpen = true
    }
    answers.removeAll(keepingCapacity: true)
    for request in requests { answers.append(try attemptAlone(request, at: now)) }
    return answers
  }

  /// Does one request inside the batch; a check that refuses it undoes that request alone.
  private func attemptAlone(_ request: CheckedRequest, at now: Instant) throws(StorageError)
    -> Result<LedgerAnswer, StorageError>
  {
    let before = tail
    try connection.execute("SAVEPOINT request")
    do throws(StorageError) {
      let answer = try answer(to: request, at: now)
      try connection.execute("RELEASE request")
      return .success(answer)
    } catch {
      guard case .constraint = error else { throw error }
      tail = before
      try connection.execute("ROLLBACK TO request")
      try connection.execute("RELEASE request")
      return .failure(error)
    }
  }
}

private let lastAccount = SQLText("SELECT max(number) FROM account")
private let lastLot = SQLText("SELECT max(id) FROM lot")
private let lastMoment = SQLText(
  "SELECT recorded_at FROM request ORDER BY place DESC LIMIT 1")
private let lastTransaction = SQLText(
  "SELECT number, hash FROM ledger_transaction ORDER BY number DESC LIMIT 1")

/// Where the rows of a store end.
private func readTail(_ connection: any SQLConnection) throws(StorageError) -> LedgerStore.Tail {
  var tail = LedgerStore.Tail(
    account: try connection.number(lastAccount) ?? 0, lot: try connection.number(lastLot) ?? 0,
    transaction: 0, hash: HashChain.start,
    moment: Instant(secondsSince1970: try connection.number(lastMoment) ?? .min))
  let rows = try connection.rows(lastTransaction, [])
  defer { rows.close() }
  if try rows.next() {
    tail.transaction = rows.integer(0)
    tail.hash = rows.bytes(1)
  }
  return tail
}
