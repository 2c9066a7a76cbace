import Ledger
import Storage
import Testing

@Suite("holds") struct HoldTests {
  private let folder: TestFolder
  private let store: LedgerStore

  init() throws {
    folder = try TestFolder()
    store = try openStore(in: folder)
    _ = try store.perform(
      .issue(.init(account: "m-1", balance: "points", amount: 100, order: "o-1", campaign: "c")))
  }

  private func hold(_ id: String, _ amount: Int64, deadline: Int64 = 600, partly: Bool = false)
    -> LedgerCommand
  {
    .hold(
      .init(
        id: id, account: "m-1", balance: "points", amount: amount, deadline: moment(deadline),
        takesWhatThereIs: partly))
  }

  private func view(at seconds: Int64 = 0) throws -> BalanceView {
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    return try #require(try reader.view("points", of: "m-1", at: moment(seconds)))
  }

  @Test("setting aside lowers what is available, not what is posted")
  func placing() throws {
    #expect(try store.perform(hold("h-1", 60)) == LedgerAnswer(.held, amount: 60))
    let view = try view()
    #expect((view.posted, view.available, view.held) == (100, 40, 60))
    #expect(try store.perform(hold("h-2", 41)) == LedgerAnswer(.insufficient, amount: 40))
    #expect(
      try store.perform(hold("h-3", 41, partly: true)) == LedgerAnswer(.held, amount: 40, rest: 1))
    #expect(try store.perform(hold("h-1", 1)).code == .holdExists)
  }

  @Test(
    "a capture at the deadline is refused though nothing ran before", arguments: [599, 600, 601])
  func deadline(seconds: Int64) throws {
    _ = try store.perform(hold("h-1", 60))
    #expect(try view(at: seconds).held == (seconds < 600 ? 60 : 0))
    let answer = try store.perform(
      .capture(hold: "h-1", amount: 60, remainder: .released), at: seconds)
    #expect(answer.code == (seconds < 600 ? .captured : .expired))
    #expect(try view(at: seconds).available == (seconds < 600 ? 40 : 100))
  }

  @Test("a hold ends once, and says how it ended")
  func endings() throws {
    _ = try store.perform(hold("h-1", 60))
    let part = LedgerCommand.capture(hold: "h-1", amount: 25, remainder: .kept)
    #expect(try store.perform(part).rest == 35)
    #expect(
      try store.perform(.capture(hold: "h-1", amount: 36, remainder: .kept))
        == LedgerAnswer(.exceedsHold, amount: 35))
    #expect(try store.perform(.release(hold: "h-1")) == LedgerAnswer(.released, amount: 35))
    #expect(try store.perform(.release(hold: "h-1")).code == .alreadyReleased)
    #expect(try store.perform(part).code == .alreadyReleased)
    _ = try store.perform(hold("h-2", 75))
    #expect(
      try store.perform(.capture(hold: "h-2", amount: 75, remainder: .kept)).code == .captured)
    #expect(try store.perform(.release(hold: "h-2")).code == .alreadyCaptured)
    #expect(try view().posted == 0)
    #expect(try store.perform(.release(hold: "h-9")).code == .unknownHold)
  }

  @Test("a hold in the place of another takes its value, or nothing changes")
  func replacing() throws {
    _ = try store.perform(hold("h-1", 60))
    func replace(_ old: String, by id: String, _ amount: Int64) throws -> LedgerAnswer {
      guard case .hold(let new) = hold(id, amount) else { return LedgerAnswer(.badText) }
      return try store.perform(.replaceHold(old, with: new))
    }
    #expect(try replace("h-1", by: "h-2", 101) == LedgerAnswer(.insufficient, amount: 100))
    #expect(try view().held == 60)
    #expect(try replace("h-1", by: "h-2", 90) == LedgerAnswer(.held, amount: 90))
    #expect(try view().held == 90)
    #expect(try replace("h-1", by: "h-3", 1).code == .alreadyReleased)
  }

  @Test("a request that is sent again is answered as the first time, another under its id is not")
  func repeats() throws {
    let first = try store.perform(hold("h-1", 60), id: "r-1")
    #expect(try store.perform(hold("h-1", 60), id: "r-1", at: 5) == first)
    #expect(try store.perform(hold("h-1", 61), id: "r-1").code == .requestMismatch)
    #expect(try view().held == 60)
  }
}
