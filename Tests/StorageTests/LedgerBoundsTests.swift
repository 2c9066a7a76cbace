import Ledger
import LocalTime
import Storage
import Testing

@Suite("limits on what the ledger is asked, on both sides") struct LedgerBoundsTests {
  private let folder: TestFolder
  private let store: LedgerStore

  init() throws {
    folder = try TestFolder()
    store = try openStore(in: folder)
  }

  private func text(_ count: Int) -> String { String(repeating: "x", count: count) }

  private func adjust(_ change: Int64) -> LedgerCommand {
    .adjust(account: "m-1", balance: "points", by: change, expiresAt: nil, allowsDebt: true)
  }

  private func buy(_ change: (inout CheckoutRecord) -> Void) throws -> LedgerAnswer.Code {
    var record = CheckoutRecord(order: "o-1", account: "m-1", lines: [])
    change(&record)
    return try store.perform(.checkout(record)).code
  }

  @Test("an amount", arguments: [0, 1] as [Int64])
  func amount(more: Int64) throws {
    let code = more == 0 ? LedgerAnswer.Code.adjusted : .badAmount
    let most = LedgerLimits.amountMaximum
    #expect(try store.perform(adjust(most + more)).code == code)
    #expect(try store.perform(adjust(-most - more)).code == code)
    #expect(try store.perform(adjust(.min)).code == .badAmount)
  }

  @Test("what an account may have of a balance that says nothing")
  func balance() throws {
    let rounds = LedgerLimits.balanceMaximum / LedgerLimits.amountMaximum
    for _ in 0..<rounds {
      #expect(try store.perform(adjust(LedgerLimits.amountMaximum)).code == .adjusted)
    }
    #expect(try store.perform(adjust(1)).code == .badAmount)
    let issue = LedgerCommand.Issue(
      account: "m-1", balance: "points", amount: 5, order: "o", campaign: "c")
    #expect(try store.perform(.issue(issue)) == LedgerAnswer(.issued, rest: 5))
  }

  @Test("bytes of an id, of an actor and of a reason", arguments: [0, 1])
  func texts(more: Int) throws {
    let id = text(LedgerLimits.identifierBytesMaximum + more)
    let reason = text(LedgerLimits.textBytesMaximum + more)
    func code(_ request: LedgerRequest) throws -> LedgerAnswer.Code {
      let answer: LedgerAnswer = try store.commit([request], at: moment(0))[0].get()
      return answer.code
    }
    #expect(
      try code(LedgerRequest(id: id, actor: "test", adjust(1)))
        == (more == 0 ? .adjusted : .badIdentifier))
    #expect(
      try code(LedgerRequest(id: "a", actor: id, adjust(1))) == (more == 0 ? .adjusted : .badText))
    #expect(
      try code(LedgerRequest(id: "r", actor: "test", reason: reason, adjust(1)))
        == (more == 0 ? .adjusted : .badText))
    #expect(try store.perform(.open(account: id)).code == (more == 0 ? .opened : .badIdentifier))
  }

  @Test("seconds of a hold, and holds of an account")
  func holds() throws {
    _ = try store.perform(adjust(1_000))
    func hold(_ id: String, _ seconds: Int64) throws -> LedgerAnswer.Code {
      try store.perform(
        .hold(
          .init(
            id: id, account: "m-1", balance: "points", amount: 1, deadline: moment(seconds)))
      ).code
    }
    #expect(try hold("h", LedgerLimits.holdSecondsMaximum + 1) == .badDeadline)
    #expect(try hold("h", LedgerLimits.holdSecondsMaximum) == .held)
    for place in 1..<LedgerLimits.openHoldsMaximum {
      #expect(try hold("h-\(place)", 60) == .held)
    }
    #expect(try hold("h-more", 60) == .tooManyHolds)
    #expect(try store.perform(.release(hold: "h-1")).code == .released)
    #expect(try hold("h-more", 60) == .held)
  }

  @Test("lines and bytes of a purchase", arguments: [0, 1])
  func purchases(more: Int) throws {
    let code = more == 0 ? LedgerAnswer.Code.recorded : .tooMuch
    #expect(
      try buy { record in
        record.lines = (0..<LedgerLimits.purchaseLinesMaximum + more).map {
          .init(id: "\($0)", quantity: 1, paid: 1)
        }
      } == code)
    #expect(
      try buy { record in
        record.order = "o-2"
        record.body = [UInt8](repeating: 7, count: LedgerLimits.purchaseBytesMaximum + more)
      } == code)
  }

  @Test("spends, rewards and uses of a purchase together, and claims of a use", arguments: [0, 1])
  func parts(more: Int) throws {
    let code = more == 0 ? LedgerAnswer.Code.recorded : .tooMuch
    _ = try store.perform(adjust(1))
    #expect(
      try buy { record in
        record.spends = [.init(.balance("points"), amount: 1)]
        record.uses = [CampaignUse(campaign: "u", discount: 0, claims: [])]
        record.rewards = (2..<LedgerLimits.purchasePartsMaximum + more).map {
          .init(campaign: "c-\($0)", balance: "points", amount: 1)
        }
      } == code)
    #expect(
      try buy { record in
        record.order = "o-2"
        let claims = (0..<LedgerLimits.claimsMaximum + more).map {
          CampaignUse.Claim(.group, key: "\($0)")
        }
        record.uses = [CampaignUse(campaign: "u", discount: 0, claims: claims)]
      } == code)
  }

  @Test("a campaign counts once against one limit of a purchase")
  func doubles() throws {
    let use = CampaignUse(campaign: "u", discount: 0, claims: [.init(.total)])
    #expect(try buy { $0.uses = [use, use] } == .badIdentifier)
    var other = use
    other.campaign = "v"
    #expect(try buy { $0.uses = [use, other] } == .recorded)
  }

  @Test("declared balances, and steps of a term", arguments: [0, 1])
  func declarations(more: Int) throws {
    func declares(_ balances: [BalanceDeclaration]) -> Bool {
      (try? store.declare(balances, conversions: [])) != nil
    }
    let steps = BalanceTerms.Term(count: LedgerLimits.termMaximum + more, period: .day)
    let timed = BalanceDeclaration(name: "points", currency: nil, expiresIn: steps)
    #expect(declares([timed]) == (more == 0))
    let known = store.programme.balances.count
    let many = (known..<LedgerLimits.balancesMaximum + more).map {
      BalanceDeclaration(name: "b\($0)", currency: nil)
    }
    #expect(declares(many) == (more == 0))
  }

  @Test("transactions that one conversion makes at once; the rest follows with the next thing")
  func conversions() throws {
    let most = Int64(LedgerLimits.conversionsMaximum)
    try store.declare(
      [BalanceDeclaration(name: "cashback", currency: "USD", issueMaximum: 1)],
      conversions: [ConversionDeclaration(every: 1, of: "points", into: 1, of: "cashback")])
    _ = try store.perform(adjust(3 * most))
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    let first = try #require(try reader.available("cashback", of: "m-1", at: moment(0)))
    #expect((most..<3 * most).contains(first) && first.isMultiple(of: most))
    for _ in 0..<2 { _ = try store.perform(.settle(accountsMaximum: 1)) }
    _ = try store.perform(adjust(1))
    #expect(try reader.audit().differences == [])
  }
}
