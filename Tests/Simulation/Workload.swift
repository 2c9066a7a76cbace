package import Ledger
package import LocalTime

/// Requests that a seed decides, on few accounts, so that they meet.
package struct Workload {
  var random: SimulationRandom
  let shop: SimulatedShop
  let accounts = (1...5).map { "m-\($0)" }
  var holds: [String] = ["h-0"]
  var orders: [String] = ["o-0"]
  private var nextName = 0
  /// Whether there are people and spending accounts besides plain accounts.
  let hasPeople: Bool
  /// Accounts of people who come and go.
  var people = (1...6).map { "p-\($0)" }
  /// Accounts of people who were to be forgotten.
  var former: [String] = []
  /// Accounts that pay for others.
  let spendings: [String]
  var cardsAsked: Int64 = 0
  var seeds: [[UInt8]] = []
  var codes: [(code: String, pool: String)] = []
  /// Accounts still to be opened before anything else.
  lazy var openings = accounts.count

  /// The requests of a seed.
  ///
  /// - Parameter hasPeople: Whether there are people and spending accounts besides plain accounts.
  package init(seed: UInt64, _ shop: SimulatedShop, hasPeople: Bool = false) {
    random = SimulationRandom(seed: seed)
    self.shop = shop
    self.hasPeople = hasPeople
    spendings = hasPeople ? ["s-1", "s-2", "s-3"] : ["s-1", "s-2"]
  }

  /// A name that was not given before.
  package mutating func name(_ kind: String) -> String {
    nextName += 1
    return "\(kind)-\(nextName)"
  }

  /// An account, now and then one that pays for others, or one that does not exist.
  mutating func account() -> String {
    if random.happens(onceIn: 200) { return "nobody" }
    if hasPeople, random.happens(onceIn: 15) { return random.pick(people) }
    return random.happens(onceIn: 8) ? spending() : random.pick(accounts)
  }

  /// An account that pays for others.
  mutating func spending() -> String { random.pick(spendings) }

  /// What a spending account pays with.
  func balance(of spending: String) -> String { spending == "s-3" ? "points" : "gift" }

  private mutating func spender() -> Spender {
    hasPeople ? spenderOfAnyKind() : Spender(random.pick(accounts))
  }

  /// A change of who may spend what.
  private mutating func spendingCommand(at now: Instant) -> AccountCommand {
    switch random.number(0...9) {
    case 0 where random.happens(onceIn: 5): return .disable(account: account())
    case 0...2: return .enable(account: account())
    case 3:
      let id = spending()
      var opened = SpendingAccount(account: id, name: id, balance: "gift")
      if random.happens(onceIn: 3) { opened.startsAt = now }
      if random.happens(onceIn: 3) {
        opened.endsAt = Instant(secondsSince1970: now.secondsSince1970 + random.number(1...900))
      }
      return .openSpending(opened)
    case 4...6:
      let most = random.happens(onceIn: 5) ? nil : random.number(0...20)
      return .assignSpending(
        account: spending(), to: SpendingAssignee(.user, account()), exceedMaximum: most)
    default:
      var parts: [SpendingPart] = []
      for _ in 0..<random.number(1...2) {
        parts.append(SpendingPart(account: spending(), amount: random.number(1...20)))
      }
      return .paySpending(parts, by: spender())
    }
  }

  /// A balance, mostly points, now and then one that was never declared.
  mutating func balance() -> String {
    if random.happens(onceIn: 200) { return "stamps" }
    return random.happens(onceIn: 2) ? "points" : random.pick(shop.balances)
  }

  /// The next command at a moment; `version` is asked for the version of a balance.
  package mutating func command(
    at now: Instant, version: (_ balance: String, _ account: String) -> Int64
  ) -> LedgerCommand {
    if openings > 0 {
      openings -= 1
      return .open(account: accounts[openings])
    }
    switch random.number(0...99) {
    case 0: return .open(account: random.pick(accounts))
    case 1...3: return .account(spendingCommand(at: now))
    case 4...36: return .issue(issue(at: now))
    case 37...46:
      return .redeem(
        account: account(), balance: balance(), amount: random.number(1...70),
        takesWhatThereIs: random.happens(onceIn: 3))
    case 47...53:
      let size = random.number(1...40)
      return .adjust(
        account: account(), balance: balance(), by: random.happens(onceIn: 2) ? size : -size,
        expiresAt: moment(after: now, onceIn: 2), allowsDebt: random.happens(onceIn: 3))
    case 54...56:
      let (account, balance) = (account(), balance())
      return .set(
        account: account, balance: balance, to: random.number(0...80),
        ifVersion: version(balance, account) + (random.happens(onceIn: 4) ? 1 : 0))
    case 57...72: return .hold(hold(at: now))
    case 73...77: return .replaceHold(random.pick(holds), with: hold(at: now))
    case 78...89:
      return .capture(
        hold: recentHold(), amount: random.number(1...45),
        remainder: random.happens(onceIn: 2) ? .kept : .released)
    case 90...92: return .release(hold: recentHold())
    case 93...96: return .checkout(checkout(at: now))
    case 97: return .void(order: recentOrder(), policy: random.pick(ReturnPolicy.allCases))
    default: return returnedUnits()
    }
  }

  mutating func recentOrder() -> String { random.pick(orders, last: 6) }

  private mutating func returnedUnits() -> LedgerCommand {
    let ids = random.happens(onceIn: 3) ? ["a", "b"] : [random.pick(["a", "b", "c"])]
    var lines: [LedgerCommand.ReturnedLine] = []
    for id in ids { lines.append(.init(id: id, quantity: random.number(1...3))) }
    return .giveBack(
      order: recentOrder(), lines: lines, policy: random.pick(ReturnPolicy.allCases))
  }

  private mutating func checkout(at now: Instant) -> CheckoutRecord {
    let order = random.happens(onceIn: 20) ? recentOrder() : name("o")
    orders.append(order)
    let account = random.happens(onceIn: 12) ? nil : account()
    var record = CheckoutRecord(
      order: order, account: account,
      lines: [
        .init(id: "a", quantity: random.number(1...4), paid: random.number(0...900)),
        .init(id: "b", quantity: random.number(1...2), paid: random.number(0...900)),
      ], uses: random.happens(onceIn: 2) ? [use(of: account ?? "guest")] : [])
    guard account != nil else { return record }
    if random.happens(onceIn: 2) {
      record.spends.append(.init(.balance(balance()), amount: random.number(1...40)))
    }
    if random.happens(onceIn: 3) {
      let remainder: AccountBook.Remainder = random.happens(onceIn: 2) ? .kept : .released
      record.spends.append(
        .init(.hold(recentHold(), remainder: remainder), amount: random.number(1...30)))
    }
    while random.happens(onceIn: 3) {
      let source = CheckoutRecord.Spend.Source.spending(account: payer(), by: spender())
      record.spends.append(.init(source, amount: random.number(1...30)))
    }
    for campaign in ["c-1", "c-1", "c-2"] where random.happens(onceIn: 2) {
      record.rewards.append(
        .init(
          campaign: campaign, balance: balance(), amount: random.number(1...70),
          availableAt: moment(after: now, onceIn: 2), expiresAt: moment(after: now, onceIn: 3)))
    }
    return record
  }

  private mutating func use(of customer: String) -> CampaignUse {
    var use = CampaignUse(
      campaign: "u-\(random.number(1...2))", discount: random.number(0...20),
      claims: [
        .init(.customer, key: customer, period: "2027-01", usesMaximum: 3),
        .init(.total, usesMaximum: 40, discountMaximum: 300),
      ])
    guard hasPeople, random.happens(onceIn: 2) else { return use }
    use.claims.removeLast()
    let (code, pool) = typedCode()
    use.claims.append(.init(.code, key: code, pool: random.happens(onceIn: 5) ? nil : pool))
    return use
  }

  private mutating func recentHold() -> String { random.pick(holds, last: 6) }

  private mutating func issue(at now: Instant) -> LedgerCommand.Issue {
    let order = random.happens(onceIn: 10) ? "o-1" : name("o")
    return LedgerCommand.Issue(
      account: account(), balance: balance(), amount: random.number(1...70), order: order,
      campaign: "c-\(random.number(1...2))", availableAt: moment(after: now, onceIn: 3),
      expiresAt: moment(after: now, onceIn: 2))
  }

  private mutating func hold(at now: Instant) -> LedgerCommand.PlaceHold {
    let id = random.happens(onceIn: 40) ? random.pick(holds) : name("h")
    if holds.last != id { holds.append(id) }
    let seconds = random.happens(onceIn: 30) ? 0 : random.number(1...400)
    var hold = LedgerCommand.PlaceHold(
      id: id, account: account(), balance: balance(), amount: random.number(1...60),
      deadline: Instant(secondsSince1970: now.secondsSince1970 + seconds),
      takesWhatThereIs: random.happens(onceIn: 4))
    if hold.account.hasPrefix("s-"), !random.happens(onceIn: 3) {
      hold.spender = spender()
      hold.balance = balance(of: hold.account)
    }
    if hasPeople, hold.spender == nil, random.happens(onceIn: 40) { hold.spender = spender() }
    return hold
  }

  /// Nothing most times, else a moment soon; few distinct ones, so that several things fall on one.
  private mutating func moment(after now: Instant, onceIn times: UInt64) -> Instant? {
    guard random.happens(onceIn: times) else { return nil }
    let seconds = (now.secondsSince1970 / 20 + random.number(0...30)) * 20
    return Instant(secondsSince1970: seconds)
  }
}
