import Checkout
import Foundation
import Ledger
import LocalTime
import Promo
import Storage
import Testing

@Suite("$100, and $10 of cashback") struct SeedFigureTests {
  private let path = NSTemporaryDirectory() + "checkout-" + UUID().uuidString
  private let now = Instant(secondsSince1970: 1_800_000_000)
  private let utc = ZoneTable(identifier: "UTC", transitions: [], offsets: [0])

  private let balances = """
    currency USD
    balance points { }
    balance cashback { money  redeem as discount }
    balance gift_value { money  redeem as payment }
    campaign earning { earn 1 point per $1 of order }

    """
  private let save15 = "campaign save15 { give 15% off items }\n"

  /// A ledger in which m-1 has $10 of cashback and $10 of gift value.
  private func ledger() throws -> LedgerStore {
    let store = try LedgerStore(folder: path, zone: utc, at: now)
    let rules = try RuleSet(text: balances)
    try store.declare(
      rules.balanceDeclarations, conversions: rules.conversionDeclarations)
    try ask(store, .open(account: "m-1"))
    for balance in ["cashback", "gift_value"] {
      try ask(
        store,
        .issue(
          .init(account: "m-1", balance: balance, amount: 1_000, order: "o-0", campaign: "c")))
    }
    return store
  }

  @discardableResult
  private func ask(
    _ store: LedgerStore, _ command: LedgerCommand, id: String = UUID().uuidString
  ) throws -> LedgerAnswer {
    let request = LedgerRequest(id: id, actor: "shop", command)
    return try store.commit([request], at: now)[0].get()
  }

  /// The quote of a cart of $100 that takes something of a balance.
  private func quote(_ rules: String, taking part: String) throws -> Quote {
    let json = """
      { "currency": "USD", \(part),
        "customer": { "id": "m-1", "member": true,
          "balances": { "cashback": "10.00", "gift_value": "10.00" } },
        "lines": [ { "sku": "A", "price": "60.00", "quantity": 1 },
                   { "sku": "B", "price": "20.00", "quantity": 2 } ] }
      """
    let (cart, _) = try Cart.read(json: Array(json.utf8))
    return try RuleSet(text: rules).quote(cart, at: now)
  }

  private func view(_ balance: String) throws -> BalanceView {
    let reader = try LedgerReader(folder: path, zone: utc)
    return try #require(try reader.view(balance, of: "m-1", at: now))
  }

  private func clean() { try? FileManager.default.removeItem(atPath: path) }

  @Test("cashback redeemed inside the checkout, from a hold, or before it: 90 points each time")
  func cashback() throws {
    let redeeming = "\"redeem\": { \"cashback\": \"10.00\" }"
    for route in ["inside", "hold", "before"] {
      let store = try ledger()
      defer { clean() }
      let quote = try quote(balances, taking: redeeming)
      #expect(quote.total.minorUnits == 9_000)
      if route == "hold" {
        let deadline = Instant(secondsSince1970: now.secondsSince1970 + 600)
        try ask(
          store,
          .hold(
            .init(
              id: "h", account: "m-1", balance: "cashback", amount: 1_000, deadline: deadline)))
      }
      if route == "before" {
        try ask(
          store,
          .redeem(account: "m-1", balance: "cashback", amount: 1_000, takesWhatThereIs: false),
          id: "r")
      }
      let record = try CheckoutRecord(
        order: "o-1", account: "m-1", quote: quote,
        holds: route == "hold" ? ["cashback": "h"] : [:],
        redeemedBefore: route == "before" ? ["cashback": ["r": 1_000]] : [:],
        programme: store.programme)
      #expect(try ask(store, .checkout(record)).code == .recorded)
      #expect(try view("points").available == 90)
      #expect(try view("cashback").posted == 0)
      #expect(try LedgerReader(folder: path, zone: utc).audit().differences == [])
    }
  }

  @Test("gift value is a way to pay: the total stays, and so do the 100 points")
  func giftValue() throws {
    let store = try ledger()
    defer { clean() }
    let quote = try quote(balances, taking: "\"pay\": { \"gift_value\": \"10.00\" }")
    #expect((quote.total.minorUnits, quote.due.minorUnits) == (10_000, 9_000))
    let record = try CheckoutRecord(
      order: "o-1", account: "m-1", quote: quote, programme: store.programme)
    #expect(try ask(store, .checkout(record)).code == .recorded)
    #expect(try view("points").available == 100)
    #expect(try view("gift_value").posted == 0)
  }

  @Test("with 15% off first it is 75 points, and a return takes back each line's part")
  func discountFirst() throws {
    let store = try ledger()
    defer { clean() }
    let quote = try quote(
      balances + save15, taking: "\"redeem\": { \"cashback\": \"10.00\" }")
    #expect(quote.total.minorUnits == 7_500)
    let record = try CheckoutRecord(
      order: "o-1", account: "m-1", quote: quote, programme: store.programme)
    #expect(record.spends.first?.weights == [600, 400])
    #expect(try ask(store, .checkout(record)).code == .recorded)
    #expect(try view("points").available == 75)
    let one = LedgerCommand.giveBack(
      order: "o-1", lines: [.init(id: "2", quantity: 1)], policy: .debt)
    #expect(try ask(store, one) == LedgerAnswer(.returned, amount: 15, transaction: 5))
    #expect(try view("cashback").available == 200)
    #expect(try view("points").available == 60)
  }
}
