package import Ledger
package import LocalTime

extension Workload {
  /// The next command of any kind; `version` is asked for the version of a person's record.
  ///
  /// What sets a balance names how far its version is beside the balance's own.
  package mutating func anyCommand(
    at now: Instant, version: (_ account: String) -> Int64?
  ) -> LedgerCommand {
    guard openings == 0, random.happens(onceIn: 3) else {
      return command(at: now) { _, _ in 0 }
    }
    if random.happens(onceIn: 12) {
      let spending = spending()
      return .adjust(
        account: spending, balance: balance(of: spending), by: random.number(5...60),
        expiresAt: nil, allowsDebt: false)
    }
    return .account(accountCommand(at: now, version))
  }

  private mutating func accountCommand(
    at now: Instant, _ version: (_ account: String) -> Int64?
  ) -> AccountCommand {
    switch random.number(0...99) {
    case 0...9:
      return .register(
        .init(
          account: person(), isMember: random.happens(onceIn: 2), fields: fieldChanges(),
          random: bytes(32)))
    case 10...28:
      let account = person()
      return .update(
        account: account, ifVersion: guess(version(account) ?? 1), changes: fieldChanges())
    case 29...30: return .erase(account: personToForget())
    case 31...35:
      return random.happens(onceIn: 3) ? .disable(account: person()) : .enable(account: person())
    case 36...42: return card()
    case 43...51: return .join(account: person(), group: group())
    case 52...55: return .leave(account: person(), group: group())
    case 56...62: return .visit(account: person())
    case 63...64: return .endMemberships(most: random.number(1...3))
    case 65...75: return codeCommand()
    case 76...79: return .openSpending(openedSpending(at: now))
    case 80...87:
      return .assignSpending(
        account: random.happens(onceIn: 20) ? person() : random.pick(spendings),
        to: assignee(),
        exceedMaximum: random.happens(onceIn: 5) ? nil : random.pick([0, 0, 10, 50]))
    default:
      var parts = [SpendingPart(account: payer(), amount: random.number(1...40))]
      if random.happens(onceIn: 3) {
        parts.append(SpendingPart(account: payer(), amount: random.number(1...20)))
      }
      return .paySpending(parts, by: spenderOfAnyKind())
    }
  }

  // MARK: who

  /// An account of somebody, now and then of somebody who was forgotten, or of nobody.
  mutating func person() -> String {
    switch random.number(0...29) {
    case 0: return "nobody"
    case 1...2: return former.isEmpty ? "nobody" : random.pick(former)
    case 3: return random.pick(spendings)
    case 4...9: return random.pick(accounts)
    default: return random.pick(people)
    }
  }

  /// Somebody to forget; somebody else comes in their place.
  private mutating func personToForget() -> String {
    if random.happens(onceIn: 10) { return random.pick(spendings + ["m-5", "nobody"] + former) }
    let place = Int(random.number(0...Int64(people.count - 1)))
    let forgotten = people[place]
    people[place] = name("p")
    former.append(forgotten)
    return forgotten
  }

  private mutating func guess(_ version: Int64) -> Int64? {
    switch random.number(0...5) {
    case 0...1: nil
    case 2: max(0, version - 1)
    case 3: version + 1
    default: version
    }
  }

  mutating func group() -> String {
    random.happens(onceIn: 25) ? "strangers" : random.pick(shop.groups).name
  }

  private mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next() >> 40) }
  }

  // MARK: what is known of them

  private mutating func fieldChanges() -> [FieldChange] {
    var changes: [FieldChange] = []
    let names = ["external_id", "email", "phone", "given_name", "children", "accepts_email"]
    for name in names where random.happens(onceIn: 3) {
      if random.happens(onceIn: 60) { changes.append(FieldChange("shoe_size", .clear)) }
      if random.happens(onceIn: 60) { changes.append(FieldChange(name, .set(.text("")))) }
      switch random.number(0...9) {
      case 0: changes.append(FieldChange(name, .keep))
      case 1...2: changes.append(FieldChange(name, .clear))
      default: changes.append(FieldChange(name, .set(value(of: name))))
      }
      if random.happens(onceIn: 80) { changes.append(FieldChange(name, .clear)) }
    }
    if random.happens(onceIn: 8) {
      let day = CivilDate(dayNumber: Int32(random.number(0...20_000)))
      changes.append(FieldChange("birthday", .set(.date(day))))
    }
    return changes
  }

  private mutating func value(of name: String) -> FieldValue {
    switch name {
    case "external_id": .text(externalID())
    case "email": .text(random.happens(onceIn: 30) ? "nowhere.example" : email())
    case "phone": .text(random.happens(onceIn: 30) ? "12" : phone())
    case "children": .number(random.number(0...4))
    case "accepts_email": random.happens(onceIn: 30) ? .number(1) : .flag(random.happens(onceIn: 2))
    default: .text(random.pick(["Ann", "Zo\u{EB}", "Zoe\u{308}"]))
    }
  }

  mutating func externalID() -> String {
    random.pick(["x-1", "x-2", "x-3", "x-4", "x-5", "X-1", "x\u{E9}", "xe\u{301}"])
  }

  /// Few addresses in many spellings.
  mutating func email() -> String {
    let plain = random.pick(["ann", "bob", "cyd", "eve"]) + "@shop.example"
    switch random.number(0...4) {
    case 0: return plain.uppercased()
    case 1: return " " + plain
    case 2: return plain + " "
    default: return plain
    }
  }

  /// Few numbers in many spellings.
  mutating func phone() -> String {
    let digits = random.pick(["493012345", "441632960", "1202555"])
    switch random.number(0...4) {
    case 0: return "+" + digits
    case 1: return "00" + digits
    case 2: return "(" + digits.prefix(4) + ") " + digits.dropFirst(4)
    default: return digits
    }
  }
}
