import Promo
import Testing

/// The catalogue of bad carts, second part: amounts, quantities, currencies and lines.
@Suite("bad carts: amounts and lines") struct CartAmountTests {
  @Test("C14: an amount with more decimals than its currency is refused, never rounded")
  func c14() throws {
    for price in ["10.999", "\"10.999\"", "\"10.990\"", "1e-3"] {
      #expect(try mistake(cart(line: "price", price)) == "too_many_decimals /lines/0/price")
    }
  }

  // CONTRACT takes a decimal text, and a number if its digits are exact.
  @Test("C15: an amount is a decimal text or an exact number, and is written in one way")
  func c15() throws {
    for price in ["\"10\"", "10", "10.0", "\"10.00\"", "1e1"] {
      let quote = try quote("", cart: cart(line: "price", price))
      #expect(quote.subtotal.minorUnits == 1000)
      #expect(String(decoding: quote.json(), as: UTF8.self).contains(#""price":"10.00""#))
    }
    for price in ["\"1e1\"", "\"$10\"", "\"10,00\"", "\" 10\"", "\"+10\"", "\"\"", "\"0x1\""] {
      #expect(try mistake(cart(line: "price", price)) == "bad_amount /lines/0/price")
    }
  }

  @Test("C16: an amount below zero is refused, and so is minus zero")
  func c16() throws {
    for price in ["-1", "\"-1.00\"", "-0", "-0.0", "\"-0\"", "-1e-400"] {
      let answer = try mistake(cart(line: "price", price))
      #expect(["out_of_range /lines/0/price", "too_many_decimals /lines/0/price"].contains(answer))
    }
    #expect(try quote("", cart: cart(line: "price", "0")).total.minorUnits == 0)
  }

  @Test("C17: an amount that does not fit 64 bits is refused, never rounded")
  func c17() throws {
    let long = String(repeating: "9", count: 40)
    for price in ["9223372036854775808", "92233720368547758.08", "1e400", long, "\"\(long)\""] {
      #expect(try mistake(cart(line: "price", price)) == "out_of_range /lines/0/price")
    }
    #expect(try quote("", cart: cart(line: "price", "0.00")).total.minorUnits == 0)
    let dearest = try quote("", cart: cart(line: "price", "\"92233720368547758.07\""))
    #expect(dearest.total.minorUnits == .max)
  }

  @Test(
    "C18, C19: a quantity is a whole number from 1 to 10,000,000, also of what is weighed",
    arguments: [
      ("0", "out_of_range"), ("-1", "out_of_range"), ("-0", "out_of_range"),
      ("10000001", "out_of_range"), ("99999999999999999999", "out_of_range"),
      ("1.5", "not_whole"), ("1.0", "not_whole"), ("1e9", "not_whole"), ("0.333", "not_whole"),
      ("\"2\"", "wrong_type"), ("null", "wrong_type"), ("true", "wrong_type"),
    ])
  func c18(quantity: String, code: String) throws {
    #expect(try mistake(cart(line: "quantity", quantity)) == "\(code) /lines/0/quantity")
    #expect(
      try quote("", cart: cart(line: "quantity", "10000000")).total.minorUnits == 1_000_000_000)
  }

  @Test("C20: quantity times price must fit 64 bits")
  func c20() throws {
    let line = #"{"sku": "A", "price": "92233720368547758.07", "quantity": 2}"#
    #expect(try mistake(cart(lines: line)) == "overflow /lines/0/price")
    let floor = #"{"sku": "A", "price": 1, "quantity": 2, "floor": "92233720368547758.07"}"#
    #expect(try mistake(cart(lines: floor)) == "overflow /lines/0/floor")
  }

  @Test("C21: the sum of the lines must fit 64 bits, with shipping on top")
  func c21() throws {
    let line = #"{"sku": "A", "price": "92233720368547758.07", "quantity": 1}"#
    #expect(try mistake(cart(lines: "\(line), \(line)")) == "overflow /lines/1")
    #expect(try mistake(cart("\"shipping\": \"0.01\"", lines: line)) == "overflow /shipping")
    // Whatever is the largest cart is priced, and nothing is lost on the way.
    let quote = try quote(
      give("33% off items") + "campaign b { give 7% off order }", cart: cart(lines: line))
    #expect(quote.total.minorUnits + quote.discount.minorUnits == .max)
  }

  // The contract has no totals from outside, so that there are none to disagree with.
  @Test("C22, C23: totals and discounts of the shop's own are no keys of a cart")
  func c22() throws {
    #expect(try mistake(cart("\"total\": \"20.00\"")) == "unknown_key /total")
    #expect(try mistake(cart(line: "total", "\"1.00\"")) == "unknown_key /lines/0/total")
    #expect(try mistake(cart(line: "discount", "\"2.00\"")) == "unknown_key /lines/0/discount")
  }

  @Test("C24: all amounts are in the cart's currency")
  func c24() throws {
    #expect(try mistake(cart(line: "currency", "\"EUR\"")) == "unknown_key /lines/0/currency")
    let money = #"{"amount": "1.00", "currency": "EUR"}"#
    #expect(try mistake(cart(line: "price", money)) == "wrong_type /lines/0/price")
    let euros = Money(minorUnits: 100, currency: try #require(Currency(code: "EUR")))
    let mixed = Cart(
      currency: try #require(Currency(code: "USD")), lines: [Cart.Line(sku: "A", price: euros)])
    let error = try #require(throws: CartError.self) { try mixed.validate() }
    #expect(error.code == .currencyMismatch && error.pointer == "/lines/0/price")
  }

  @Test("C25: a currency is one of ISO 4217 in capitals; each has its own decimals")
  func c25() throws {
    for code in ["usd", "Usd", "ZZZ", "", "US", "USDX", "BTC", "U$D"] {
      #expect(try mistake(cart(currency: code)) == "unknown_currency /currency")
    }
    let line = #"{"sku": "A", "price": "1500", "quantity": 3}"#
    let yen = "currency JPY\ncampaign a {\n  give 12.5% off items\n}\n"
    // 1500 less 12.5% is 1312.5, so 1313 each.
    #expect(try quote(yen, cart: cart(currency: "JPY", lines: line)).total.minorUnits == 3939)
    let halfYen = #"{"sku": "A", "price": "0.5", "quantity": 3}"#
    let wrong = cart(currency: "JPY", lines: halfYen)
    #expect(try mistake(wrong) == "too_many_decimals /lines/0/price")
    let fils = #"{"sku": "A", "price": "1.234", "quantity": 1}"#
    let dinars = "currency KWD\ncampaign a {\n  give 50% off items\n}\n"
    let quote = try quote(dinars, cart: cart(currency: "KWD", lines: fils))
    #expect(quote.total.minorUnits == 617)
    #expect(String(decoding: quote.json(), as: UTF8.self).contains(#""total":"0.617""#))
  }

  @Test("C26: shipping is not below zero, and tax is the caller's")
  func c26() throws {
    #expect(try mistake(cart("\"shipping\": \"-0.01\"")) == "out_of_range /shipping")
    #expect(try mistake(cart("\"tax\": \"1.00\"")) == "unknown_key /tax")
  }

  @Test("C27: a cart without lines is priced at nothing, and no campaign applies")
  func c27() throws {
    let quote = try quote(give("$1 off order"), cart: cart(lines: ""))
    #expect(quote.lines.isEmpty && quote.applied.isEmpty)
    #expect(quote.total.minorUnits == 0 && quote.due.minorUnits == 0)
    #expect(quote.notApplied.map(\.reason) == [.nothingToGive])
  }

  @Test("C28: two lines with one id are refused")
  func c28() throws {
    let line = #"{"id": "a", "sku": "A", "price": 1, "quantity": 1}"#
    #expect(try mistake(cart(lines: "\(line), \(line)")) == "duplicate_line_id /lines/1/id")
  }

  // CONTRACT: without an id a line is known by its position.
  @Test("C29: a line without an id has its position for one, which nobody else may take")
  func c29() throws {
    let named = #"{"id": "2", "sku": "A", "price": 1, "quantity": 1}"#
    let plain = #"{"sku": "A", "price": 1, "quantity": 1}"#
    let quote = try quote("", cart: cart(lines: "\(plain), \(plain)"))
    #expect(quote.lines.map(\.id) == ["1", "2"])
    #expect(try mistake(cart(lines: "\(named), \(plain)")) == "duplicate_line_id /lines/1")
  }
}
