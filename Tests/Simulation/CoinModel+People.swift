import Ledger
import LocalTime

extension CoinModel {
  /// What a command about an account must answer.
  mutating func answer(to command: AccountCommand, at now: Instant) -> LedgerAnswer {
    switch command {
    case .register(let registration): return register(registration, at: now)
    case .update(let account, let version, let changes):
      return update(account, version, changes, at: now)
    case .erase(let account): return erase(account, at: now)
    case .disable(let account): return setDisabled(true, account, at: now)
    case .enable(let account): return setDisabled(false, account, at: now)
    case .allocateCard(let account, let pool, let number):
      return allocate(account, pool, number, at: now)
    case .join(let account, let group): return join(account, group, at: now)
    case .leave(let account, let group): return leave(account, group, at: now)
    case .visit(let account):
      guard accounts[account] != nil else { return LedgerAnswer(.unknownAccount) }
      return LedgerAnswer(.visited, amount: visit(account, nil, at: now))
    case .endMemberships(let most): return endMemberships(Int(most), at: now)
    case .generateCodes(let pool, let random): return generateCodes(pool, random)
    case .useCode(let code, let pool, let order): return useCode(code, pool, order, at: now)
    case .openSpending(let spending): return open(spending, at: now)
    case .assignSpending(let account, let assignee, let most):
      return assign(account, assignee, most, at: now)
    case .paySpending(let parts, let spender): return pay(parts, spender, at: now)
    case .merge: return LedgerAnswer(.sameAccount)
    }
  }

  /// Adds an account.
  mutating func begin(_ account: String) {
    accounts[account] = Account()
    people.opened.append(account)
  }

  private mutating func register(_ wanted: AccountCommand.Registration, at now: Instant)
    -> LedgerAnswer
  {
    let id = wanted.account
    if people.spendings[id] != nil { return LedgerAnswer(.wrongKind) }
    if let known = people.persons[id] {
      if known.isErased { return LedgerAnswer(.accountErased, subject: id) }
      if let first = known.enrolledAt {
        return LedgerAnswer(.alreadyEnrolled, amount: first.secondsSince1970)
      }
      if !wanted.isMember { return LedgerAnswer(.accountExists) }
    }
    var person = people.persons[id] ?? PeopleModel.Person()
    let names: [String]
    switch change(&person, of: id, wanted.fields) {
    case .refused(let refusal): return refusal
    case .changed(let changed): names = changed
    }
    if accounts[id] == nil { begin(id) }
    person.version += 1
    person.enrolledAt = wanted.isMember ? now : nil
    people.persons[id] = person
    people.note(
      wanted.isMember ? "enrolled" : "registered", id, names: names, version: person.version,
      at: now)
    guard wanted.isMember else { return LedgerAnswer(.registered) }
    endOver(id, at: now)
    for group in terms.groups.sorted(by: { $0.name < $1.name })
    where group.joinsOn == .signUp && !isIn(id, group.name) {
      enter(id, group, at: now)
    }
    return LedgerAnswer(.enrolled, amount: now.secondsSince1970)
  }

  private mutating func update(
    _ id: String, _ version: Int64?, _ changes: [FieldChange], at now: Instant
  ) -> LedgerAnswer {
    guard accounts[id] != nil else { return LedgerAnswer(.unknownAccount) }
    guard var person = people.persons[id] else { return LedgerAnswer(.notRegistered) }
    if person.isErased { return LedgerAnswer(.accountErased, subject: id) }
    if let version, version != person.version {
      return LedgerAnswer(.staleVersion, amount: person.version)
    }
    switch change(&person, of: id, changes) {
    case .refused(let refusal): return refusal
    case .changed(let names):
      if names.isEmpty { return LedgerAnswer(.unchanged, amount: person.version) }
      person.version += 1
      people.persons[id] = person
      people.note("updated", id, names: names, version: person.version, at: now)
      return LedgerAnswer(.updated, amount: person.version)
    }
  }

  private enum ChangeResult {
    case changed([String])
    case refused(LedgerAnswer)
  }

  private func change(
    _ person: inout PeopleModel.Person, of id: String, _ changes: [FieldChange]
  ) -> ChangeResult {
    var seen: [String] = []
    let before = person.fields
    for change in changes {
      guard let kind = terms.fields.first(where: { $0.name == change.name })?.kind else {
        return .refused(LedgerAnswer(.unknownField, subject: change.name))
      }
      var isGood = !seen.contains(change.name)
      seen.append(change.name)
      if case .set(let value) = change.change { isGood = isGood && fits(value, kind) }
      guard isGood else { return .refused(LedgerAnswer(.badField, subject: change.name)) }
      switch change.change {
      case .keep: break
      case .clear: person.fields[change.name] = nil
      case .set(let value): person.fields[change.name] = value
      }
    }
    let external = person.fields["external_id"]
    let isTaken =
      external != nil
      && people.persons.contains {
        $0.key != id && PeopleModel.areSame($0.value.fields["external_id"], external)
      }
    if isTaken { return .refused(LedgerAnswer(.identifierTaken, subject: "external_id")) }
    return .changed(
      seen.filter { !PeopleModel.areSame(before[$0], person.fields[$0]) }.sorted())
  }

  private func fits(_ value: FieldValue, _ kind: FieldKind) -> Bool {
    switch value {
    case .number: return kind == .number
    case .flag: return kind == .flag
    case .date: return kind == .date
    case .text(let text):
      if kind == .email { return PeopleModel.plain(text, .email) != nil }
      if kind == .phone { return PeopleModel.plain(text, .phone) != nil }
      return kind == .text && text != ""
    }
  }

  private mutating func erase(_ id: String, at now: Instant) -> LedgerAnswer {
    guard let account = accounts[id] else { return LedgerAnswer(.unknownAccount) }
    if people.spendings[id] != nil { return LedgerAnswer(.wrongKind) }
    if people.persons[id]?.isErased == true { return LedgerAnswer(.erased) }
    guard account.holds.isEmpty else {
      return LedgerAnswer(.openHolds, amount: Int64(account.holds.count))
    }
    var nobody = PeopleModel.Person()
    nobody.isErased = true
    people.persons[id] = nobody
    let mine = SpendingAssignee(.user, id)
    for spending in people.opened
    where people.assignments.contains(where: { $0.assignee == mine && $0.spending == spending }) {
      people.note("spending", spending, at: now)
    }
    people.assignments.removeAll { $0.assignee == mine }
    people.note("erased", id, at: now)
    return LedgerAnswer(.erased)
  }

  private mutating func setDisabled(_ isDisabled: Bool, _ id: String, at now: Instant)
    -> LedgerAnswer
  {
    guard accounts[id] != nil else { return LedgerAnswer(.unknownAccount) }
    if people.disabled.contains(id) == isDisabled {
      return LedgerAnswer(isDisabled ? .alreadyDisabled : .alreadyEnabled)
    }
    if isDisabled { people.disabled.insert(id) } else { people.disabled.remove(id) }
    people.note(isDisabled ? "disabled" : "enabled", id, at: now)
    return LedgerAnswer(isDisabled ? .disabled : .enabled)
  }

  private mutating func allocate(
    _ id: String, _ name: String, _ number: String?, at now: Instant
  ) -> LedgerAnswer {
    guard let pool = terms.cardPools.first(where: { $0.name == name }) else {
      return LedgerAnswer(.unknownPool)
    }
    guard accounts[id] != nil else { return LedgerAnswer(.unknownAccount) }
    guard let person = people.persons[id] else { return LedgerAnswer(.notRegistered) }
    if person.isErased { return LedgerAnswer(.accountErased, subject: id) }
    let given = people.placesGiven[name] ?? []
    let place: Int64
    if let number {
      let wanted = PeopleModel.plain(number, .card)
      let known = (pool.first...pool.last).first { PeopleModel.cardNumber(pool, $0) == wanted }
      guard let known else { return LedgerAnswer(.unknownCard) }
      if given.contains(known) { return LedgerAnswer(.cardTaken) }
      place = known
    } else {
      let free = (pool.first...pool.last).first { !given.contains($0) }
      guard let free else { return LedgerAnswer(.poolExhausted) }
      place = free
    }
    people.placesGiven[name, default: []].insert(place)
    people.persons[id]?.cards.append(PeopleModel.cardNumber(pool, place))
    people.note("card", id, names: [name], at: now)
    return LedgerAnswer(.cardAllocated, amount: place)
  }
}
