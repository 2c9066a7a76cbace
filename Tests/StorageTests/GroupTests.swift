import Ledger
import LocalTime
import Storage
import Testing

@Suite("groups of accounts") struct GroupTests {
  private let folder: TestFolder
  private let store: LedgerStore
  private static let day: Int64 = 86_400
  /// Seconds from the moment tests begin at to the next midnight.
  private static let midnight = day - 1_800_000_000 % day

  init() throws {
    folder = try TestFolder()
    store = try openStore(in: folder)
    try store.declareGroups([
      GroupDeclaration(
        "new", joinsOn: .signUp, leavesAfterVisits: 1, leavesAfter: .init(count: 30, period: .day)),
      GroupDeclaration("staff"), GroupDeclaration("trial", leavesAfterVisits: 2),
    ])
    _ = try store.register("p")
  }

  private func groups(at seconds: Int64, of account: String = "p") throws -> [String] {
    try LedgerReader(folder: folder.path, zone: utc).groups(of: account, at: moment(seconds))
  }

  private func feed() throws -> [String] {
    try LedgerReader(folder: folder.path, zone: utc).changes(after: 0)
      .filter { $0.kind == .joined || $0.kind == .left }
      .map { "\($0.account) \($0.kind) \($0.names.joined())" }
  }

  private func ask(_ command: AccountCommand, at seconds: Int64) throws -> LedgerAnswer {
    try store.perform(.account(command), at: seconds)
  }

  @Test("who signs up is new until the first purchase")
  func firstVisit() throws {
    #expect(try groups(at: -1) == [])
    #expect(try groups(at: 0) == ["new"])
    let record = CheckoutRecord(order: "o-1", account: "p", lines: [])
    _ = try store.perform(.checkout(record), at: 50)
    #expect(try groups(at: 49) == ["new"])
    #expect(try groups(at: 50) == [])
    #expect(try feed() == ["p joined new", "p left new"])
    #expect(try ask(.visit(account: "p"), at: 60) == LedgerAnswer(.visited))
  }

  @Test("a group that new rules do not name keeps its members, and nobody joins it by itself")
  func unnamed() throws {
    _ = try ask(.join(account: "p", group: "trial"), at: 50)
    try store.declareGroups([GroupDeclaration("staff")])
    _ = try store.register("q", at: 60)
    #expect(try groups(at: 60) == ["new", "trial"])
    for second in 61...62 as ClosedRange<Int64> { _ = try ask(.visit(account: "p"), at: second) }
    #expect(try groups(at: 63) == [], "members leave as it was said when they came")
    _ = try ask(.join(account: "q", group: "trial"), at: 64)
    for second in 65...68 as ClosedRange<Int64> { _ = try ask(.visit(account: "q"), at: second) }
    #expect(try groups(at: 69, of: "q") == ["trial"], "nothing is said any more")
    #expect(try groups(at: 60, of: "q") == [])
    try store.declareGroups([GroupDeclaration("new", joinsOn: .signUp)])
    _ = try store.register("r", at: 70)
    #expect(try groups(at: 70, of: "r") == ["new"])
  }

  @Test("a purchase that is refused is no visit, and neither is signing up twice a second joining")
  func refused() throws {
    let record = CheckoutRecord(
      order: "o-1", account: "p", lines: [], spends: [.init(.balance("points"), amount: 1)])
    #expect(try store.perform(.checkout(record), at: 50).code == .insufficient)
    #expect(try groups(at: 50) == ["new"])
    _ = try store.register("p", at: 60)
    #expect(try feed() == ["p joined new"])
    _ = try store.register("q", isMember: false, at: 60)
    #expect(try groups(at: 60, of: "q") == [])
  }

  @Test("who was in a group until its days were over joins it by signing up")
  func signsUpAfterwards() throws {
    _ = try store.register("q", isMember: false)
    #expect(try ask(.join(account: "q", group: "new"), at: 0).code == .joined)
    let later = 40 * Self.day
    _ = try store.register("q", at: later)
    #expect(try groups(at: later, of: "q") == ["new"])
    #expect(
      try feed() == ["p joined new", "q joined new", "q left new", "q joined new"])
  }

  @Test("after its days one is out at the start of the local day, though nothing ran then")
  func days() throws {
    let end = Self.midnight + 29 * Self.day
    #expect(try groups(at: end - 1) == ["new"])
    #expect(try groups(at: end) == [])
    #expect(try feed() == ["p joined new"])
    #expect(try ask(.endMemberships(most: 5), at: end - 1) == LedgerAnswer(.settled))
    #expect(try ask(.endMemberships(most: 5), at: end) == LedgerAnswer(.settled, amount: 1))
    #expect(try ask(.endMemberships(most: 5), at: end) == LedgerAnswer(.settled))
    #expect(try feed() == ["p joined new", "p left new"])
    #expect(try groups(at: end - 1) == ["new"])
  }

  @Test("a visit after the days are over does not end it a second time")
  func visitAfterDays() throws {
    let end = Self.midnight + 29 * Self.day
    #expect(try ask(.visit(account: "p"), at: end + 5) == LedgerAnswer(.visited))
    #expect(try groups(at: end - 1) == ["new"])
    #expect(try feed() == ["p joined new", "p left new"])
  }

  @Test("runs end as many as they may, those first that are over longest")
  func runs() throws {
    for (place, id) in ["a", "b", "c"].enumerated() {
      _ = try store.register(id, at: Int64(place) * Self.day)
    }
    let end = Self.midnight + 40 * Self.day
    #expect(
      try ask(.endMemberships(most: 3), at: end) == LedgerAnswer(.settled, amount: 3, rest: 1))
    #expect(
      try feed().suffix(3) == ["p left new", "a left new", "b left new"])
    #expect(try ask(.endMemberships(most: 0), at: end).code == .badAmount)
  }

  @Test("a purchase that is undone was no visit, unless the days are over by then")
  func undone() throws {
    _ = try ask(.join(account: "p", group: "trial"), at: 5)
    for (order, seconds) in [("o-1", 10), ("o-2", 20), ("o-3", 30)] as [(String, Int64)] {
      let record = CheckoutRecord(order: order, account: "p", lines: [])
      _ = try store.perform(.checkout(record), at: seconds)
    }
    #expect(try groups(at: 30) == [])
    func undo(_ order: String, at seconds: Int64) throws {
      let answer = try store.perform(.void(order: order, policy: .debt), at: seconds)
      #expect(answer.code == .voided)
    }
    try undo("o-1", at: 40)
    #expect(try groups(at: 39) == [])
    #expect(try groups(at: 40) == ["new", "trial"])
    try undo("o-2", at: 50)
    #expect(try ask(.visit(account: "p"), at: 60).amount == 1)
    #expect(try groups(at: 60) == ["trial"])
    #expect(try ask(.visit(account: "p"), at: 70).amount == 1)
    try undo("o-3", at: 80)
    #expect(try groups(at: 80) == [])
    let late = CheckoutRecord(order: "o-4", account: "q", lines: [])
    _ = try store.register("q", at: 90)
    _ = try store.perform(.checkout(late), at: 100)
    try undo("o-4", at: Self.midnight + 29 * Self.day)
    #expect(try groups(at: Self.midnight + 29 * Self.day, of: "q") == [])
  }

  @Test("a purchase that comes back whole was no visit; one of which a part comes back was")
  func returned() throws {
    _ = try ask(.join(account: "p", group: "trial"), at: 5)
    let record = CheckoutRecord(
      order: "o-1", account: "p", lines: [.init(id: "a", quantity: 2, paid: 1)])
    _ = try store.perform(.checkout(record), at: 10)
    #expect(try groups(at: 10) == ["trial"])
    for (seconds, left) in [(20, ["trial"]), (30, ["new", "trial"])] as [(Int64, [String])] {
      let one = LedgerCommand.giveBack(
        order: "o-1", lines: [.init(id: "a", quantity: 1)], policy: .debt)
      #expect(try store.perform(one, at: seconds).code == .returned)
      #expect(try groups(at: seconds) == left)
    }
  }

  @Test("one joins and leaves by hand, and can come back")
  func byHand() throws {
    #expect(try ask(.join(account: "p", group: "staff"), at: 10).code == .joined)
    #expect(try ask(.join(account: "p", group: "staff"), at: 11).code == .alreadyInGroup)
    #expect(try ask(.leave(account: "p", group: "staff"), at: 20).code == .left)
    #expect(try ask(.leave(account: "p", group: "staff"), at: 21).code == .notInGroup)
    #expect(try ask(.join(account: "p", group: "staff"), at: 20).code == .joined)
    #expect(try ask(.join(account: "p", group: "crew"), at: 20).code == .unknownGroup)
    #expect(try ask(.join(account: "nobody", group: "staff"), at: 20).code == .unknownAccount)
    #expect(try groups(at: 9) == ["new"])
    #expect(try groups(at: 15) == ["new", "staff"])
    #expect(try groups(at: 25) == ["new", "staff"])
  }

  @Test("the last of several visits ends it")
  func visits() throws {
    _ = try ask(.join(account: "p", group: "trial"), at: 10)
    #expect(try ask(.visit(account: "p"), at: 20).amount == 1)
    #expect(try groups(at: 20) == ["trial"])
    #expect(try ask(.visit(account: "p"), at: 30).amount == 1)
    #expect(try groups(at: 30) == [])
  }

  @Test("memberships follow a merge, but one that the other has had is not had again")
  func merging() throws {
    _ = try store.register("q")
    _ = try ask(.visit(account: "q"), at: 5)
    _ = try ask(.join(account: "p", group: "staff"), at: 10)
    _ = try ask(.merge(account: "p", into: "q"), at: 20)
    #expect(try groups(at: 20, of: "p") == ["staff"])
    #expect(try groups(at: 20, of: "q") == ["staff"])
  }

  @Test(
    "limits on what is declared",
    arguments: [(0, false), (1, true), (36_500, true), (36_501, false)])
  func limits(days: Int, isGood: Bool) throws {
    let group = GroupDeclaration("x", leavesAfter: .init(count: days, period: .day))
    if isGood {
      try store.declareGroups([group])
    } else {
      #expect(throws: StorageError.constraint("group x can not be kept")) {
        try store.declareGroups([group])
      }
    }
  }
}
