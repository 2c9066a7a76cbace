import Promo
import Testing

/// U+00E9, and e with U+0301: one character to the eye, two texts to a shop's data.
private let composed = "caf\u{E9}"
private let decomposed = "cafe\u{301}"

@Suite("texts are compared by their bytes") struct BytesTests {
  private func total(_ rules: String, _ change: (inout Cart.Line) -> Void) throws -> Int64 {
    var line = try Quoting.line("A", 1000)
    change(&line)
    return try Quoting.quote(rules: rules, [line]).total.minorUnits
  }

  @Test(
    "a selection takes what is spelled alike, and a list keeps both spellings",
    arguments: ["sku", "category", "brand", "tag", "vendor"])
  func selections(_ dimension: String) throws {
    func total(_ values: String, of text: String) throws -> Int64 {
      try self.total(
        "campaign c { give $1 off each of (items in \(dimension) \(values)) }"
      ) { line in
        switch dimension {
        case "sku": line.sku = text
        case "category": line.categories = [text]
        case "brand": line.brands = [text]
        case "tag": line.tags = [text]
        default: line.vendor = text
        }
      }
    }
    #expect(try total("\"\(composed)\"", of: composed) == 900)
    #expect(try total("\"\(composed)\"", of: decomposed) == 1000)
    let both = "(\"\(composed)\", \"\(decomposed)\", \"other\")"
    #expect(try total(both, of: composed) == 900)
    #expect(try total(both, of: decomposed) == 900)
  }

  @Test("two selections that differ in spelling alone are two", arguments: [true, false])
  func twoSelections(isComposed: Bool) throws {
    let text = isComposed ? composed : decomposed
    let rules = """
      campaign one { give $1 off each of (items in tag ("\(composed)", "x")) }
      campaign two { give $2 off each of (items in tag ("\(decomposed)", "x")) }
      """
    #expect(try total(rules) { $0.tags = [text] } == (isComposed ? 900 : 800))
    #expect(try total(rules) { $0.tags = [composed, decomposed] } == 700)
  }

  @Test("conditions on texts", arguments: ["=", "is one of"])
  func conditions(_ test: String) throws {
    let right = test == "=" ? "\"\(composed)\"" : "(\"\(composed)\", \"x\")"
    let rules = "campaign c { give $1 off each of (items where name \(test) \(right)) }"
    #expect(try total(rules) { $0.name = composed } == 900)
    #expect(try total(rules) { $0.name = decomposed } == 1000)
  }

  @Test("groups and ids of customers")
  func customers() throws {
    func applies(_ audience: String, _ text: String) throws -> Bool {
      try Quoting.quote("for \(audience) give $1 off order", [try Quoting.line("A", 1000)]) {
        var customer = Cart.Customer()
        customer.id = text
        customer.groups = [text]
        $0.customer = customer
      }.applied("c")
    }
    for audience in ["customers in group \"\(composed)\"", "customer \"\(composed)\""] {
      #expect(try applies(audience, composed))
      #expect(try !applies(audience, decomposed))
    }
  }
}
