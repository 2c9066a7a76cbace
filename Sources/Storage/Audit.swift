import Ledger
import LocalTime

/// What an audit counted and what it found wrong.
public struct AuditReport: Hashable, Sendable {
  /// Accounts of any kind.
  public var accounts = 0
  /// Balances that accounts have or had.
  public var balances = 0
  /// Lots, empty ones too.
  public var lots = 0
  /// Holds, ended ones too.
  public var holds = 0
  /// Promises, kept and cancelled ones too.
  public var rewards = 0
  /// Transactions of the chain.
  public var transactions = 0
  /// Sides of all transactions.
  public var postings = 0
  /// Each difference in one line; empty when the books are right.
  public var differences: [String] = []

  /// `ok` with what was counted, or how much is wrong.
  public var summary: String {
    let counts =
      "\(accounts) accounts, \(balances) balances, \(lots) lots, \(holds) holds, "
      + "\(rewards) rewards, \(transactions) transactions, \(postings) postings"
    return differences.isEmpty ? "ok: \(counts)" : "\(differences.count) differences in \(counts)"
  }
}

extension LedgerReader {
  /// Works everything out again from what was written once, and compares it with what is kept.
  ///
  /// Sums of postings against balances and lots, and the chains of accounts' entries; open holds
  /// against what is set aside; promises against what is pending; every ended hold and promise
  /// against its ending; what came back of
  /// purchases, uses of campaigns and of codes; when an account changes next; and the chain of
  /// digests from the first transaction to the last.
  /// - Parameter differencesMaximum: Stops collecting after so many.
  public func audit(differencesMaximum: Int = 1_000) throws(StorageError) -> AuditReport {
    try connection.execute("BEGIN")
    defer { try? connection.execute("COMMIT") }
    var report = AuditReport()
    report.accounts = Int(try connection.number(AuditQueries.accounts) ?? 0)
    report.balances = Int(try connection.number(AuditQueries.balances) ?? 0)
    report.lots = Int(try connection.number(AuditQueries.lots) ?? 0)
    report.holds = Int(try connection.number(AuditQueries.holds) ?? 0)
    report.rewards = Int(try connection.number(AuditQueries.rewards) ?? 0)
    try checkFile(&report)
    for check in AuditQueries.checks { try run(check, &report, differencesMaximum) }
    try checkParts(&report, differencesMaximum)
    try checkCodes(&report, differencesMaximum)
    try checkLost(&report, differencesMaximum)
    var uses = try AuditedUses(connection)
    var entries = try AuditedEntries(connection)
    try checkPacked(&report, differencesMaximum, &uses, &entries)
    try checkChain(&report, differencesMaximum, &entries)
    func tell(_ difference: String) {
      if report.differences.count < differencesMaximum { report.differences.append(difference) }
    }
    try uses.compare(connection, tell)
    try entries.compare(connection, tell)
    return report
  }

  private func run(_ check: AuditQueries.Check, _ report: inout AuditReport, _ most: Int)
    throws(StorageError)
  {
    let rows = try connection.rows(check.statement, [])
    defer { rows.close() }
    while report.differences.count < most, try rows.next() {
      let found = "\(rows.text(0)): \(check.kept) \(rows.integer(1))"
      report.differences.append("\(found), \(check.workedOut) \(rows.integer(2))")
    }
  }

  private func checkFile(_ report: inout AuditReport) throws(StorageError) {
    let rows = try connection.rows(AuditQueries.integrity, [])
    defer { rows.close() }
    while try rows.next() {
      let line = rows.text(0)
      if line != "ok" { report.differences.append("file: \(line)") }
    }
  }

  private func checkChain(
    _ report: inout AuditReport, _ most: Int, _ entries: inout AuditedEntries
  ) throws(StorageError) {
    var previous = HashChain.start
    var expected: Int64 = 1
    try forEachStored { (stored, hash, isReadable) throws(StorageError) in
      report.transactions += 1
      report.postings += stored.postings.count
      let isLinked = entries.add(stored)
      guard report.differences.count < most else { return }
      let name = "transaction \(stored.number)"
      if stored.number != expected {
        report.differences.append("\(name): comes where \(expected) should")
      }
      if stored.previousHash != previous {
        report.differences.append("\(name): does not follow the one before it")
      }
      if !isReadable {
        report.differences.append("\(name): its sides can not be read")
      } else if HashChain.digest(stored) != hash {
        report.differences.append("\(name): was changed after it was written")
      } else if !isLinked {
        report.differences.append("\(name): does not lead to the entries before it")
      }
      var sums: [BalanceID: Int128] = [:]
      for posting in stored.postings { sums[posting.balance, default: 0] += Int128(posting.amount) }
      for (balance, sum) in sums where sum != 0 {
        report.differences.append("\(name): its sides of balance \(balance.value) sum to \(sum)")
      }
      previous = hash
      expected = stored.number + 1
    }
  }
}
