package import Ledger
package import LocalTime
import Storage

/// Something that is read of a ledger; what is answered is written as lines, to be compared.
package enum Question: Hashable, Sendable {
  case view(balance: String, account: String)
  case available(balance: String, account: String)
  case search(AccountQuery, AccountSelection, most: Int)
  case account(String, AccountSelection)
  case changes(after: Int, most: Int)
  case groups(account: String, at: Instant)
  case code(String, pool: String)
  case spendings(Spender)
}

/// A record as a line.
struct RecordLine {
  var id: String
  var enrolledAt: Instant?
  var version: Int64
  var isDisabled: Bool
  var fields: [String: FieldValue]
  var balances: [String: BalanceView]
  var cards: [String]

  var text: String {
    var words = [id, "version \(version)"]
    if let enrolledAt { words.append("member since \(enrolledAt)") }
    if isDisabled { words.append("disabled") }
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) { words.append("\(name) \(value)") }
    for (name, view) in balances.sorted(by: { $0.key < $1.key }) {
      words.append("\(name) \(view.line)")
    }
    return (words + cards).joined(separator: ", ")
  }
}

extension BalanceView {
  /// What it says as a line, but for the version.
  fileprivate var line: String {
    let words = "\(posted) \(available) \(held) \(pending) \(lifetime)"
    return expiringNext.map { words + " \($0.amount) until \($0.at)" } ?? words
  }
}

extension PeopleModel.Change {
  /// What it says as a line.
  fileprivate func line(at place: Int) -> String {
    let version = version.map { "version \($0)" } ?? ""
    return [
      "\(place) \(account) \(kind)", names.joined(separator: " "), other ?? "", version, "\(at)",
    ].joined(separator: ", ")
  }
}

extension LedgerReader {
  /// What the real ledger answers.
  func lines(for question: Question, at now: Instant) throws(StorageError) -> [String] {
    switch question {
    case .view(let balance, let account):
      return try view(balance, of: account, at: now).map { [$0.line] } ?? []
    case .available(let balance, let account):
      return try available(balance, of: account, at: now).map { ["\($0)"] } ?? []
    case .search(let query, let selection, let most):
      return try search(query, returning: selection, most: most, at: now).map { $0.line }
    case .account(let id, let selection):
      return try account(id, returning: selection, at: now).map { [$0.line] } ?? []
    case .changes(let place, let most):
      return try changes(after: Int64(place), most: most).map { change in
        PeopleModel.Change(
          account: change.account, kind: change.kind.rawValue, names: change.names,
          other: change.other, version: change.version, at: change.recordedAt
        ).line(at: Int(change.place))
      }
    case .groups(let account, let moment): return try groups(of: account, at: moment)
    case .code(let code, let pool):
      guard let state = try self.code(code, in: pool) else { return [] }
      return ["\(state.usedFor ?? "unused") \(state.usedAt.map { "\($0)" } ?? "")"]
    case .spendings(let spender):
      return try spendingAccounts(usableBy: spender, at: now).map {
        "\($0.spending.account) \($0.spending.balance) \($0.available) \($0.exceedMaximum)"
      }
    }
  }
}

extension AccountRecord {
  fileprivate var line: String {
    RecordLine(
      id: id, enrolledAt: enrolledAt, version: version, isDisabled: isDisabled, fields: fields,
      balances: balances, cards: cards
    ).text
  }
}

extension CoinModel {
  /// What a ledger must answer at the moment that it was brought to.
  func lines(for question: Question, at now: Instant) -> [String] {
    switch question {
    case .view(let balance, let account):
      return view(balance, of: account).map { [$0.line] } ?? []
    case .available(let balance, let account):
      return view(balance, of: account).map { ["\($0.available)"] } ?? []
    case .search(let query, let selection, let most):
      let found = people.opened.filter { answers($0, to: query) }.prefix(most)
      return found.compactMap { record($0, selection) }
    case .account(let id, let selection): return record(id, selection).map { [$0] } ?? []
    case .changes(let place, let most):
      let places = people.changes.indices.dropFirst(place).prefix(most)
      return places.map { people.changes[$0].line(at: $0 + 1) }
    case .groups(let account, let moment): return groups(of: account, at: moment)
    case .code(let typed, let pool):
      guard let code = PeopleModel.plainCode(typed), let known = people.codes[code],
        known.pool == pool
      else { return [] }
      return ["\(known.usedFor ?? "unused") \(known.usedAt.map { "\($0)" } ?? "")"]
    case .spendings(let spender): return spendings(usableBy: spender, at: now)
    }
  }

  private func answers(_ id: String, to query: AccountQuery) -> Bool {
    guard let person = people.persons[id], !query.terms.isEmpty else { return false }
    return query.terms.allSatisfy { kind, typed in
      guard let wanted = PeopleModel.plain(typed, kind) else { return false }
      if kind == .card { return person.cards.contains(wanted) }
      guard case .text(let text) = person.fields[kind.rawValue],
        let mine = PeopleModel.plain(text, kind)
      else { return false }
      return Array(mine.utf8) == Array(wanted.utf8)
    }
  }

  private func record(_ id: String, _ selection: AccountSelection) -> String? {
    guard let person = people.persons[id], !person.isErased else { return nil }
    var views: [String: BalanceView] = [:]
    for balance in selection.balances { views[balance] = view(balance, of: id) }
    return RecordLine(
      id: id, enrolledAt: person.enrolledAt, version: person.version,
      isDisabled: people.disabled.contains(id),
      fields: person.fields.filter { selection.fields?.contains($0.key) ?? true },
      balances: views, cards: selection.hasCards ? person.cards.sorted() : []
    ).text
  }
}
