import Ledger
import Storage
import Testing

@Suite("finding accounts") struct AccountSearchTests {
  private let folder: TestFolder
  private let store: LedgerStore

  init() throws {
    folder = try TestFolder()
    store = try openStore(in: folder)
    let people: [(String, String, String, String)] = [
      ("a", "crm-1", "Ada@Example.org", "+1 (212) 555-0100"),
      ("b", "crm-2", "family@example.org", "0012125550100"),
      ("c", "crm-3", " FAMILY @ example.org ", "212 555 0199"),
    ]
    for (id, external, email, phone) in people {
      _ = try store.register(
        id,
        [
          "external_id": .text(external), "email": .text(email), "phone": .text(phone),
          "city": .text("Oslo"),
        ])
    }
  }

  private func find(_ query: AccountQuery, most: Int = 100) throws -> [String] {
    try LedgerReader(folder: folder.path, zone: utc)
      .search(query, most: most, at: moment(0)).map(\.id)
  }

  @Test("case and spaces of an e-mail, and all but the digits of a phone, make no difference")
  func normalised() throws {
    #expect(try find(.init(email: "ada@example.ORG ")) == ["a"])
    #expect(try find(.init(email: "Family@Example.Org")) == ["b", "c"])
    #expect(try find(.init(phone: "1-212-555-0100")) == ["a", "b"])
    #expect(try find(.init(phone: "212.555.0199")) == ["c"])
    #expect(try find(.init(externalID: "crm-2")) == ["b"])
    #expect(try find(.init(externalID: "CRM-2")) == [])
  }

  @Test("all that is asked for must be so")
  func combinations() throws {
    #expect(try find(.init(email: "family@example.org", phone: "12125550100")) == ["b"])
    #expect(try find(.init(externalID: "crm-1", email: "family@example.org")) == [])
    #expect(
      try find(
        .init(externalID: "crm-3", email: "family@example.org", phone: "2125550199")) == ["c"])
  }

  @Test("nothing asked for, what can not be, and half of a value find nothing")
  func nothing() throws {
    #expect(try find(.init()) == [])
    #expect(try find(.init(email: "%")) == [])
    #expect(try find(.init(email: "family@")) == [])
    #expect(try find(.init(phone: "12")) == [])
    #expect(try find(.init(email: "example.org")) == [])
    #expect(try find(.init(email: "family@example.org"), most: 1) == ["b"])
    #expect(try find(.init(email: "family@example.org"), most: 0) == [])
    #expect(try find(.init(email: String(repeating: "a", count: 10_000) + "@b")) == [])
  }

  @Test("an old value finds nothing, the new one does")
  func changed() throws {
    _ = try store.update("a", ["email": .text("lovelace@example.org"), "phone": nil])
    #expect(try find(.init(email: "ada@example.org")) == [])
    #expect(try find(.init(email: "lovelace@example.org")) == ["a"])
    #expect(try find(.init(phone: "12125550100")) == ["b"])
  }

  @Test("only what is asked for is returned")
  func selection() throws {
    _ = try store.perform(
      .issue(.init(account: "a", balance: "points", amount: 7, order: "o", campaign: "c")))
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    let query = AccountQuery(externalID: "crm-1")
    let bare = try #require(try reader.search(query, at: moment(0)).first)
    #expect(bare.fields.isEmpty)
    #expect(bare.balances.isEmpty)
    let selection = AccountSelection(fields: ["city", "gender"], balances: ["points", "stamps"])
    let full = try #require(try reader.search(query, returning: selection, at: moment(0)).first)
    #expect(full.fields == ["city": .text("Oslo")])
    #expect(full.balances.mapValues(\.available) == ["points": 7])
    #expect(try reader.account("nobody", at: moment(0)) == nil)
  }

  @Test("no file has a value in plain text, not even before anybody asks to be forgotten")
  func sealed() throws {
    for token in ["xample.org", "XAMPLE", "5550100", "crm-1", "Oslo"] {
      #expect(try !folder.contains(Array(token.utf8)), "\(token)")
    }
  }
}
