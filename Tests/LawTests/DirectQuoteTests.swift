import Laws
import LocalTime
import Promo
import Testing

/// From JSON to JSON without values in between, a quote has the bytes that it has with them.
@Suite("from JSON to JSON") struct DirectQuoteTests {
  /// What a quote of a cart comes to: its bytes, or the mistake.
  private func answers(
    _ rules: RuleSet, _ json: [UInt8], now: Instant
  ) -> (direct: Result<[UInt8], CartError>, byValues: Result<[UInt8], CartError>) {
    let direct = Result { () throws(CartError) in try rules.quote(json: json, now: now) }
    let byValues = Result { () throws(CartError) in
      let (cart, at) = try Cart.read(json: json, now: now)
      return try rules.quote(cart, at: at ?? now).json()
    }
    return (direct, byValues)
  }

  @Test("random carts under random rules") func randomCarts() throws {
    for seed in UInt64(1)...200 {
      guard let trial = Trial(seed: seed, visitCount: 8) else { continue }
      for visit in trial.visits {
        let (direct, byValues) = answers(trial.engine, visit.cart.json(at: visit.at), now: visit.at)
        #expect(direct == byValues, "seed \(seed)")
      }
    }
  }

  @Test("many lines, few skus, every shape of line") func manyLines() throws {
    let trial = try #require(Trial(seed: 7, visitCount: 40))
    var cart = try #require(trial.visits.first).cart
    cart.lines = trial.visits.flatMap(\.cart.lines).filter {
      $0.gift == nil && $0.price.currency == cart.currency
    }
    for index in cart.lines.indices { cart.lines[index].id = index % 3 == 0 ? "id \(index)" : nil }
    let at = trial.visits[0].at
    let (direct, byValues) = answers(trial.engine, cart.json(at: at), now: at)
    #expect(try direct.get().count > 10_000)
    #expect(direct == byValues)
  }

  @Test("what a large cart in one currency has left never shows in another") func currencies()
    throws
  {
    let rules = try RuleSet(text: "currency USD\ncampaign a { give 10% off items }")
    let now = try #require(Instant(rfc3339: "2026-06-05T12:00:00Z"))
    let lines = Array(repeating: #"{"sku":"A","price":"9","quantity":4}"#, count: 600)
    for (currency, count) in [("USD", 600), ("JPY", 1), ("KWD", 600), ("USD", 1), ("JPY", 600)] {
      let some = lines.prefix(count).joined(separator: ",")
      let json = #"{"currency":"\#(currency)","lines":[\#(some)]}"#
      let (direct, byValues) = answers(rules, Array(json.utf8), now: now)
      #expect(direct == byValues, "\(currency), \(count) lines")
      #expect(throws: Never.self) { try direct.get() }
    }
  }

  private static let rules = """
    currency USD
    attributes {
      item color: text
    }
    set paths = items in category "a/b"
    set reds = items where color = "red"
    set acme = items where brand = "Acme"
    campaign a "A" { give 10% off reds }
    campaign b { give $5 off order }
    campaign c { give 100% off cheapest 1 of every 3 paths }
    campaign d { give 5% off acme }
    """

  private static let start = #"{"currency":"USD","lines":["#
  private static let plain = #"{"sku":"A","price":"9","quantity":4}"#
  private static let written = [
    #"{"currency":"USD","lines":[]}"#,
    #"{"lines":[{"sku":"A","price":"1.5","quantity":2},\#(plain)],"currency":"USD"}"#,
    #" { "currency" : "USD" , "lines" : [ { "sku" : "A" , "price" : 0.99 , "quantity" : 3 } ] } "#,
    start + #"{"sku":"\u0041\"\\/","name":"24\" \/ gr\u00f6\u00dfer","price":"12.30","#
      + #""quantity":7,"category":"a\/b","brand":["Acme","x"],"tags":[],"vendor":"v","#
      + #""id":"\u0069d"}]}"#,
    start + #"{"sku":"Käse","price":"12.30","quantity":7,"category":["a/b/c","a/b"],"#
      + #""attributes":{"color":"red","other":[]}}]}"#,
    start + #"{"sku":"A","price":"9","quantity":4,"attributes":{"color":["red","blue"],"#
      + #""size":4.50},"compareAt":"10","floor":"8.5","discountable":true,"giftCard":false}]}"#,
    start + #"{"id":"2","sku":"A","price":"9","quantity":4},\#(plain)]}"#,
    start + #"\#(plain),{"id":"b","sku":"A","price":"9","quantity":4},\#(plain)]}"#,
    start + #"{"sku":"A","price":"9999999999.99","quantity":3,"brand":"Acme"},"#
      + #"{"sku":"B","price":"9999999999999.99","quantity":1,"brand":"Acme"},\#(plain)]}"#,
    start + #"{"sku":"A","price":"9999999999.99","quantity":3,"brand":"Acme"},\#(plain)]}"#,
    #"{"currency":"JPY","lines":[{"sku":"A","price":"900","quantity":4}],"shipping":"0"}"#,
    start + #"{"sku":"A","price":"9","quantity":4,"gift":"a"}],"explain":"all"}"#,
    start + #"{"sku":"A","price":"92233720368547758.07","quantity":1}],"codes":["X"],"#
      + #""at":"2026-06-05T12:00:00-04:00","customer":{"id":"m"},"shipping":"1"}"#,
    start + #"{"sku":"A","price":"1e1","quantity":4},{"sku":"A\u007f","price":"1","quantity":1}]}"#,
  ]

  @Test("carts as shops write them", arguments: written) func writtenCarts(_ json: String) throws {
    let rules = try RuleSet(text: Self.rules)
    let now = try instant("2026-05-20T12:00:00-04:00")
    let (direct, byValues) = answers(rules, Array(json.utf8), now: now)
    #expect(direct == byValues)
  }

  @Test("more prices on a line than are kept in place") func manyPrices() throws {
    let rules = try RuleSet(
      text: "currency USD\n"
        + (1...20).map { "campaign c\($0) { give \($0)% off cheapest 1 of items }\n" }.joined())
    let now = try instant("2026-05-20T12:00:00-04:00")
    for count in [1, 5, 9, 10, 40] {
      let line = #"{"sku":"A","price":"100.00","quantity":\#(count)}"#
      let json = Array(#"{"currency":"USD","lines":[\#(line),\#(Self.plain)]}"#.utf8)
      let (direct, byValues) = answers(rules, json, now: now)
      #expect(direct == byValues, "\(count) units")
    }
  }

  @Test("campaigns for hundreds of lines and for one", arguments: [0, 1, 3])
  func manyCampaigns(wideCount: Int) throws {
    let text =
      (1...300).map {
        "set s\($0) = items where sku = \"S\($0)\"\n"
          + "campaign c\($0) { give \($0 % 9 + 1)% off s\($0) }\n"
      } + (0..<wideCount).map { "campaign w\($0) { give $\($0 + 70) off order }\n" }
    let rules = try RuleSet(text: "currency USD\n" + text.joined())
    let now = try instant("2026-05-20T12:00:00-04:00")
    for lineCount in [257, 700] {
      let lines = (1...lineCount).map {
        #"{"sku":"S\#($0 * 7 % 400)","price":"\#($0 % 50).25","quantity":\#(1 + $0 % 4)}"#
      }
      let json = Array((Self.start + lines.joined(separator: ",") + "]}").utf8)
      let (direct, byValues) = answers(rules, json, now: now)
      #expect(try direct.get().count > 100 * lineCount)
      #expect(direct == byValues)
    }
  }

  @Test("a large cart of lines written in every way", arguments: ["", " ", "\n      "])
  func largeCart(space: String) throws {
    let rules = try RuleSet(text: Self.rules)
    let now = try instant("2026-05-20T12:00:00-04:00")
    let lines = (0..<3_000).map { number in
      var members = [
        #""sku":"\#(number % 5 == 0 ? "p" : "a longer sku ")\#(number % 700)""#,
        #""price":"\#(number % 900).\#(10 + number % 90)""#, #""quantity":\#(1 + number % 12)"#,
      ]
      if number % 3 == 0 { members.append(#""category":["a/b","c\#(number % 9)"]"#) }
      if number % 4 == 1 { members.append(#""brand":["Acme","b\#(number % 11)"]"#) }
      if number % 7 == 2 { members.insert(#""id":"n\#(number)""#, at: 0) }
      if number % 11 == 3 { members.append(#""name":"größer \#(number)""#) }
      if number % 13 == 4 { members.append(#""floor":"0.5","compareAt":9999"#) }
      if number % 17 == 5 { members.append(#""discountable":false,"tags":"t\#(number % 5)""#) }
      if number % 19 == 6 { members.append(#""attributes":{"color":"red"}"#) }
      return "{" + members.joined(separator: "," + space) + "}"
    }
    let text = #"{"currency":"USD","lines":[\#(lines.joined(separator: "," + space))]}"#
    let json = Array(text.replacing("\":", with: "\":" + space).utf8)
    for _ in 0..<2 {
      let (direct, byValues) = answers(rules, json, now: now)
      #expect(try direct.get().count > 500_000)
      #expect(direct == byValues)
    }
  }

  @Test("damaged carts have the same mistake") func damagedCarts() throws {
    let rules = try RuleSet(text: Self.rules)
    let now = try instant("2026-05-20T12:00:00-04:00")
    let pieces =
      [
        "-", "0", "1e9", "99999999999999999999", ".5", "\"", "\\u0000", "\\ud800", "{", "}", "[",
        "]", ",", ":", "null", "true", "\u{e9}", "{}", "[]", "\"\"", " ", "\\", "\u{7f}", "lines",
      ].map { Array($0.utf8) } + [[0xC3], [0x00], [0xFF]]
    var random = SystemFree(state: 2026)
    var mistakeCount = 0
    for original in Self.written.map({ Array($0.utf8) }) {
      for _ in 0..<400 {
        var bytes = original
        for _ in 0...random.next(below: 2) {
          let start = random.next(below: bytes.count)
          let end = min(bytes.count, start + random.next(below: 4))
          bytes.replaceSubrange(start..<end, with: pieces[random.next(below: pieces.count)])
        }
        let (direct, byValues) = answers(rules, bytes, now: now)
        #expect(direct == byValues, "\(String(decoding: bytes, as: UTF8.self))")
        if case .failure = direct { mistakeCount += 1 }
      }
    }
    #expect(mistakeCount > 1_000)
  }

  /// Numbers that depend on their seed alone.
  private struct SystemFree {
    var state: UInt64
    mutating func next(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }
}
