import Ledger
import LocalTime
import Storage
import Testing

@Suite("spending accounts") struct SpendingTests {
  private let folder: TestFolder
  private let store: LedgerStore

  init() throws {
    folder = try TestFolder()
    store = try openStore(in: folder)
    try store.declareGroups([GroupDeclaration("staff")])
    for id in ["ann", "bob"] { _ = try store.register(id) }
    for (id, end) in [("travel", 900), ("gift", 500), ("budget", nil)] as [(String, Int64?)] {
      let spending = SpendingAccount(
        account: id, name: id, balance: "cashback", startsAt: moment(10), endsAt: end.map(moment))
      _ = try store.perform(.account(.openSpending(spending)))
      _ = try store.perform(
        .set(account: id, balance: "cashback", to: 100, ifVersion: 0))
    }
  }

  private func assign(
    _ account: String, _ scope: SpendingAssignee.Scope, _ key: String, exceed: Int64? = 0
  ) throws -> LedgerAnswer.Code {
    try store.perform(
      .account(
        .assignSpending(account: account, to: .init(scope, key), exceedMaximum: exceed))
    ).code
  }

  private func pay(_ parts: [(String, Int64)], by spender: Spender, at seconds: Int64 = 20) throws
    -> LedgerAnswer
  {
    let parts = parts.map { SpendingPart(account: $0.0, amount: $0.1) }
    return try store.perform(.account(.paySpending(parts, by: spender)), at: seconds)
  }

  private func usable(by spender: Spender, at seconds: Int64 = 20) throws -> [SpendingView] {
    try LedgerReader(folder: folder.path, zone: utc)
      .spendingAccounts(usableBy: spender, at: moment(seconds))
  }

  private func available(_ account: String) throws -> Int64? {
    try LedgerReader(folder: folder.path, zone: utc)
      .available("cashback", of: account, at: moment(20))
  }

  @Test("by user, group and buyer one sees what one may use, the first to end first")
  func listing() throws {
    #expect(try assign("travel", .user, "ann") == .assigned)
    #expect(try assign("gift", .group, "staff", exceed: 5) == .assigned)
    #expect(try assign("budget", .buyer, "acme", exceed: 7) == .assigned)
    let ann = Spender("ann", buyer: "acme")
    #expect(try usable(by: ann).map(\.spending.account) == ["travel", "budget"])
    _ = try store.perform(.account(.join(account: "ann", group: "staff")), at: 15)
    let views = try usable(by: ann)
    #expect(views.map(\.spending.account) == ["gift", "travel", "budget"])
    #expect(views.map(\.exceedMaximum) == [5, 0, 7])
    #expect(views.map(\.available) == [100, 100, 100])
    #expect(try usable(by: Spender("bob")).isEmpty)
    #expect(try usable(by: Spender("bob", groups: ["staff"])).count == 1)
    #expect(try usable(by: ann, at: 9).isEmpty)
    #expect(try usable(by: ann, at: 500).map(\.spending.account) == ["travel", "budget"])
    #expect(try assign("travel", .user, "ann", exceed: nil) == .unassigned)
    #expect(try usable(by: ann).map(\.spending.account) == ["gift", "budget"])
  }

  @Test("several pay for one order, or none does")
  func together() throws {
    for id in ["travel", "gift"] { _ = try assign(id, .user, "ann") }
    #expect(
      try pay([("travel", 60), ("gift", 101)], by: Spender("ann"))
        == LedgerAnswer(.insufficient, amount: 100, subject: "gift"))
    #expect(try available("travel") == 100)
    let answer = try pay([("travel", 60), ("gift", 40)], by: Spender("ann"))
    #expect((answer.code, answer.amount) == (.redeemed, 100))
    #expect(try available("travel") == 40)
    #expect(try available("gift") == 60)
    #expect(try LedgerReader(folder: folder.path, zone: utc).audit().differences == [])
  }

  @Test("beyond what is there one goes as far as the widest of one's assignments lets one")
  func exceeding() throws {
    _ = try assign("travel", .user, "ann", exceed: 10)
    _ = try assign("travel", .buyer, "acme", exceed: 30)
    let alone = Spender("ann")
    #expect(
      try pay([("travel", 111)], by: alone)
        == LedgerAnswer(.insufficient, amount: 110, subject: "travel"))
    #expect(try pay([("travel", 110)], by: alone).code == .redeemed)
    #expect(try available("travel") == -10)
    #expect(try pay([("travel", 1)], by: alone).amount == 0)
    let buyer = Spender("ann", buyer: "acme")
    #expect(try pay([("travel", 21)], by: buyer).code == .insufficient)
    #expect(try pay([("travel", 20)], by: buyer).code == .redeemed)
    #expect(try available("travel") == -30)
    #expect(try LedgerReader(folder: folder.path, zone: utc).audit().differences == [])
  }

  @Test("nobody spends without an assignment, or outside the window")
  func refusals() throws {
    let ann = Spender("ann")
    #expect(
      try pay([("travel", 1)], by: ann, at: 5)
        == LedgerAnswer(.notAssigned, subject: "travel"))
    _ = try assign("travel", .user, "ann")
    #expect(try pay([("travel", 1)], by: ann, at: 9).code == .outsideWindow)
    #expect(try pay([("travel", 1)], by: ann, at: 10).code == .redeemed)
    #expect(try pay([("travel", 1)], by: ann, at: 900).code == .outsideWindow)
    #expect(try pay([("ann", 1)], by: ann).code == .wrongKind)
    #expect(try pay([("nothing", 1)], by: ann).code == .unknownAccount)
    #expect(try pay([], by: ann).code == .badAmount)
    #expect(try pay([("travel", 0)], by: ann).code == .badAmount)
    #expect(
      try pay(Array(repeating: ("travel", 1), count: 101), by: ann).code == .tooMuch)
    #expect(try pay([("travel", 1)], by: Spender("nobody")).code == .unknownAccount)
    #expect(try assign("ann", .user, "bob") == .wrongKind)
    #expect(try assign("travel", .user, "nobody") == .unknownAccount)
    #expect(try assign("travel", .user, "ann", exceed: -1) == .badAmount)
    #expect(try assign("travel", .user, "bob", exceed: nil) == .notAssigned)
  }

  @Test("a value is set with its version only, or changed by a delta that happens once")
  func setting() throws {
    let stale = try store.perform(
      .set(account: "gift", balance: "cashback", to: 50, ifVersion: 0))
    #expect(stale == LedgerAnswer(.staleVersion, amount: 1))
    let delta = LedgerCommand.adjust(
      account: "gift", balance: "cashback", by: 25, expiresAt: nil, allowsDebt: false)
    for _ in 0..<2 { _ = try store.perform(delta, id: "delta") }
    #expect(try available("gift") == 125)
  }

  @Test("a spending account is no person's, and is not opened over another account")
  func kinds() throws {
    let other = SpendingAccount(account: "ann", name: "x", balance: "cashback")
    #expect(try store.perform(.account(.openSpending(other))).code == .wrongKind)
    #expect(try store.register("gift").code == .wrongKind)
    for (one, two) in [("gift", "travel"), ("ann", "gift")] {
      #expect(
        try store.perform(.account(.merge(account: one, into: two))).code == .wrongKind)
    }
    var gift = SpendingAccount(
      account: "gift", name: "Gift", balance: "cashback", startsAt: moment(10), endsAt: moment(10))
    #expect(try store.perform(.account(.openSpending(gift))).code == .badDeadline)
    gift.endsAt = moment(11)
    #expect(try store.perform(.account(.openSpending(gift))).code == .opened)
    gift.balance = "points"
    #expect(try store.perform(.account(.openSpending(gift))).code == .wrongKind)
    gift.balance = "stamps"
    #expect(try store.perform(.account(.openSpending(gift))).code == .unknownBalance)
    _ = try assign("travel", .user, "ann")
    _ = try store.perform(.account(.merge(account: "ann", into: "bob")), at: 12)
    #expect(try usable(by: Spender("bob")).map(\.spending.account) == ["travel"])
    #expect(try usable(by: Spender("ann")).map(\.spending.account) == ["travel"])
    #expect(try pay([("travel", 5)], by: Spender("ann")).code == .redeemed)
  }
}
