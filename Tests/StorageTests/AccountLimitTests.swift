import Ledger
import Storage
import Testing

@Suite("limits on accounts, on both sides") struct AccountLimitTests {
  private let folder: TestFolder
  private let store: LedgerStore

  init() throws {
    folder = try TestFolder()
    store = try openStore(in: folder)
    _ = try store.register("p")
  }

  private func declares(_ body: () throws -> Void) -> Bool { (try? body()) != nil }

  @Test("fields of one request, and declared fields", arguments: [0, 1])
  func fields(tooMany: Int) throws {
    let count = LedgerLimits.fieldsMaximum - FieldDeclaration.standard.count + tooMany
    let own = (0..<count).map { FieldDeclaration("f\($0)", .number) }
    #expect(declares { try store.declareFields(own) } == (tooMany == 0))
    let named = (0..<LedgerLimits.fieldsMaximum + tooMany).map { FieldChange("f\($0)", .clear) }
    let answer = try store.perform(
      .account(.update(account: "p", ifVersion: nil, changes: named)))
    #expect(answer.code == (tooMany == 0 ? .unknownField : .tooMuch))
  }

  @Test("a field's name", arguments: [(64, true), (65, false)])
  func names(count: Int, isGood: Bool) {
    let name = String(repeating: "a", count: count)
    #expect(declares { try store.declareFields([FieldDeclaration(name, .text)]) } == isGood)
    #expect(!declares { try store.declareFields([FieldDeclaration("card", .text)]) })
    #expect(!declares { try store.declareFields([FieldDeclaration("1a", .text)]) })
  }

  @Test("accounts and changes of one reading")
  func readings() throws {
    let most = LedgerLimits.foundMaximum
    var requests: [LedgerRequest] = []
    for place in 0...most {
      requests.append(
        LedgerRequest(
          id: "r-\(place)", actor: "test",
          .account(
            .register(
              .init(
                account: "a-\(place)", isMember: false,
                fields: [FieldChange("phone", .set(.text("5550100")))], random: someRandom())))))
    }
    _ = try store.commit(requests, at: moment(0))
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    for (asked, given) in [(most - 1, most - 1), (most, most), (most + 1, most), (-1, 0)] {
      #expect(
        try reader.search(.init(phone: "5550100"), most: asked, at: moment(0)).count == given)
      #expect(try reader.changes(after: 0, most: asked).count == given)
    }
  }

  @Test("the digits before and of a card's place", arguments: [(20, 18, true), (21, 1, false)])
  func cards(prefix: Int, width: Int, isGood: Bool) {
    let pool = CardPool(
      "x", prefix: String(repeating: "7", count: prefix), width: width, last: 9)
    #expect(declares { try store.declareCards([pool]) } == isGood)
  }

  @Test("declared pools and groups", arguments: [0, 1])
  func declarations(tooMany: Int) {
    let pools = (0..<LedgerLimits.cardPoolsMaximum + tooMany).map {
      CardPool("p-\($0)", prefix: "", width: 1, last: 9)
    }
    #expect(declares { try store.declareCards(pools) } == (tooMany == 0))
    let groups = (0..<LedgerLimits.groupsMaximum + tooMany).map { GroupDeclaration("g-\($0)") }
    #expect(declares { try store.declareGroups(groups) } == (tooMany == 0))
  }

  @Test(
    "visits of a group", arguments: [(0, false), (1, true), (1_000_000, true), (1_000_001, false)])
  func visits(most: Int64, isGood: Bool) {
    let group = GroupDeclaration("g", leavesAfterVisits: most)
    #expect(declares { try store.declareGroups([group]) } == isGood)
  }

  @Test("spending accounts that pay together, and groups one names", arguments: [0, 1])
  func spending(tooMany: Int) throws {
    let parts = Array(
      repeating: SpendingPart(account: "x", amount: 1),
      count: LedgerLimits.spendingPartsMaximum + tooMany)
    #expect(
      try store.perform(.account(.paySpending(parts, by: Spender("p")))).code
        == (tooMany == 0 ? .unknownAccount : .tooMuch))
    let groups = (0..<LedgerLimits.groupsMaximum + tooMany).map { "g-\($0)" }
    #expect(
      try store.perform(
        .account(.paySpending([parts[0]], by: Spender("p", groups: groups)))
      ).code == (tooMany == 0 ? .unknownAccount : .tooMuch))
  }

  @Test("how far one may exceed", arguments: [0, 1] as [Int64])
  func exceeding(tooMuch: Int64) throws {
    _ = try store.perform(
      .account(.openSpending(.init(account: "s", name: "s", balance: "cashback"))))
    let answer = try store.perform(
      .account(
        .assignSpending(
          account: "s", to: .init(.user, "p"),
          exceedMaximum: LedgerLimits.amountMaximum + tooMuch)))
    #expect(answer.code == (tooMuch == 0 ? .assigned : .badAmount))
  }
}
