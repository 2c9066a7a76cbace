import Ledger
import LocalTime

/// What a record becomes by some changes, or why it can not.
private struct Revision {
  var record: PersonRecord
  var names: [String] = []
  var refusal: LedgerAnswer?

  init(record: PersonRecord) { self.record = record }

  mutating func apply(_ change: FieldChange) {
    let old = record.fields[change.name]
    switch change.change {
    case .keep: return
    case .clear:
      guard old != nil else { return }
      record.fields[change.name] = nil
    case .set(let value):
      if let old, old.isSame(as: value) { return }
      record.fields[change.name] = value
    }
    names.append(change.name)
  }
}

extension LedgerStore {
  private static let sameLookup = SQLText(
    "SELECT account FROM person_lookup WHERE kind = $1 AND digest = $2")

  /// Does a command about an account.
  func answer(to command: AccountCommand, for request: LedgerRequest, at now: Instant)
    throws(StorageError) -> LedgerAnswer
  {
    switch command {
    case .register(let registration): return try register(registration, at: now)
    case .update(let account, let version, let changes):
      return try update(account, ifVersion: version, changes, at: now)
    case .merge(let account, let other):
      return try merge(account, into: other, for: request, at: now)
    case .erase(let account): return try erase(account, for: request, at: now)
    case .disable(let account): return try setDisabled(true, account, at: now)
    case .enable(let account): return try setDisabled(false, account, at: now)
    case .allocateCard(let account, let pool, let number):
      return try allocate(number, of: pool, to: account, at: now)
    case .join(let account, let group):
      return try setMembership(true, of: account, in: group, at: now)
    case .leave(let account, let group):
      return try setMembership(false, of: account, in: group, at: now)
    case .visit(let account):
      guard let number = try number(of: account) else { return LedgerAnswer(.unknownAccount) }
      return LedgerAnswer(.visited, amount: Int64(try visit(of: number, at: now)))
    case .endMemberships(let most): return try endMemberships(most: most, at: now)
    case .generateCodes(let pool, let random): return try generateCodes(random, for: pool)
    case .useCode(let code, let pool, let order):
      return try use(code: code, of: pool, for: order, at: now)
    case .openSpending(let spending): return try open(spending, at: now)
    case .assignSpending(let account, let assignee, let most):
      return try assign(account, to: assignee, exceedMaximum: most, at: now)
    case .paySpending(let parts, let spender):
      return try pay(parts, by: spender, for: request, at: now)
    }
  }

  /// Makes somebody known; enrolling happens once, and says when it happened first.
  private func register(_ registration: AccountCommand.Registration, at now: Instant)
    throws(StorageError) -> LedgerAnswer
  {
    let account = try number(of: registration.account)
    var person: Person?
    if let account {
      guard try connection.spending(account) == nil else { return LedgerAnswer(.wrongKind) }
      person = try connection.person(of: account)
    }
    if person?.isErased == true {
      return LedgerAnswer(.accountErased, subject: registration.account)
    }
    if let first = person?.enrolledAt { return LedgerAnswer(.alreadyEnrolled, amount: first) }
    guard person == nil || registration.isMember else { return LedgerAnswer(.accountExists) }
    var before = PersonRecord()
    if let account { before = try connection.record(of: account) }
    let revision = try revise(before, by: registration.fields, of: account)
    if let refusal = revision.refusal { return refusal }
    let number: AccountNumber
    if let account { number = account } else { number = try add(registration.account, at: now) }
    _ = try lookupSecret(orFrom: registration.random)
    let date = registration.isMember ? now.secondsSince1970 : nil
    if var person {
      person.version += 1
      person.enrolledAt = date
      try update(person)
    } else {
      try insertPerson(number, enrolledAt: date, random: registration.random)
    }
    try write(revision.record, before: before, of: number)
    try note(
      registration.isMember ? .enrolled : .registered, of: number, names: revision.names,
      version: (person?.version ?? 0) + 1, at: now)
    if registration.isMember { try joinGroups(on: .signUp, number, at: now) }
    return registration.isMember
      ? LedgerAnswer(.enrolled, amount: now.secondsSince1970) : LedgerAnswer(.registered)
  }

  /// Changes a record; what says the same as before is no change.
  private func update(
    _ id: String, ifVersion expected: Int64?, _ changes: [FieldChange], at now: Instant
  ) throws(StorageError) -> LedgerAnswer {
    guard let account = try number(of: id) else { return LedgerAnswer(.unknownAccount) }
    guard var person = try connection.person(of: account) else {
      return LedgerAnswer(.notRegistered)
    }
    if person.isErased { return LedgerAnswer(.accountErased, subject: id) }
    if let expected, expected != person.version {
      return LedgerAnswer(.staleVersion, amount: person.version)
    }
    let before = try connection.record(of: account)
    let revision = try revise(before, by: changes, of: account)
    if let refusal = revision.refusal { return refusal }
    guard !revision.names.isEmpty else {
      return LedgerAnswer(.unchanged, amount: person.version)
    }
    person.version += 1
    try update(person)
    try write(revision.record, before: before, of: account)
    try note(
      .updated, of: account, names: revision.names, version: person.version, at: now)
    return LedgerAnswer(.updated, amount: person.version)
  }

  private func revise(
    _ record: PersonRecord, by changes: [FieldChange], of account: AccountNumber?
  ) throws(StorageError) -> Revision {
    let known = try declaredFields()
    var revision = Revision(record: record)
    var seen: Set<String> = []
    for change in changes {
      guard let kind = known[change.name] else {
        revision.refusal = LedgerAnswer(.unknownField, subject: change.namable)
        return revision
      }
      var isGood = seen.insert(change.name).inserted
      if case .set(let value) = change.change, !kind.accepts(value) { isGood = false }
      guard isGood else {
        revision.refusal = LedgerAnswer(.badField, subject: change.name)
        return revision
      }
      revision.apply(change)
    }
    revision.names.sort()
    if try isTaken(revision.record, by: account) {
      revision.refusal = LedgerAnswer(
        .identifierTaken, subject: LookupKind.externalID.rawValue)
    }
    return revision
  }

  /// Whether another account has the external id of a record.
  private func isTaken(_ record: PersonRecord, by account: AccountNumber?)
    throws(StorageError) -> Bool
  {
    guard let key = try connection.lookupSecret(),
      let digest = record.digest(.externalID, key: key),
      let owner = try connection.number(
        Self.sameLookup, [.text(LookupKind.externalID.rawValue), .bytes(digest)])
    else { return false }
    return owner != account?.value
  }
}

extension FieldChange {
  /// Its name where it may be repeated: a name that no field could have may hold anything.
  fileprivate var namable: String { FieldDeclaration(name, .text).hasGoodName ? name : "" }
}
