import Ledger
import LocalTime
import Storage
import Testing

@Suite("checkouts, voids and returns") struct CheckoutTests {
  private let folder: TestFolder
  private let store: LedgerStore

  init() throws {
    folder = try TestFolder()
    store = try openStore(in: folder)
    _ = try store.perform(
      .issue(
        .init(account: "m-1", balance: "cashback", amount: 1_000, order: "o-0", campaign: "c")))
  }

  private func view(_ balance: String, at seconds: Int64 = 0) throws -> BalanceView {
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    return try #require(try reader.view(balance, of: "m-1", at: moment(seconds)))
  }

  private func auditIsClean() throws -> Bool {
    let report = try LedgerReader(folder: folder.path, zone: utc).audit()
    for difference in report.differences { Issue.record("\(difference)") }
    return report.differences.isEmpty
  }

  private let lines = [
    CheckoutRecord.Line(id: "a", quantity: 3, paid: 5_000),
    CheckoutRecord.Line(id: "b", quantity: 1, paid: 2_500),
  ]

  private func checkout(
    _ order: String, uses: [CampaignUse] = [], spends: [CheckoutRecord.Spend] = [],
    rewards: [CheckoutRecord.Reward] = []
  ) -> LedgerCommand {
    .checkout(
      CheckoutRecord(
        order: order, account: "m-1", lines: lines, uses: uses, spends: spends,
        rewards: rewards))
  }

  private func points(_ amount: Int64, availableAt: Int64? = nil) -> CheckoutRecord.Reward {
    CheckoutRecord.Reward(
      campaign: "p", balance: "points", amount: amount, availableAt: availableAt.map(moment))
  }

  @Test("a purchase spends, earns and counts in one commit, once")
  func recording() throws {
    let command = checkout(
      "o-1", spends: [.init(.balance("cashback"), amount: 400)], rewards: [points(90)])
    let first = try store.perform(command, id: "r")
    #expect(first.code == .recorded)
    #expect(try store.perform(command, id: "r") == first)
    #expect(try store.perform(command).code == .orderExists)
    #expect(try view("cashback").available == 600)
    #expect(try view("points").available == 90)
    #expect(try auditIsClean())
  }

  @Test("when one part is refused nothing of the purchase happens")
  func allOrNothing() throws {
    let use = CampaignUse(
      campaign: "welcome", discount: 500,
      claims: [.init(.customer, key: "m-1", usesMaximum: 1)])
    let refused = try store.perform(
      checkout(
        "o-1", uses: [use],
        spends: [
          .init(.balance("cashback"), amount: 400), .init(.balance("cashback"), amount: 601),
        ], rewards: [points(90)]))
    #expect(refused == LedgerAnswer(.insufficient, amount: 600, subject: "cashback"))
    #expect(try view("cashback").available == 1_000)
    #expect(try view("points").posted == 0)
    #expect(try store.perform(checkout("o-1", uses: [use])).code == .recorded)
    #expect(
      try store.perform(checkout("o-2", uses: [use]))
        == LedgerAnswer(.limitReached, amount: 1, subject: "welcome"))
    #expect(try auditIsClean())
  }

  @Test("a budget gives what it has and not a cent more; a void gives it back")
  func budget() throws {
    func use(_ discount: Int64) -> [CampaignUse] {
      [
        CampaignUse(
          campaign: "summer", discount: discount,
          claims: [
            .init(.total, discountMaximum: 1_000), .init(.code, key: "SUN", period: "2027-01"),
          ])
      ]
    }
    #expect(try store.perform(checkout("o-1", uses: use(700))).code == .recorded)
    #expect(
      try store.perform(checkout("o-2", uses: use(301)))
        == LedgerAnswer(.budgetExhausted, amount: 300, subject: "summer"))
    #expect(try store.perform(.void(order: "o-1", policy: .debt)).code == .voided)
    #expect(try store.perform(.void(order: "o-1", policy: .debt)).code == .alreadyVoided)
    #expect(try store.perform(checkout("o-3", uses: use(1_000))).code == .recorded)
    #expect(try store.perform(checkout("o-4", uses: use(1))).code == .budgetExhausted)
    #expect(try auditIsClean())
  }

  @Test("a void puts a captured hold back into the lots it came from, with their expiry")
  func voiding() throws {
    _ = try store.perform(
      .adjust(
        account: "m-1", balance: "cashback", by: 50, expiresAt: moment(500), allowsDebt: false))
    _ = try store.perform(
      .hold(
        .init(
          id: "h", account: "m-1", balance: "cashback", amount: 200, deadline: moment(100))))
    let command = checkout(
      "o-1", spends: [.init(.hold("h", remainder: .released), amount: 150)],
      rewards: [points(90, availableAt: 300)])
    #expect(try store.perform(command).code == .recorded)
    #expect(try view("cashback").available == 900)
    #expect(try view("points").pending == 90)
    let voided = try store.perform(.void(order: "o-1", policy: .pendingOnly), at: 10)
    #expect(voided.code == .voided)
    #expect(voided.amount == 90)
    #expect(try view("cashback", at: 10).expiringNext == .init(amount: 50, at: moment(500)))
    #expect(try view("cashback", at: 500).available == 1_000)
    #expect(try view("points", at: 1_000).posted == 0)
    #expect(try auditIsClean())
  }

  @Test(
    "a return takes back what the policy lets it",
    arguments: zip(ReturnPolicy.allCases, [(10, 0, 90), (0, 10, 80), (-80, 90, 0)]))
  func policies(policy: ReturnPolicy, expected: (available: Int64, taken: Int64, missing: Int64))
    throws
  {
    #expect(try store.perform(checkout("o-1", rewards: [points(90)])).code == .recorded)
    _ = try store.perform(
      .redeem(account: "m-1", balance: "points", amount: 80, takesWhatThereIs: false))
    let all = lines.map { LedgerCommand.ReturnedLine(id: $0.id, quantity: $0.quantity) }
    let answer = try store.perform(.giveBack(order: "o-1", lines: all, policy: policy))
    #expect(
      (answer.code, answer.amount, answer.rest) == (.returned, expected.taken, expected.missing))
    #expect(try view("points").available == expected.available)
    let earned = LedgerCommand.issue(
      .init(account: "m-1", balance: "points", amount: 100, order: "o-9", campaign: "c"))
    _ = try store.perform(earned)
    #expect(try view("points").available == expected.available + 100)
    #expect(try auditIsClean())
  }

  @Test("however a return is split, its parts sum to the whole, to the cent", arguments: 1...24)
  func splits(order seed: Int) throws {
    _ = try store.perform(
      checkout(
        "o-1", spends: [.init(.balance("cashback"), amount: 997)],
        rewards: [
          points(101), .init(campaign: "q", balance: "points", amount: 7, weights: [0, 1]),
        ]
      ))
    var units = ["a", "a", "a", "b"]
    var place = seed
    while !units.isEmpty {
      let id = units.remove(at: place % units.count)
      place /= 2
      let answer = try store.perform(
        .giveBack(order: "o-1", lines: [.init(id: id, quantity: 1)], policy: .debt))
      #expect(answer.code == .returned)
    }
    #expect(try view("cashback").available == 1_000)
    #expect(try view("points").posted == 0)
    let again = LedgerCommand.giveBack(
      order: "o-1", lines: [.init(id: "a", quantity: 1)], policy: .debt)
    #expect(try store.perform(again).code == .alreadyReturned)
    #expect(try auditIsClean())
  }

  @Test("two spends of one balance go back each into its own lots, with their expiry")
  func twoSpends() throws {
    _ = try store.perform(
      .adjust(
        account: "m-1", balance: "cashback", by: 40, expiresAt: moment(500), allowsDebt: false))
    _ = try store.perform(
      .hold(
        .init(id: "h", account: "m-1", balance: "cashback", amount: 40, deadline: moment(100))))
    let spends = [
      CheckoutRecord.Spend(.balance("cashback"), amount: 60, weights: [1, 0]),
      CheckoutRecord.Spend(.hold("h", remainder: .released), amount: 40, weights: [0, 1]),
    ]
    #expect(try store.perform(checkout("o-1", spends: spends)).code == .recorded)
    let one = LedgerCommand.giveBack(
      order: "o-1", lines: [.init(id: "b", quantity: 1)], policy: .debt)
    #expect(try store.perform(one).code == .returned)
    #expect(try view("cashback").available == 980)
    #expect(try view("cashback").expiringNext == .init(amount: 40, at: moment(500)))
    #expect(try auditIsClean())
  }

  @Test("more units than were bought, lines and orders that are not there, are named")
  func refusals() throws {
    _ = try store.perform(checkout("o-1"))
    func giveBack(_ order: String, _ id: String, _ quantity: Int64) throws -> LedgerAnswer {
      try store.perform(
        .giveBack(order: order, lines: [.init(id: id, quantity: quantity)], policy: .debt))
    }
    #expect(try giveBack("o-2", "a", 1).code == .unknownOrder)
    #expect(try giveBack("o-1", "c", 1) == LedgerAnswer(.unknownLine, subject: "c"))
    #expect(try giveBack("o-1", "a", 4) == LedgerAnswer(.exceedsLine, amount: 3, subject: "a"))
    #expect(try giveBack("o-1", "a", 0).code == .badAmount)
    #expect(try giveBack("o-1", "a", 2).code == .returned)
    #expect(try giveBack("o-1", "a", 2) == LedgerAnswer(.exceedsLine, amount: 1, subject: "a"))
    #expect(try store.perform(.void(order: "o-1", policy: .debt)).code == .alreadyReturned)
    #expect(try auditIsClean())
  }

  @Test("$100, with $10 of cashback redeemed, earns 90 points whichever way it is redeemed")
  func seedFigure() throws {
    _ = try store.perform(
      checkout("o-1", spends: [.init(.balance("cashback"), amount: 1_000)], rewards: [points(90)]))
    #expect(try view("cashback").available == 0)
    #expect(try view("points").available == 90)
  }
}

@Suite("texts that look alike, and figures at their limits") struct LedgerLimitTests {
  private let folder: TestFolder
  private let store: LedgerStore

  init() throws {
    folder = try TestFolder()
    store = try openStore(in: folder)
  }

  private func issue(_ order: String, _ amount: Int64 = 100, availableAt: Int64? = nil) throws
    -> LedgerAnswer
  {
    try store.perform(
      .issue(
        .init(
          account: "m-1", balance: "points", amount: amount, order: order, campaign: "c",
          availableAt: availableAt.map { Instant(secondsSince1970: $0) })))
  }

  private func view(at seconds: Int64 = 0) throws -> BalanceView {
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    #expect(try reader.audit().differences == [])
    return try #require(try reader.view("points", of: "m-1", at: moment(seconds)))
  }

  @Test("orders that differ in bytes are different orders, also where they read the same")
  func lookalikes() throws {
    let later = moment(50).secondsSince1970
    #expect(try issue("caf\u{e9}", availableAt: later).code == .pending)
    #expect(try issue("cafe\u{301}", availableAt: later).code == .pending)
    #expect(try issue("cafe\u{301}", availableAt: later).code == .alreadyIssued)
    #expect(try view(at: 0).pending == 200)
    #expect(try view(at: 50).available == 200)
  }

  @Test("what an account may ever earn ends at its limit, reported, and not in a crash")
  func lifetime() throws {
    let most = LedgerLimits.amountMaximum
    var rest: Int64 = 0
    for round in 0...(LedgerLimits.lifetimeMaximum / most) {
      rest = try issue("o-\(round)", most).rest
      if rest == 0 {
        _ = try store.perform(
          .redeem(account: "m-1", balance: "points", amount: most, takesWhatThereIs: false))
      }
    }
    #expect(rest == most)
    #expect(try view().lifetime == LedgerLimits.lifetimeMaximum)
  }

  @Test("a moment after the year 9999 is refused, the last one before is not")
  func moments() throws {
    #expect(try issue("o-1", availableAt: LedgerLimits.momentMaximum).code == .pending)
    #expect(try issue("o-2", availableAt: LedgerLimits.momentMaximum + 1).code == .badMoment)
    #expect(try issue("o-3", availableAt: -1).code == .badMoment)
  }

  @Test("what a limit keeps out of a purchase's rewards is reported")
  func clipped() throws {
    try store.declare(
      [BalanceDeclaration(name: "points", currency: nil, balanceMaximum: 50)], conversions: [])
    let record = CheckoutRecord(
      order: "o-1", account: "m-1", lines: [.init(id: "a", quantity: 1, paid: 100)],
      rewards: [.init(campaign: "p", balance: "points", amount: 60)])
    let answer = try store.perform(.checkout(record))
    #expect((answer.code, answer.rest, answer.subject) == (.recorded, 10, "p"))
    #expect(try view().available == 50)
  }
}
