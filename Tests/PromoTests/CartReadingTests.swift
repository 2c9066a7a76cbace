import LocalTime
import Money
import Promo
import Testing

@Suite("reading carts") struct CartReadingTests {
  @Test("the contract's cart is read in full")
  func contract() throws {
    let (cart, at) = try Cart.read(json: Array(contractCart.utf8))
    #expect(at == Instant(rfc3339: "2026-06-05T16:00:00Z"))
    #expect(at?.offsetSeconds == -14_400)
    #expect(cart.currency.code == "USD")
    #expect(cart.codes == ["SUMMER25"])
    #expect(cart.shipping == (try dollars(599)))
    #expect(cart.order.channel == "web")
    #expect(cart.order.store == "NYC-1")
    #expect(cart.order.country == "US")
    #expect(cart.explain == .near)

    let customer = try #require(cart.customer)
    #expect(customer.id == "m-1")
    #expect(customer.email == "m-1@example.com")
    #expect(customer.isMember)
    #expect(customer.groups == ["new"])
    #expect(customer.attributes == ["tier": .text("gold"), "birthday": .text("1990-05-03")])
    let visit = try #require(customer.history.first)
    #expect(visit.total == (try dollars(2500)))
    #expect(visit.lines.first?.categories == ["kitchen"])
    #expect(customer.redemptions.first?.campaign == "welcome20")
    #expect(customer.redemptions.first?.discount == (try dollars(500)))
    #expect(customer.balances == ["points": ExactDecimal(value: 200)])

    let shirt = try #require(cart.lines.first)
    #expect(shirt.id == nil)
    #expect(shirt.name == "Shirt")
    #expect(shirt.price == (try dollars(2000)))
    #expect(shirt.quantity == 4)
    #expect(shirt.categories == ["apparel/shirts"])
    #expect(shirt.brands == ["Acme"])
    #expect(shirt.tags == ["summer"])
    #expect(shirt.attributes == ["color": .text("red")])
    #expect(shirt.isDiscountable && !shirt.isGiftCard)
    let socks = try #require(cart.lines.last)
    #expect(socks.id == "b")
    #expect(socks.categories == ["apparel/socks"])
  }

  @Test("every further key of the contract is read")
  func furtherKeys() throws {
    let cart = try read(
      """
      {"currency": "USD", "redeem": {"cashback": "10.00"}, "pay": {"store_credit": 10},
       "declined": ["ladder"], "explain": "all",
       "usage": {"summer25": {"redemptions": 1000, "discount": "5.00", "earned": "20.5",
                              "codes": {"SUMMER25": 1}}},
       "customer": {"email": "a@b.c", "redemptions": [
         {"campaign": "gold", "at": "2026-04-01T09:00:00Z", "earned": "120"}]},
       "order": {"attributes": {"wrap": true, "weight": 1.50, "tags": ["a", "b"]}},
       "lines": [{"sku": "A", "price": 20, "quantity": 2, "vendor": "V", "compareAt": "25.00",
                  "floor": "1.00", "discountable": false, "giftCard": true, "gift": "tote"}]}
      """)
    #expect(cart.redeem == ["cashback": ExactDecimal(value: 1000, decimals: 2)])
    #expect(cart.pay == ["store_credit": ExactDecimal(value: 10)])
    #expect(cart.declined == ["ladder"])
    #expect(cart.explain == .all)
    let usage = try #require(cart.usage["summer25"])
    #expect(usage.redemptions == 1000)
    #expect(usage.discount == (try dollars(500)))
    #expect(usage.earned == ExactDecimal(value: 205, decimals: 1))
    #expect(usage.codes == ["SUMMER25": 1])
    #expect(cart.customer?.redemptions.first?.earned == ExactDecimal(value: 120))
    #expect(cart.customer?.isMember == false)
    #expect(
      cart.order.attributes == [
        "wrap": .flag(true), "weight": .number(ExactDecimal(value: 150, decimals: 2)),
        "tags": .texts(["a", "b"]),
      ])
    let line = try #require(cart.lines.first)
    #expect(line.price == (try dollars(2000)))
    #expect(line.vendor == "V")
    #expect(line.compareAt == (try dollars(2500)))
    #expect(line.floor == (try dollars(100)))
    #expect(!line.isDiscountable && line.isGiftCard)
    #expect(line.gift == "tote")
  }

  @Test(
    "an amount is digits in a text or a number, never rounded",
    arguments: [
      ("USD", "\"12.75\"", 1275), ("USD", "12.75", 1275), ("USD", "\"10\"", 1000),
      ("USD", "10.0", 1000), ("USD", "1e1", 1000), ("USD", "12750e-3", 1275), ("USD", "0", 0),
      ("JPY", "\"1500\"", 1500), ("JPY", "15e2", 1500), ("KWD", "\"1.234\"", 1234),
      ("KWD", "1.2", 1200), ("CLF", "\"0.0001\"", 1),
      ("USD", "92233720368547758.07", Int64.max),
    ])
  func amounts(currency: String, digits: String, minorUnits: Int64) throws {
    let text =
      "{\"lines\": [{\"sku\": \"A\", \"price\": \(digits), \"quantity\": 1}], "
      + "\"currency\": \"\(currency)\"}"
    #expect(try read(text).lines.first?.price.minorUnits == minorUnits)
  }

  @Test("without a moment of its own a cart is for now, and without now for none")
  func moment() throws {
    let text = Array(cartText(cart: "\"codes\": []").utf8)
    let now = Instant(secondsSince1970: 1_780_000_000)
    #expect(try Cart.read(json: text).at == nil)
    #expect(try Cart.read(json: text, now: now).at == now)
    let told = Array(cartText(cart: "\"at\": \"2026-06-05T12:00:00Z\"").utf8)
    #expect(try Cart.read(json: told, now: now).at == Instant(rfc3339: "2026-06-05T12:00:00Z"))
  }

  @Test("a cart without lines is a cart")
  func emptyLines() throws {
    #expect(try read("{\"currency\": \"USD\", \"lines\": []}").lines.isEmpty)
  }

  @Test("skus are bytes: another case or another composition is another sku")
  func skusAreBytes() throws {
    let cart = try read(
      """
      {"currency": "USD", "lines": [
        {"sku": "caf\\u00e9", "price": 1, "quantity": 1},
        {"sku": "cafe\\u0301", "price": 1, "quantity": 1},
        {"sku": "CAF\\u00c9", "price": 1, "quantity": 1}]}
      """)
    #expect(Set(cart.lines.map { Array($0.sku.utf8) }).count == 3)
  }

  @Test(
    "texts that mean something elsewhere are kept as they are",
    arguments: ["__proto__", "$where", "'; drop table carts; --", "{{name}}", "<script>"])
  func inertTexts(text: String) throws {
    let cart = try read(
      cartText(
        line: "\"sku\": \"A\", \"price\": 1, \"quantity\": 1, "
          + "\"attributes\": {\"\(text)\": \"\(text)\"}"))
    #expect(cart.lines.first?.attributes == [text: .text(text)])
  }

  @Test("codes are kept as typed, spaces, case and repeats too")
  func codes() throws {
    let cart = try read(cartText(cart: "\"codes\": [\" Summer25 \", \"SUMMER25\"]"))
    #expect(cart.codes == [" Summer25 ", "SUMMER25"])
  }

  @Test("ten thousand lines of one sku are read")
  func manyLines() throws {
    let line = "{\"sku\":\"A\",\"price\":\"1.00\",\"quantity\":1}"
    let lines = Array(repeating: line, count: 10_000).joined(separator: ",")
    #expect(try read("{\"currency\":\"USD\",\"lines\":[\(lines)]}").lines.count == 10_000)
  }
}
