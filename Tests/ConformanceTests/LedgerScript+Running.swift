import Foundation
import Ledger
import LocalTime
import Storage

extension LedgerScript {
  /// What does not hold, each with its place.
  func mismatches() -> [String] {
    let folder = NSTemporaryDirectory() + "conformance-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do {
      return try LedgerRun(folder: folder, beginning: lines[0].day).mismatches(of: self)
    } catch {
      return ["\(lines[0].place): the ledger can not be used: \(error)"]
    }
  }
}

/// A ledger with one account that has points.
private final class LedgerRun {
  private let store: LedgerStore
  private let folder: String
  private let utc = ZoneTable(identifier: "UTC", transitions: [], offsets: [0])
  private var requestCount = 0

  init(folder: String, beginning: CivilDate) throws {
    self.folder = folder
    let start = utc.instant(of: beginning, second: 0)
    store = try LedgerStore(folder: folder, zone: utc, at: start)
    try store.declare([BalanceDeclaration(name: "points", currency: nil)], conversions: [])
    _ = try ask(.open(account: "m-1"), at: start)
  }

  func mismatches(of script: LedgerScript) throws -> [String] {
    var found: [String] = []
    for line in script.lines {
      let now = utc.instant(of: line.day, second: 43_200)
      if let problem = try problem(of: line, at: now) { found.append("\(line.place): \(problem)") }
    }
    return found
  }

  private func ask(_ command: LedgerCommand, at now: Instant) throws -> LedgerAnswer {
    requestCount += 1
    let request = LedgerRequest(id: "r-\(requestCount)", actor: "case", command)
    return try store.commit([request], at: now)[0].get()
  }

  /// What is wrong with a line; nil when it holds.
  private func problem(of line: LedgerScript.Line, at now: Instant) throws -> String? {
    let words = line.words
    let numbers = words.dropFirst().compactMap { Int64($0) }
    switch words[0] {
    case "posted":
      let reader = try LedgerReader(folder: folder, zone: utc)
      let posted = try reader.view("points", of: "m-1", at: now)?.posted ?? 0
      return [posted] == numbers ? nil : "\(posted) are posted"
    case "transactions", "entries":
      let entries = try entries()
      let actual = words[0] == "entries" ? entries : [Int64(entries.count)]
      return actual == numbers ? nil : "\(words[0]) are \(actual)"
    default:
      guard let command = command(words) else { return "\(words) is nothing that can be done" }
      let answer = try ask(command, at: now)
      let isExpected = line.answer.map { $0 == answer.code.rawValue } ?? answer.isAccepted
      return isExpected ? nil : "answered \(answer.code.rawValue) \(answer.amount)"
    }
  }

  /// What each transaction moved on the account.
  private func entries() throws -> [Int64] {
    var sums: [Int64] = []
    try LedgerReader(folder: folder, zone: utc).forEachTransaction { transaction, _ in
      sums.append(transaction.postings.filter { $0.owner > 0 }.reduce(0) { $0 + $1.amount })
    }
    return sums
  }

  private func command(_ words: [String]) -> LedgerCommand? {
    func after(_ word: String) -> String? {
      words.firstIndex(of: word).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
    }
    func amount(_ word: String) -> Int64? { after(word).flatMap { Int64($0) } }
    switch words[0] {
    case "credit":
      guard let credited = amount("credit") else { return nil }
      let expiry = after("expires").flatMap(LedgerScript.day)
      return .issue(
        .init(
          account: "m-1", balance: "points", amount: credited,
          order: after("for") ?? "order-\(requestCount)", campaign: "r1",
          expiresAt: expiry.map { utc.instant(of: $0, second: 0) }))
    case "spend":
      return amount("spend").map {
        .redeem(account: "m-1", balance: "points", amount: $0, takesWhatThereIs: false)
      }
    case "purchase":
      var record = CheckoutRecord(
        order: words[1], account: "m-1", lines: [.init(id: "1", quantity: 1, paid: 10_000)])
      if let earned = amount("earn") {
        record.rewards = [.init(campaign: "r1", balance: "points", amount: earned)]
      }
      if let spent = amount("spend") {
        record.spends = [.init(.balance("points"), amount: spent)]
      }
      return .checkout(record)
    case "void": return .void(order: words[1], policy: .debt)
    case "return":
      return words.last.flatMap { ReturnPolicy(rawValue: $0) }.map {
        .giveBack(order: words[1], lines: [.init(id: "1", quantity: 1)], policy: $0)
      }
    case "disable": return .account(.disable(account: words[1]))
    case "settle": return .settle(accountsMaximum: 10)
    default: return nil
    }
  }
}
