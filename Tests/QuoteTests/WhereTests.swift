import Pricing
import Testing

@testable import Promo

/// What `where` asks of the texts and prices of lines.
@Suite("conditions on lines") struct WhereTests {
  private static let attributes = "attributes { item color: text, weight: number }\n"

  private func lines() throws -> [Cart.Line] {
    var lines = [
      try Quoting.line("A", 1000), try Quoting.line("B", 2000), try Quoting.line("a", 4000),
      try Quoting.line("C", 8000),
    ]
    lines[0].brands = ["Tor"]
    lines[0].name = "Lamp, red"
    lines[1].brands = ["Ace", "Tor"]
    lines[1].vendor = "North"
    lines[2].vendor = "North"
    lines[2].name = "red"
    lines[0].attributes["color"] = .text("red")
    lines[1].attributes["color"] = .texts(["blue", "red"])
    lines[3].attributes["color"] = .text("Red")
    lines[3].compareAt = try Quoting.money(9000)
    return lines
  }

  /// What half off the lines of a condition comes to tells which lines those are.
  @Test(
    "of the lines 10, 20, 40 and 80 dollars it chooses",
    arguments: [
      (#"sku = "A""#, 10), (#""A" = sku"#, 10), (#"sku != "A""#, 140),
      (#"sku is one of ("A", "C", "A")"#, 90), (#"sku is not one of ("A", "C")"#, 60),
      (#"brand = "Tor""#, 30), (#"brand != "Tor""#, 120), (#"brand is one of ("Ace", "Tor")"#, 30),
      (#"vendor = "North""#, 60), (#"vendor is not one of ("North")"#, 90),
      (#"vendor != "South""#, 150), (#"name = "red""#, 40), (#"name != "red""#, 110),
      (#"name contains "RED""#, 50), (#"name starts with "lamp""#, 10),
      (#"name ends with "red""#, 50), (#"name is one of ("red", "Lamp, red")"#, 50),
      (#"color = "red""#, 30), (#"color != "red""#, 120),
      (#"color is one of ("blue", "Red")"#, 100),
      (#"color contains "RED""#, 110), ("price > $20.00", 120), ("price = $20.00", 20),
      ("price <= $20.00", 30), ("price * 2 > $79.99", 120), ("on_sale", 80), ("not on_sale", 70),
      (#"sku = "A" or sku = "C""#, 90), (#"brand = "Tor" and vendor = "North""#, 20),
      (#"not (sku = "A") and price < $80.00"#, 60), (#"weight = 3"#, 0), (#"weight != 3"#, 150),
    ])
  func chooses(_ condition: String, _ dollars: Int64) throws {
    let quote = try Quoting.quote(
      rules: Self.attributes + "campaign c { give 50% off (items where \(condition)) }", lines())
    #expect(quote.discount.minorUnits == dollars * 50)
  }

  @Test("a sku, a brand or a vendor is looked up and not compared line by line")
  func work() throws {
    func work(_ condition: String) throws -> Int {
      let rules = (1...50).map { "campaign c\($0) { give 1% off (items \(condition)\"S\($0)\") }" }
      let set = try RuleSet(text: "currency USD\n" + rules.joined(separator: "\n"))
      let cart = try Quoting.cart((1...100).map { try Quoting.line("S\($0)", 1000) })
      var warnings: [String] = []
      var pricer = Pricer(program: set.program, currency: cart.currency)
      pricer.cart.load(cart, program: set.program, warnings: &warnings)
      pricer.shopper = try ShopperFacts(cart, program: set.program, warnings: &warnings)
      pricer.price(now: try Quoting.instant().secondsSince1970, explains: .all)
      return pricer.evaluation().work.lineCount
    }
    for fact in ["sku", "brand", "vendor"] {
      #expect(try work("where \(fact) = ") == work("in \(fact) "))
    }
    let (compared, found) = (try work("where name = "), try work("where sku = "))
    #expect(compared >= 50 * 100 && found <= 2 * 100, "\(compared), \(found)")
  }
}
