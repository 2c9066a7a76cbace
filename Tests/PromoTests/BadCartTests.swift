import Promo
import Testing

/// A text that is no cart, what is wrong with it, and where.
struct BadCart: Sendable, CustomTestStringConvertible {
  var text: String
  var code: CartErrorCode
  var pointer: String
  init(_ text: String, _ code: CartErrorCode, _ pointer: String) {
    self.text = text
    self.code = code
    self.pointer = pointer
  }
  var testDescription: String { "\(code.rawValue) \(pointer): \(text.prefix(80))" }

  /// A cart whose only line has one value replaced.
  static func line(_ key: String, _ value: String, _ code: CartErrorCode) -> BadCart {
    var keys = ["sku": "\"A\"", "price": "\"1.00\"", "quantity": "1"]
    keys[key] = value
    let line = keys.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
    return BadCart(cartText(line: line.joined(separator: ", ")), code, "/lines/0/\(key)")
  }

  static func cart(_ keys: String, _ code: CartErrorCode, _ pointer: String) -> BadCart {
    BadCart(cartText(cart: keys), code, pointer)
  }
}

@Suite("carts that are refused") struct BadCartTests {
  @Test(
    "what is no JSON object",
    arguments: [
      BadCart("", .expectedObject, ""), BadCart(" \n\t", .expectedObject, ""),
      BadCart("null", .expectedObject, ""), BadCart("[]", .expectedObject, ""),
      BadCart("\"x\"", .expectedObject, ""), BadCart("{\"currency\"", .malformedJSON, "/currency"),
      BadCart("{} {}", .malformedJSON, ""), BadCart("{}x", .malformedJSON, ""),
      BadCart(
        cartText(line: "\"quantity\": 1, \"quantity\": 100"), .duplicateKey, "/lines/0/quantity"),
      BadCart(
        cartText(cart: "\"shipping\": " + String(repeating: "[", count: 100_000)), .tooDeep,
        "/shipping" + String(repeating: "/0", count: 63)),
      .line("sku", "\"\\ud800\"", .badEncoding), .line("price", "NaN", .malformedJSON),
      .line("price", "+1", .malformedJSON), .line("price", "01", .malformedJSON),
    ])
  func notJSON(bad: BadCart) throws {
    let error = try mistake(in: bad.text)
    #expect(error.code == bad.code)
    #expect(error.code.isMalformed)
    #expect(error.offset != nil)
    if bad.code != .tooDeep { #expect(error.pointer == bad.pointer) }
  }

  @Test("a cart cut short at any byte is refused as malformed")
  func truncated() throws {
    let bytes = Array(contractCart.utf8)
    for length in 0..<bytes.count {
      let error = try #require(throws: CartError.self) {
        try Cart.read(json: Array(bytes[..<length]))
      }
      #expect(error.code.isMalformed)
    }
  }

  @Test("bytes that are not UTF-8 are refused at their place")
  func badEncoding() throws {
    var bytes = Array(cartText(line: "\"sku\": \"A?\", \"price\": 1, \"quantity\": 1").utf8)
    let place = try #require(bytes.firstIndex(of: UInt8(ascii: "?")))
    bytes[place] = 0xFF
    let error = try #require(throws: CartError.self) { try Cart.read(json: bytes) }
    #expect(error.code == .badEncoding)
    #expect(error.offset == place)
  }

  @Test("a key or a text of more than a mebibyte is not even looked at")
  func hugeTexts() throws {
    let huge = String(repeating: "x", count: 1 << 20)
    #expect(try mistake(in: cartText(cart: "\"\(huge)x\": 1")).code == .tooLarge)
    #expect(try mistake(in: cartText(cart: "\"\(huge)\": 1")).code == .unknownKey)
    let line = { (sku: String) in
      cartText(line: "\"sku\": \"\(sku)\", \"price\": 1, \"quantity\": 1")
    }
    #expect(try mistake(in: line(huge + "x")).code == .tooLarge)
    #expect(try mistake(in: line(huge)).code == .tooLong)
  }

  @Test("an unknown key names the nearest known one")
  func unknownKeys() throws {
    for (text, pointer, near) in [
      (cartText(cart: "\"curency\": 1"), "/curency", "\"currency\""),
      (cartText(cart: "\"coupons\": []"), "/coupons", "\"codes\""),
      (cartText(line: "\"Sku\": \"A\""), "/lines/0/Sku", "\"sku\""),
      (cartText(line: "\"compare_at\": 1"), "/lines/0/compare_at", "\"compareAt\""),
      (cartText(line: "\"qty\": 1"), "/lines/0/qty", "\"quantity\""),
      (cartText(cart: "\"customer\": {\"guest\": true}"), "/customer/guest", "it has \"id\""),
      (cartText(cart: "\"order\": {\"chanel\": 1}"), "/order/chanel", "\"channel\""),
      (cartText(cart: "\"a/b~c\": 1"), "/a~1b~0c", "it has \"currency\""),
    ] {
      let error = try mistake(in: text)
      #expect(error.code == .unknownKey)
      #expect(error.pointer == pointer)
      #expect(error.message.contains(near), "\(error.message)")
    }
  }

  @Test(
    "a value of the wrong kind, or out of its bounds",
    arguments: [
      .line("quantity", "0", .outOfRange), .line("quantity", "-1", .outOfRange),
      .line("quantity", "-0", .outOfRange), .line("quantity", "1.5", .notWhole),
      .line("quantity", "1.0", .notWhole), .line("quantity", "1e1", .notWhole),
      .line("quantity", "1e9", .notWhole), .line("quantity", "10000001", .outOfRange),
      .line("quantity", "99999999999999999999", .outOfRange),
      .line("quantity", "\"2\"", .wrongType), .line("quantity", "null", .wrongType),
      .line("quantity", "true", .wrongType),
      .line("price", "10.999", .tooManyDecimals), .line("price", "\"10.990\"", .tooManyDecimals),
      .line("price", "-1", .outOfRange), .line("price", "\"-1.00\"", .outOfRange),
      .line("price", "-0", .outOfRange), .line("price", "\"-0\"", .outOfRange),
      .line("price", "\"-0.00\"", .outOfRange), .line("price", "9223372036854775808", .outOfRange),
      .line("price", "92233720368547758.08", .outOfRange), .line("price", "1e400", .outOfRange),
      .line("price", "1234567890123456789012345678901234567890", .outOfRange),
      .line("price", "1e-400", .tooManyDecimals), .line("price", "\"$10\"", .badAmount),
      .line("price", "\"1,000.00\"", .badAmount), .line("price", "\" 1\"", .badAmount),
      .line("price", "\"1e1\"", .badAmount), .line("price", "\"\"", .badAmount),
      .line("price", "true", .wrongType), .line("price", "null", .wrongType),
      .line("price", "{\"amount\": 1, \"currency\": \"EUR\"}", .wrongType),
      .line("compareAt", "-1", .outOfRange), .line("floor", "\"-0.01\"", .outOfRange),
      .line("sku", "1", .wrongType), .line("sku", "\"\"", .emptyText),
      .line("sku", "\"A\\u0000B\"", .controlCharacter), .line("sku", "\"A\\n\"", .controlCharacter),
      .line("sku", "null", .wrongType), .line("id", "\"\"", .emptyText),
      .line("id", "1", .wrongType), .line("id", "\"a\\nb\"", .controlCharacter),
      .line("name", "\"A\\u0000\"", .controlCharacter), .line("discountable", "1", .wrongType),
      .line("giftCard", "\"yes\"", .wrongType), .line("gift", "true", .wrongType),
      .line("category", "1", .wrongType), .line("attributes", "[]", .wrongType),
      .line("currency", "\"EUR\"", .unknownKey), .line("total", "1", .unknownKey),
      .line("discount", "1", .unknownKey), .line("metadata", "{}", .unknownKey),
    ] as [BadCart])
  func lines(bad: BadCart) throws { try expect(bad) }

  @Test(
    "a mistake in the rest of the cart",
    arguments: [
      .cart("\"shipping\": \"-1.00\"", .outOfRange, "/shipping"),
      .cart("\"shipping\": null", .wrongType, "/shipping"),
      .cart("\"tax\": 1", .unknownKey, "/tax"), .cart("\"total\": \"1\"", .unknownKey, "/total"),
      .cart("\"codes\": \"SUMMER\"", .wrongType, "/codes"),
      .cart("\"codes\": [1]", .wrongType, "/codes/0"),
      .cart("\"codes\": [\"A\", \"\"]", .emptyText, "/codes/1"),
      .cart("\"codes\": [\"   \"]", .emptyText, "/codes/0"),
      .cart("\"explain\": \"some\"", .unknownWord, "/explain"),
      .cart("\"customer\": \"m-1\"", .wrongType, "/customer"),
      .cart("\"customer\": null", .wrongType, "/customer"),
      .cart("\"customer\": {\"id\": \"\"}", .emptyText, "/customer/id"),
      .cart("\"customer\": {\"member\": 1}", .wrongType, "/customer/member"),
      .cart(
        "\"customer\": {\"attributes\": {\"tier\": {}}}", .wrongType, "/customer/attributes/tier"),
      .cart("\"customer\": {\"history\": [{}]}", .missingKey, "/customer/history/0"),
      .cart(
        "\"customer\": {\"redemptions\": [{\"at\": \"2026-01-01T00:00:00Z\"}]}", .missingKey,
        "/customer/redemptions/0"),
      .cart(
        "\"customer\": {\"balances\": {\"points\": -1}}", .outOfRange, "/customer/balances/points"),
      .cart(
        "\"customer\": {\"balances\": {\"points\": \"0.00001\"}}", .tooManyDecimals,
        "/customer/balances/points"),
      .cart("\"redeem\": {\"cashback\": \"-1\"}", .outOfRange, "/redeem/cashback"),
      .cart("\"redeem\": {\"cashback\": \"-0\"}", .outOfRange, "/redeem/cashback"),
      .cart("\"pay\": [\"card\"]", .wrongType, "/pay"),
      .cart("\"usage\": {\"a\": {\"redemptions\": -1}}", .outOfRange, "/usage/a/redemptions"),
      .cart("\"usage\": {\"a\": {\"uses\": 1}}", .unknownKey, "/usage/a/uses"),
      .cart("\"declined\": [\"\"]", .emptyText, "/declined/0"),
      .cart("\"metadata\": {}", .unknownKey, "/metadata"),
      BadCart("{\"lines\": []}", .missingKey, ""),
      BadCart("{\"currency\": \"USD\"}", .missingKey, ""),
      BadCart("{\"currency\": \"USD\", \"lines\": {}}", .wrongType, "/lines"),
      BadCart("{\"currency\": \"USD\", \"lines\": [[]]}", .wrongType, "/lines/0"),
      BadCart(cartText(line: "\"price\": 1, \"quantity\": 1"), .missingKey, "/lines/0"),
      BadCart(cartText(line: "\"sku\": \"A\", \"quantity\": 1"), .missingKey, "/lines/0"),
      BadCart(cartText(line: "\"sku\": \"A\", \"price\": 1"), .missingKey, "/lines/0"),
    ] as [BadCart])
  func rest(bad: BadCart) throws { try expect(bad) }

  @Test(
    "a currency that ISO 4217 does not list, or not in capitals",
    arguments: ["usd", "Usd", "XXX", "ABC", "US", "USDX", "", "BTC", "US$"])
  func currencies(code: String) throws {
    let text = cartText(cart: "\"codes\": []", currency: code)
    try expect(BadCart(text, .unknownCurrency, "/currency"))
  }

  @Test(
    "a moment without an offset, or that is none",
    arguments: [
      "2026-06-05T12:00:00", "2026-06-05", "2026-06-05T24:00:00Z", "2026-06-30T23:59:60Z",
      "10000-01-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-06-05 12:00:00Z", "today", "",
      "2026-06-05T12:00:00+24:00", "2026-06-05T12:00:00.Z",
    ])
  func moments(text: String) throws {
    try expect(.cart("\"at\": \"\(text)\"", .badInstant, "/at"))
    let visit = "\"customer\": {\"history\": [{\"at\": \"\(text)\"}]}"
    try expect(.cart(visit, .badInstant, "/customer/history/0/at"))
  }

  @Test("a moment is a text, no number")
  func momentAsNumber() throws { try expect(.cart("\"at\": 1780000000", .wrongType, "/at")) }

  @Test("amounts whose product or sum passes 64 bits")
  func overflow() throws {
    let dear = "\"sku\": \"A\", \"price\": \"92233720368547758.07\", \"quantity\": "
    _ = try read(cartText(line: dear + "1"))
    try expect(BadCart(cartText(line: dear + "2"), .overflow, "/lines/0/price"))
    let two = "{\"currency\": \"USD\", \"lines\": [{\(dear)1}, {\(dear)1}]}"
    try expect(BadCart(two, .overflow, "/lines/1"))
    let shipped = "{\"currency\": \"USD\", \"lines\": [{\(dear)1}], \"shipping\": \"0.01\"}"
    try expect(BadCart(shipped, .overflow, "/shipping"))
    let floor = "\"sku\": \"A\", \"price\": 1, \"quantity\": 2, \"floor\": 92233720368547758"
    try expect(BadCart(cartText(line: floor), .overflow, "/lines/0/floor"))
  }

  @Test("two lines with one id, also where one is known by its position")
  func duplicateIDs() throws {
    let a = "{\"id\": \"a\", \"sku\": \"A\", \"price\": 1, \"quantity\": 1}"
    let second = "{\"id\": \"2\", \"sku\": \"A\", \"price\": 1, \"quantity\": 1}"
    let unnamed = "{\"sku\": \"A\", \"price\": 1, \"quantity\": 1}"
    func text(_ lines: String...) -> String {
      "{\"currency\": \"USD\", \"lines\": [\(lines.joined(separator: ", "))]}"
    }
    try expect(BadCart(text(a, a), .duplicateLineID, "/lines/1/id"))
    try expect(BadCart(text(second, unnamed), .duplicateLineID, "/lines/1"))
    #expect(try read(text(unnamed, second)).lines.count == 2)
    #expect(try read(text(a, unnamed, unnamed)).lines.count == 3)
  }

  @Test("keys that read the same in another composition are one key said twice")
  func canonicalKeys() throws {
    try expect(
      .cart(
        "\"usage\": {\"a\": {\"codes\": {\"\\u00e9\": 1, \"e\\u0301\": 1}}}", .duplicateKey,
        "/usage/a/codes/e\u{301}"))
  }

  private func expect(
    _ bad: BadCart, at location: SourceLocation = #_sourceLocation
  ) throws {
    let error = try mistake(in: bad.text)
    #expect(error.code == bad.code, "\(error.message)", sourceLocation: location)
    #expect(
      Array(error.pointer.utf8) == Array(bad.pointer.utf8), "\(error.pointer)",
      sourceLocation: location)
    #expect(error.offset != nil, sourceLocation: location)
    #expect(!error.message.contains("\u{0}"), sourceLocation: location)
  }
}
