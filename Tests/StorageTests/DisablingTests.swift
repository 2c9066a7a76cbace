import Ledger
import LocalTime
import Storage
import Testing

@Suite("disabled accounts") struct DisablingTests {
  private let folder: TestFolder
  private let store: LedgerStore

  init() throws {
    folder = try TestFolder()
    store = try openStore(in: folder)
    _ = try store.register("p")
    _ = try store.perform(issue("o-0"))
    _ = try store.perform(hold("h-0"))
    _ = try store.perform(checkout("o-1", spends: 10, earns: 5))
    #expect(try ask(.disable(account: "p")) == .disabled)
  }

  private func ask(_ command: AccountCommand) throws -> LedgerAnswer.Code {
    try store.perform(.account(command), at: 5).code
  }

  private func issue(_ order: String, availableAt: Int64? = nil) -> LedgerCommand {
    .issue(
      .init(
        account: "p", balance: "points", amount: 100, order: order, campaign: "c",
        availableAt: availableAt.map(moment)))
  }

  private func hold(_ id: String) -> LedgerCommand {
    .hold(
      .init(id: id, account: "p", balance: "points", amount: 20, deadline: moment(100)))
  }

  private func checkout(_ order: String, spends: Int64 = 0, earns: Int64 = 0) -> LedgerCommand {
    .checkout(
      CheckoutRecord(
        order: order, account: "p", lines: [.init(id: "a", quantity: 1, paid: 100)],
        spends: spends > 0 ? [.init(.balance("points"), amount: spends)] : [],
        rewards: earns > 0 ? [.init(campaign: "c", balance: "points", amount: earns)] : []))
  }

  private func view(at seconds: Int64 = 10) throws -> BalanceView {
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    #expect(try reader.audit().differences == [])
    return try #require(try reader.view("points", of: "p", at: moment(seconds)))
  }

  @Test("it neither earns nor spends nor is spent from, and is named")
  func refusals() throws {
    let commands: [LedgerCommand] = [
      issue("o-2"), hold("h-1"),
      .redeem(account: "p", balance: "points", amount: 1, takesWhatThereIs: true),
      .replaceHold(
        "h-0",
        with: .init(
          id: "h-2", account: "p", balance: "points", amount: 1, deadline: moment(100))),
      .capture(hold: "h-0", amount: 1, remainder: .kept),
      checkout("o-2", spends: 1), checkout("o-2", earns: 1),
      .account(.merge(account: "p", into: "m-1")), .account(.merge(account: "m-1", into: "p")),
    ]
    for command in commands {
      #expect(
        try store.perform(command, at: 10) == LedgerAnswer(.accountDisabled, subject: "p"),
        "\(command)")
    }
    #expect(try view().posted == 95)
    #expect(try view().held == 20)
  }

  @Test("it is read, corrected and given back to, and may buy without value")
  func goesOn() throws {
    #expect(try store.perform(checkout("o-2"), at: 10).code == .recorded)
    #expect(try store.perform(.release(hold: "h-0"), at: 10).code == .released)
    #expect(try store.perform(.void(order: "o-1", policy: .debt), at: 10).code == .voided)
    #expect(try view().available == 100)
    let change = LedgerCommand.adjust(
      account: "p", balance: "points", by: -100, expiresAt: nil, allowsDebt: false)
    #expect(try store.perform(change, at: 10).code == .adjusted)
    #expect(try store.update("p", ["city": .text("Oslo")], at: 10).code == .updated)
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    #expect(try reader.account("p", at: moment(10))?.isDisabled == true)
    #expect(try reader.isDisabled("p") == true)
    #expect(try reader.isDisabled("m-1") == false)
    #expect(try reader.isDisabled("nobody") == nil)
  }

  @Test("what was promised before is kept at its moment, and what expires goes")
  func promises() throws {
    #expect(try ask(.enable(account: "p")) == .enabled)
    #expect(try store.perform(issue("o-3", availableAt: 50), at: 10).code == .pending)
    #expect(try ask(.disable(account: "p")) == .disabled)
    #expect(try view(at: 50).posted == 195)
    #expect(try store.perform(.settle(accountsMaximum: 9), at: 100).code == .settled)
    #expect(try view(at: 100).held == 0)
  }

  @Test("a hold whose deadline has come says so, whether or not anything ran since")
  func overdue() throws {
    let capture = LedgerCommand.capture(hold: "h-0", amount: 1, remainder: .kept)
    #expect(
      try store.perform(capture, at: 99) == LedgerAnswer(.accountDisabled, subject: "p"))
    #expect(try store.perform(capture, at: 100).code == .expired)
  }

  @Test("twice changes nothing, and the feed has each change once")
  func again() throws {
    #expect(try ask(.disable(account: "p")) == .alreadyDisabled)
    #expect(try ask(.enable(account: "p")) == .enabled)
    #expect(try ask(.enable(account: "p")) == .alreadyEnabled)
    #expect(try ask(.disable(account: "nobody")) == .unknownAccount)
    #expect(try ask(.enable(account: "")) == .badIdentifier)
    #expect(try store.perform(issue("o-2"), at: 10).code == .issued)
    let kinds = try LedgerReader(folder: folder.path, zone: utc).changes(after: 0).map(\.kind)
    #expect(kinds.suffix(2) == [.disabled, .enabled])
  }

  @Test("every id of a merged account stands alike")
  func merged() throws {
    _ = try ask(.enable(account: "p"))
    _ = try store.perform(.release(hold: "h-0"), at: 6)
    #expect(try ask(.merge(account: "p", into: "m-1")) == .merged)
    #expect(try ask(.disable(account: "p")) == .disabled)
    for id in ["p", "m-1"] {
      let redeem = LedgerCommand.redeem(
        account: id, balance: "points", amount: 1, takesWhatThereIs: false)
      #expect(
        try store.perform(redeem, at: 10) == LedgerAnswer(.accountDisabled, subject: id))
    }
    #expect(try ask(.enable(account: "m-1")) == .enabled)
    #expect(try LedgerReader(folder: folder.path, zone: utc).isDisabled("p") == false)
  }

  @Test("a spending account that is disabled pays nobody, and nobody who is disabled spends")
  func spending() throws {
    let gift = SpendingAccount(account: "gift", name: "gift", balance: "points")
    _ = try ask(.openSpending(gift))
    _ = try store.perform(.set(account: "gift", balance: "points", to: 9, ifVersion: 0), at: 5)
    for user in ["p", "m-1"] {
      _ = try ask(.assignSpending(account: "gift", to: .init(.user, user), exceedMaximum: 0))
    }
    func pay(_ user: String) throws -> LedgerAnswer {
      let command = AccountCommand.paySpending(
        [SpendingPart(account: "gift", amount: 1)], by: Spender(user))
      return try store.perform(.account(command), at: 10)
    }
    func usable(_ user: String) throws -> Int {
      try LedgerReader(folder: folder.path, zone: utc)
        .spendingAccounts(usableBy: Spender(user), at: moment(10)).count
    }
    #expect(try pay("p") == LedgerAnswer(.accountDisabled, subject: "p"))
    #expect(try pay("m-1").code == .redeemed)
    #expect(try [usable("p"), usable("m-1")] == [0, 1])
    _ = try ask(.disable(account: "gift"))
    #expect(try pay("m-1") == LedgerAnswer(.accountDisabled, subject: "gift"))
    #expect(try usable("m-1") == 0)
  }
}
