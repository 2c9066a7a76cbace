import Promo
import Testing

/// The catalogue of bad carts, last part: what a shopper claims, and texts that mean harm.
///
/// C32, C34, C35, C39 to C43 and C48 to C50 ask what a ledger knows, so they are not here.
@Suite("bad carts: codes, customers, balances and moments") struct CartClaimTests {
  @Test("C30: codes are bounded, counted once, and compared without case and outer spaces")
  func c30() throws {
    let long = String(repeating: "A", count: 10_000)
    #expect(try mistake(cart("\"codes\": [\"\(long)\"]")) == "too_long /codes/0")
    #expect(try mistake(cart("\"codes\": [\"  \"]")) == "empty_text /codes/0")
    func codes(_ count: Int) -> String {
      cart("\"codes\": [\((0..<count).map { "\"C\($0)\"" }.joined(separator: ","))]")
    }
    _ = try Cart.read(json: Array(codes(25).utf8))
    #expect(try mistake(codes(26)) == "too_many_codes /codes")
    #expect(try mistake(codes(1_000)) == "too_many_codes /codes")
    let twice = cart(#""codes": ["Spring", " SPRING "]"#)
    let quote = try quote(clause("code \"spring\""), cart: twice)
    #expect(quote.codes.map { "\($0.code) \($0.status.rawValue)" } == ["Spring applied"])
    #expect(quote.discount.minorUnits == 100)
  }

  // CONTRACT tells a code whose conditions are not met from one that is unknown.
  @Test("C31: a code that does nothing says why, and the cart is priced all the same")
  func c31() throws {
    let rules =
      head
      + [
        ("early", "active from 2028-01-01"), ("late", "active through 2020-01-01"),
        ("gone", "limit 10 total"), ("theirs", "for customer \"x\""),
        ("small", "when subtotal of items >= $500"),
      ].map { name, clause in
        "campaign \(name) {\n  code \"\(name)\"\n  \(clause)\n  give $1 off order\n}\n"
      }.joined()
    let quote = try quote(
      rules,
      cart: cart(
        #""codes": ["NOPE", "EARLY", "LATE", "GONE", "THEIRS", "SMALL"], "#
          + #""usage": {"gone": {"redemptions": 10}}"#))
    #expect(
      quote.codes.map(\.status.rawValue) == [
        "unknown", "not_yet", "expired", "used_up", "not_eligible", "not_eligible",
      ])
    #expect(quote.total.minorUnits == 2000)
  }

  // There is no flag for guests: who has neither id nor e-mail is one.
  @Test("C33: nobody can be both a guest and a member")
  func c33() throws {
    let text = cart(#""customer": {"id": "m", "member": true, "guest": true}"#)
    #expect(try mistake(text) == "unknown_key /customer/guest")
  }

  // LANGUAGE §8: what is redeemed is the least of asked, available and what the lines cost.
  @Test("C36, C37: more than there is, or than the order costs, is cut and reported")
  func c36() throws {
    let rules = head + "balance cashback { money redeem as discount }\n"
    func redeemed(_ asked: String, of available: String) throws -> Quote {
      try quote(
        rules,
        cart: cart(
          #""customer": {"id": "m", "balances": {"cashback": "\#(available)"}}, "#
            + #""redeem": {"cashback": "\#(asked)"}, "shipping": "5.00""#))
    }
    #expect(try redeemed("10.00", of: "8.00").redeemed.map(\.value.minorUnits) == [800])
    let all = try redeemed("500.00", of: "1000.00")
    #expect(all.redeemed.map(\.value.minorUnits) == [2000])
    #expect(all.total.minorUnits == 500, "shipping is never redeemed")
    #expect(try redeemed("10.00", of: "0").total.minorUnits == 2500)
  }

  @Test("C38: a discount sent as payment, or the other way round, is refused at its place")
  func c38() throws {
    let rules = try RuleSet(
      text: head + "balance cashback { money redeem as discount }\n"
        + "balance credit { money redeem as payment }\n")
    func answer(_ keys: String) throws -> String {
      let read = try Cart.read(json: Array(cart(keys).utf8))
      let at = try #require(read.at)
      let error = try #require(throws: CartError.self) { try rules.quote(read.cart, at: at) }
      return "\(error.code.rawValue) \(error.pointer)"
    }
    #expect(try answer(#""pay": {"cashback": "1.00"}"#) == "wrong_balance_use /pay/cashback")
    #expect(try answer(#""redeem": {"credit": "1.00"}"#) == "wrong_balance_use /redeem/credit")
    #expect(try answer(#""redeem": {"miles": "1"}"#) == "unknown_balance /redeem/miles")
  }

  // A stateless quote is of the moment it names; a service takes its own.
  @Test("C44: a moment far away is a moment; nothing but the schedule asks for it")
  func c44() throws {
    let rules = clause("active from 2027-01-01 through 2027-12-31")
    for year in ["0001", "1970", "9999"] {
      #expect(try refusal(rules, cart: cart(at: "\(year)-06-05T12:00:00Z")) == "schedule")
    }
    let visits = #""customer": {"id": "m", "history": [{"at": "9999-12-31T23:59:59Z"}]}"#
    #expect(try refusal(when("visits ever = 0"), cart: cart(visits)) == nil)
  }

  @Test(
    "C45: a moment without offset, or that no calendar has, is refused",
    arguments: [
      "2027-06-05T12:00:00", "2027-06-05", "2027-06-05T24:00:00Z", "2027-06-30T23:59:60Z",
      "10000-01-01T00:00:00Z", "2027-02-29T00:00:00Z", "2027-06-05T12:00:00+24:00",
      "2027-06-05t", "now", "",
    ])
  func c45(moment: String) throws {
    #expect(try mistake(cart(at: moment)) == "bad_instant /at")
    let visit = #""customer": {"history": [{"at": "\#(moment)"}]}"#
    #expect(try mistake(cart(visit)) == "bad_instant /customer/history/0/at")
  }

  // The contract's free-form values are attributes.
  @Test("C46: attributes are bounded in number and in length")
  func c46() throws {
    func attributes(_ count: Int) -> String {
      let keys = (0..<count).map { "\"k\($0)\": 1" }.joined(separator: ",")
      return cart(line: "attributes", "{\(keys)}")
    }
    _ = try Cart.read(json: Array(attributes(50).utf8))
    #expect(try mistake(attributes(51)) == "too_many /lines/0/attributes")
    #expect(try mistake(attributes(1_000)) == "too_many /lines/0/attributes")
    let text = String(repeating: "x", count: 1_025)
    let long = cart(line: "attributes", #"{"note": "\#(text)"}"#)
    #expect(try mistake(long) == "too_long /lines/0/attributes/note")
    let nested = cart(line: "attributes", #"{"note": {"a": 1}}"#)
    #expect(try mistake(nested) == "wrong_type /lines/0/attributes/note")
  }

  @Test(
    "C47: names and texts that mean something elsewhere are inert text here",
    arguments: ["__proto__", "$where", "'; drop table accounts; --", "${jndi:ldap://x}", "../../x"])
  func c47(text: String) throws {
    let line = """
      {"sku": "\(text)", "name": "\(text)", "price": "20.00", "quantity": 1, "tags": ["\(text)"],
       "attributes": {"\(text)": "\(text)"}}
      """
    let claims = #""codes": ["\#(text)"], "customer": {"id": "\#(text)", "groups": ["\#(text)"]}"#
    let quote = try quote(give("$1 off order"), cart: cart(claims, lines: line))
    #expect(quote.lines.map(\.sku) == [text] && quote.total.minorUnits == 1900)
    #expect(quote.codes.map(\.status.rawValue) == ["unknown"])
  }
}
