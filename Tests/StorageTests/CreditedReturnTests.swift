import Ledger
import Storage
import Testing

@Suite("credit for what comes back") struct CreditedReturnTests {
  private let folder: TestFolder
  private let store: LedgerStore
  private let credit = ReturnCredit(
    to: "cashback", lines: [.init(id: "a", tax: 70, paidByLedger: 500)])

  init() throws {
    folder = try TestFolder()
    store = try openStore(in: folder)
    let record = CheckoutRecord(
      order: "o-1", account: "m-1",
      lines: [.init(id: "a", quantity: 3, paid: 1_000), .init(id: "b", quantity: 1, paid: 99)])
    #expect(try store.perform(.checkout(record)).code == .recorded)
  }

  private var reader: LedgerReader {
    get throws { try LedgerReader(folder: folder.path, zone: utc) }
  }

  private func bringBack(_ line: String, _ quantity: Int64, id: String) throws -> LedgerAnswer {
    try store.perform(
      .giveBack(
        order: "o-1", lines: [.init(id: line, quantity: quantity)], policy: .debt, credit: credit),
      id: id)
  }

  @Test("is there in the commit of the return, once, and every split comes to the whole")
  func splits() throws {
    let first = try bringBack("a", 1, id: "r-1")
    // One request did both: nothing else was asked for, and nothing else wrote a transaction.
    #expect(first.transaction == 1)
    #expect(try reader.entries(of: "m-1", most: 5)?.entries.map(\.about) == ["o-1"])
    #expect(try reader.credited(by: "r-1", for: "o-1", in: "cashback") == 333 + 23 - 167)
    #expect(try bringBack("a", 1, id: "r-1") == first)
    #expect(try bringBack("a", 2, id: "r-2").code == .returned)
    #expect(try bringBack("b", 1, id: "r-3").code == .returned)
    #expect(try reader.available("cashback", of: "m-1", at: moment(1)) == 1_070 - 500 + 99)
    #expect(try bringBack("b", 1, id: "r-4").code == .alreadyReturned)
    #expect(try reader.credited(by: "r-4", for: "o-1", in: "cashback") == 0)
    #expect(try reader.audit().differences == [])
  }

  @Test("goes to nobody who neither earns nor spends; what comes back comes back all the same")
  func disabled() throws {
    _ = try store.perform(.account(.disable(account: "m-1")))
    #expect(try bringBack("b", 1, id: "r-1").code == .returned)
    #expect(try reader.credited(by: "r-1", for: "o-1", in: "cashback") == 0)
    #expect(try reader.available("cashback", of: "m-1", at: moment(1)) == 0)
    #expect(try reader.audit().differences == [])
  }
}
