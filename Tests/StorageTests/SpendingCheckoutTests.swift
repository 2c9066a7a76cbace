import Ledger
import LocalTime
import Storage
import Testing

@Suite("spending accounts that pay for purchases") struct SpendingCheckoutTests {
  private let folder: TestFolder
  private let store: LedgerStore

  init() throws {
    folder = try TestFolder()
    store = try openStore(in: folder)
    for id in ["ann", "bob"] { _ = try store.register(id) }
    for id in ["travel", "gift"] {
      let spending = SpendingAccount(
        account: id, name: id, balance: "cashback", startsAt: moment(10), endsAt: moment(900))
      _ = try ask(.openSpending(spending))
      _ = try store.perform(.set(account: id, balance: "cashback", to: 100, ifVersion: 0))
    }
    _ = try ask(.assignSpending(account: "travel", to: .init(.user, "ann"), exceedMaximum: 30))
    _ = try ask(.assignSpending(account: "gift", to: .init(.buyer, "acme"), exceedMaximum: 0))
  }

  private let ann = Spender("ann", buyer: "acme")

  @discardableResult
  private func ask(_ command: AccountCommand, at seconds: Int64 = 0) throws -> LedgerAnswer {
    try store.perform(.account(command), at: seconds)
  }

  private func spend(_ account: String, _ amount: Int64, by spender: Spender? = nil)
    -> CheckoutRecord.Spend
  {
    CheckoutRecord.Spend(.spending(account: account, by: spender ?? ann), amount: amount)
  }

  private func buy(
    _ order: String, _ spends: [CheckoutRecord.Spend], by account: String? = "bob",
    at seconds: Int64 = 20
  ) throws -> LedgerAnswer {
    try store.perform(
      .checkout(
        CheckoutRecord(
          order: order, account: account,
          lines: [
            .init(id: "a", quantity: 3, paid: 70), .init(id: "b", quantity: 2, paid: 30),
          ], spends: spends)), at: seconds)
  }

  private func giveBack(_ order: String, _ id: String, _ quantity: Int64, at seconds: Int64 = 30)
    throws -> LedgerAnswer.Code
  {
    try store.perform(
      .giveBack(order: order, lines: [.init(id: id, quantity: quantity)], policy: .debt),
      at: seconds
    ).code
  }

  private func available(_ account: String, at seconds: Int64 = 30) throws -> Int64? {
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    #expect(try reader.audit().differences == [])
    return try reader.available("cashback", of: account, at: moment(seconds))
  }

  @Test("several pay for one order in its commit, or nothing of it happens")
  func together() throws {
    let tooMuch = try buy("o-1", [spend("travel", 60), spend("gift", 101)])
    #expect(tooMuch == LedgerAnswer(.insufficient, amount: 100, subject: "gift"))
    #expect(try available("travel") == 100)
    #expect(try buy("o-1", [spend("travel", 60), spend("gift", 100)]).code == .recorded)
    #expect(try available("travel") == 40)
    #expect(try available("gift") == 0)
    #expect(try available("bob") == 0)
  }

  @Test("own value, a hold and spending accounts pay together, and each gets its own back")
  func mixed() throws {
    _ = try store.perform(
      .adjust(account: "bob", balance: "cashback", by: 50, expiresAt: nil, allowsDebt: false))
    let own = CheckoutRecord.Spend(.balance("cashback"), amount: 20)
    #expect(
      try buy("o-1", [spend("gift", 50), own, spend("travel", 30), spend("gift", 10)]).code
        == .recorded)
    #expect(try [available("bob"), available("gift"), available("travel")] == [30, 40, 70])
    #expect(try store.perform(.void(order: "o-1", policy: .debt), at: 25).code == .voided)
    #expect(try [available("bob"), available("gift"), available("travel")] == [50, 100, 100])
  }

  @Test("a spending account that buys for itself pays before it earns, and gets back once")
  func ownPurchase() throws {
    var record = CheckoutRecord(
      order: "o-0", account: "travel", lines: [], spends: [spend("travel", 131)],
      rewards: [.init(campaign: "c", balance: "cashback", amount: 5)])
    #expect(try store.perform(.checkout(record), at: 15).amount == 130)
    record.spends = [spend("travel", 100)]
    #expect(try store.perform(.checkout(record), at: 15).code == .recorded)
    #expect(try available("travel") == 5)
    #expect(try store.perform(.void(order: "o-0", policy: .debt), at: 15).code == .voided)
    #expect(try buy("o-1", [spend("travel", 60)], by: "travel").code == .recorded)
    #expect(try store.perform(.void(order: "o-1", policy: .debt), at: 25).code == .voided)
    #expect(try available("travel") == 100)
  }

  @Test("however a return is split, what was paid comes back by line, to the cent")
  func returning() throws {
    #expect(try buy("o-1", [spend("travel", 61), spend("gift", 37)]).code == .recorded)
    #expect(try giveBack("o-1", "a", 1) == .returned)
    // 61 is 43 and 18 by line, 37 is 26 and 11; a third of the first line comes back.
    #expect(try available("travel") == 39 + 14)
    #expect(try available("gift") == 63 + 8)
    for (id, quantity) in [("b", 1), ("a", 2), ("b", 1)] as [(String, Int64)] {
      #expect(try giveBack("o-1", id, quantity) == .returned)
    }
    #expect(try available("travel") == 100)
    #expect(try available("gift") == 100)
    #expect(try giveBack("o-1", "a", 1) == .alreadyReturned)
  }

  @Test("beyond what is there one goes as far as the assignment, and a return lowers the debt")
  func exceeding() throws {
    #expect(try buy("o-1", [spend("travel", 131)]).amount == 130)
    #expect(try buy("o-1", [spend("travel", 130)]).code == .recorded)
    #expect(try available("travel") == -30)
    #expect(try store.perform(.void(order: "o-1", policy: .debt), at: 30).code == .voided)
    #expect(try available("travel") == 100)
  }

  @Test("what was owed and was repaid since comes back as value")
  func repaidSince() throws {
    #expect(try buy("o-1", [spend("travel", 130)]).code == .recorded)
    _ = try store.perform(
      .adjust(account: "travel", balance: "cashback", by: 50, expiresAt: nil, allowsDebt: false),
      at: 25)
    #expect(try available("travel") == 20)
    #expect(try store.perform(.void(order: "o-1", policy: .debt), at: 30).code == .voided)
    #expect(try available("travel") == 150)
  }

  @Test(
    "nobody pays without an assignment, outside the window or when disabled",
    arguments: [
      ("travel", "bob", 20, LedgerAnswer.Code.notAssigned, "travel"),
      ("travel", "ann", 9, .outsideWindow, "travel"),
      ("travel", "ann", 900, .outsideWindow, "travel"),
      ("ann", "ann", 20, .wrongKind, "ann"), ("nothing", "ann", 20, .unknownAccount, "nothing"),
      ("travel", "nobody", 20, .unknownAccount, "nobody"),
    ] as [(String, String, Int64, LedgerAnswer.Code, String)])
  func refusals(
    account: String, user: String, seconds: Int64, code: LedgerAnswer.Code, subject: String
  ) throws {
    let answer = try buy("o-1", [spend(account, 1, by: Spender(user))], at: seconds)
    #expect((answer.code, answer.subject) == (code, subject))
    #expect(try buy("o-1", [], at: 901).code == .recorded)
  }

  @Test("a guest has nobody to pay; who pays need not be who buys")
  func whoBuys() throws {
    #expect(try buy("o-1", [spend("travel", 1)], by: nil).code == .unknownAccount)
    #expect(try buy("o-1", [spend("travel", 1)], by: "m-1").code == .recorded)
    #expect(try buy("o-2", [spend("travel", 1, by: Spender(""))]).code == .badIdentifier)
  }

  @Test("plain redeeming and holding name nobody who spends, and are refused")
  func plain() throws {
    #expect(
      try store.perform(.hold(hold("h", ann)), at: 9)
        == LedgerAnswer(.outsideWindow, subject: "travel"))
    let refusal = LedgerAnswer(.notAssigned, subject: "travel")
    #expect(
      try store.perform(
        .redeem(account: "travel", balance: "cashback", amount: 1, takesWhatThereIs: true), at: 20)
        == refusal)
    #expect(try store.perform(.hold(hold("h", nil)), at: 20) == refusal)
    #expect(
      try buy("o-1", [.init(.balance("cashback"), amount: 1)], by: "travel") == refusal)
    #expect(try store.perform(.hold(hold("h", Spender("bob"))), at: 20) == refusal)
    var mine = hold("h", ann)
    mine.account = "bob"
    #expect(try store.perform(.hold(mine), at: 20).code == .wrongKind)
  }

  private func hold(_ id: String, _ spender: Spender?, _ amount: Int64 = 40)
    -> LedgerCommand.PlaceHold
  {
    .init(
      id: id, account: "travel", balance: "cashback", amount: amount, deadline: moment(2_000),
      spender: spender)
  }

  @Test("a hold for somebody assigned is captured inside the window alone, by any purchase")
  func holding() throws {
    for (id, amount) in [("h-1", 40), ("h-2", 40), ("h-3", 20)] as [(String, Int64)] {
      #expect(try store.perform(.hold(hold(id, ann, amount)), at: 20).code == .held)
    }
    #expect(try available("travel") == 0)
    func spend(_ hold: String) -> [CheckoutRecord.Spend] {
      [.init(.hold(hold, remainder: .released), amount: 30)]
    }
    #expect(try buy("o-1", spend("h-1"), at: 30).code == .recorded)
    #expect(try available("travel") == 10)
    #expect(try buy("o-2", spend("h-1"), at: 30).code == .alreadyCaptured)
    #expect(
      try buy("o-2", spend("h-3"), at: 30)
        == LedgerAnswer(.exceedsHold, amount: 20, subject: "h-3"))
    let capture = LedgerCommand.capture(hold: "h-2", amount: 40, remainder: .released)
    #expect(try store.perform(capture, at: 899).code == .captured)
    #expect(try store.perform(capture, at: 900).code == .alreadyCaptured)
    let late = LedgerAnswer(.outsideWindow, subject: "travel")
    #expect(try buy("o-2", spend("h-3"), at: 900) == late)
    #expect(
      try store.perform(.capture(hold: "h-3", amount: 1, remainder: .released), at: 900) == late)
    #expect(try store.perform(.release(hold: "h-3"), at: 900).code == .released)
    #expect(try giveBack("o-1", "a", 3, at: 901) == .returned)
    #expect(try available("travel", at: 901) == 51)
  }

  @Test("who is forgotten spends no more, and a spending account is nobody to forget")
  func forgetting() throws {
    _ = try store.declareGroups([GroupDeclaration("staff")])
    _ = try ask(.assignSpending(account: "gift", to: .init(.group, "staff"), exceedMaximum: 0))
    #expect(try ask(.erase(account: "travel")).code == .wrongKind)
    #expect(try ask(.erase(account: "ann"), at: 15).code == .erased)
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    let last = try #require(try reader.changes(after: 0).suffix(2).first)
    #expect((last.kind, last.account) == (.spending, "travel"))
    #expect(
      try ask(.assignSpending(account: "travel", to: .init(.user, "ann"), exceedMaximum: nil)).code
        == .notAssigned)
    let staff = Spender("ann", groups: ["staff"])
    #expect(try reader.spendingAccounts(usableBy: staff, at: moment(20)).isEmpty)
    #expect(
      try buy("o-1", [spend("gift", 1, by: staff)])
        == LedgerAnswer(.accountErased, subject: "ann"))
  }
}
