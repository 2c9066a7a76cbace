import Promo
import Testing

/// The catalogue of bad carts, first part: texts, keys, sizes and encodings.
///
/// Every entry is answered with the kind of mistake and a pointer to its place. What concerns the
/// ledger or requests over HTTP is not listed.
@Suite("bad carts: texts, keys and sizes") struct CartTextTests {
  @Test(
    "C1: what is no JSON object is no cart",
    arguments: ["", " \n\t", "null", "[]", "\"x\"", "1", "true"])
  func c1(text: String) throws {
    #expect(try mistake(text) == "expected_object")
  }

  @Test("C2: a cart cut short after any of its bytes is malformed")
  func c2() throws {
    let bytes = Array(fullCart.utf8)
    _ = try Cart.read(json: bytes)
    for length in bytes.indices {
      let error = try #require(throws: CartError.self) {
        try Cart.read(json: Array(bytes[..<length]))
      }
      #expect(error.code.isMalformed, "after \(length) bytes: \(error)")
    }
  }

  @Test("C3: nothing may follow the cart")
  func c3() throws {
    _ = try Cart.read(json: Array("\(cart()) \n".utf8))
    for rest in ["x", "{}", cart(), ",", "\u{0}", "//"] {
      #expect(try mistake(cart() + rest) == "malformed_json")
    }
  }

  @Test("C4: a key that stands twice is refused, however it is spelt")
  func c4() throws {
    let line = #"{"sku": "A", "price": 1, "quantity": 1, "quantity": 100}"#
    #expect(try mistake(cart(lines: line)) == "duplicate_key /lines/0/quantity")
    #expect(try mistake(cart("\"\\u0061t\": \"2027-01-01T00:00:00Z\"")) == "duplicate_key /at")
  }

  @Test("C5: a key that means nothing is refused, with the nearest one in the message")
  func c5() throws {
    #expect(try mistake(cart("\"coupons\": []")) == "unknown_key /coupons")
    #expect(try mistake(cart("\"metadata\": {}")) == "unknown_key /metadata")
    #expect(try mistake(cart(line: "Price", "1")) == "unknown_key /lines/0/Price")
    #expect(try mistake(cart(line: "isAdmin", "true")) == "unknown_key /lines/0/isAdmin")
    let error = try #require(throws: CartError.self) {
      try Cart.read(json: Array(cart(line: "qty", "1").utf8))
    }
    #expect(error.message.contains("\"quantity\""))
  }

  // 64 levels are read before an unknown or ill-typed value is looked at.
  @Test("C6: nesting ends at 64, also when 100,000 are opened")
  func c6() throws {
    func nested(_ depth: Int) -> String {
      let lists = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
      return cart("\"shipping\": \(lists)")
    }
    #expect(try mistake(nested(63)) == "wrong_type /shipping")
    #expect(try mistake(nested(64)).hasPrefix("too_deep"))
    let open = cart().dropLast() + ", \"shipping\": " + String(repeating: "[", count: 100_000)
    #expect(try mistake(String(open)).hasPrefix("too_deep"))
  }

  // CONTRACT §2 allows 100,000 lines over HTTP, so a text may be larger than 8 MiB.
  @Test("C7: a text beyond its bound is refused before it is read")
  func c7() throws {
    var bytes = [UInt8](repeating: UInt8(ascii: " "), count: 64 << 20 + 1)
    bytes[0] = UInt8(ascii: "{")
    #expect(try mistake(bytes: bytes, limits: .http) == "too_large")
  }

  // CONTRACT §2 allows 100,000 lines over HTTP and leaves the bound to who uses the library.
  @Test("C8: one line more than the bound is refused")
  func c8() throws {
    #expect(CartLimits.http.lines == 100_000)
    var limits = CartLimits.http
    limits.lines = 1_000
    let lines = (0...1_000).map { _ in plainLine }
    _ = try Cart.read(
      json: Array(cart(lines: lines.dropLast().joined(separator: ",")).utf8), limits: limits)
    let text = cart(lines: lines.joined(separator: ","))
    #expect(try mistake(text, limits: limits) == "too_many_lines /lines")
  }

  @Test("C9: 10,000 lines of one sku are one cart like any other", .timeLimit(.minutes(3)))
  func c9() throws {
    let rules =
      head + "campaign a {\n  give 100% off cheapest 1 of every 3 items\n}\n"
      + "campaign b {\n  when kinds of items = 1\n  give $1 off order\n}\n"
    let lines = Array(repeating: plainLine, count: 10_000).joined(separator: ",")
    let quote = try quote(rules, cart: cart(lines: lines))
    // Of 10,000 units at $20, 3,333 are free; a dollar comes off the rest.
    #expect(quote.lines.count == 10_000)
    #expect(quote.total.minorUnits == 6_667 * 2000 - 100)
    #expect(quote.lines.reduce(0) { $0 + $1.total.minorUnits } == quote.total.minorUnits)
  }

  @Test("C10: a key of 1 MiB and a text of 5 MiB are refused")
  func c10() throws {
    let key = String(repeating: "k", count: 1 << 20)
    #expect(try mistake(cart("\"\(key)\": 1")).hasPrefix("unknown_key"))
    let text = String(repeating: "t", count: 5 << 20)
    #expect(try mistake(cart(line: "name", "\"\(text)\"")) == "too_large /lines/0/name")
    #expect(
      try mistake(cart(line: "name", "\"\(text.prefix(1_025))\"")) == "too_long /lines/0/name")
  }

  @Test("C11: half a pair, bytes that are not UTF-8, and NUL in a sku are refused")
  func c11() throws {
    #expect(try mistake(cart(line: "sku", "\"\\ud800\"")) == "bad_encoding /lines/0/sku")
    #expect(try mistake(cart(line: "sku", "\"A\\u0000\"")) == "control_character /lines/0/sku")
    #expect(try mistake(cart(line: "sku", "\"A\u{0}\"")) == "malformed_json /lines/0/sku")
    var bytes = Array(cart(line: "sku", "\"?\"").utf8)
    let place = try #require(bytes.lastIndex(of: UInt8(ascii: "?")))
    for byte: UInt8 in [0xFF, 0xC0, 0x80, 0xED] {
      bytes[place] = byte
      #expect(try mistake(bytes: bytes) == "bad_encoding /lines/0/sku")
    }
    #expect(try mistake(bytes: [0xEF, 0xBB, 0xBF] + Array(cart().utf8)) == "bad_encoding")
  }

  @Test("C12: two skus that look alike but differ in bytes are two skus")
  func c12() throws {
    let rules = give("100% off (items in sku \"\u{E9}\")")
    let lines = ["\u{E9}", "e\u{301}"].map {
      #"{"sku": "\#($0)", "price": "20.00", "quantity": 1}"#
    }
    let quote = try quote(rules, cart: cart(lines: lines.joined(separator: ",")))
    #expect(quote.lines.map(\.total.minorUnits) == [0, 2000])
    let kinds = when("kinds of items = 2")
    #expect(try refusal(kinds, cart: cart(lines: lines.joined(separator: ","))) == nil)
  }

  @Test("C13: capital and small letters make two skus")
  func c13() throws {
    let lines = ["a", "A"].map { #"{"sku": "\#($0)", "price": "20.00", "quantity": 1}"# }
    let quote = try quote(
      give("100% off (items in sku \"A\")"), cart: cart(lines: lines.joined(separator: ",")))
    #expect(quote.lines.map(\.total.minorUnits) == [2000, 0])
  }

  private let plainLine = #"{"sku": "A", "price": "20.00", "quantity": 1}"#
}

/// A cart that says something of everything there is to say.
private let fullCart = """
  {"currency": "USD", "at": "2027-05-20T12:00:00.5-04:00", "codes": ["A\\u00e9\\/"], "explain": "all",
   "shipping": "5.99", "order": {"channel": "web", "country": "US", "attributes": {"wrap": true}},
   "customer": {"id": "m", "member": true, "groups": ["new"], "attributes": {"tier": ["a", "b"]},
    "history": [{"at": "2027-05-02T10:00:00Z", "total": 25, "lines": [{"sku": "M", "quantity": 1}]}],
    "redemptions": [{"campaign": "w", "at": "2027-04-01T09:00:00Z", "discount": "5.00"}],
    "balances": {"points": 2.5e2}},
   "usage": {"w": {"redemptions": 10, "codes": {"W": 1}}}, "declined": ["x"],
   "redeem": {"cashback": "1.00"}, "pay": {"credit": 0},
   "lines": [{"id": "1", "sku": "A\\ud83d\\ude00", "price": 20.00, "quantity": 4, "tags": [],
    "attributes": {"size": -1.25}, "discountable": false, "giftCard": true}]}
  """
