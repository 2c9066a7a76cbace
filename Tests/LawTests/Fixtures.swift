import Findings
import LocalTime
import Money
import Promo
import ReferenceInterpreter
import RuleSyntax
import Testing

let dollars: Currency = {
  guard let currency = Currency(code: "USD") else { preconditionFailure("USD is a currency") }
  return currency
}()

func money(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: dollars) }

/// New York from 2024 to 2027: daylight time from the second Sunday of March to the first of November.
let newYork = ZoneTable(
  identifier: "America/New_York",
  transitions: [
    1_710_054_000, 1_730_613_600, 1_741_503_600, 1_762_063_200, 1_772_953_200, 1_793_512_800,
    1_805_007_600, 1_825_567_200,
  ],
  offsets: [-18_000, -14_400, -18_000, -14_400, -18_000, -14_400, -18_000, -14_400, -18_000])

func instant(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }

/// A cart line of a price in minor units.
func line(
  _ sku: String, _ price: Int64, _ quantity: Int64 = 1, _ categories: String...
) -> Cart.Line {
  var line = Cart.Line(sku: sku, price: money(price), quantity: quantity)
  line.categories = categories
  return line
}

/// What the interpreter answers for rules in dollars, New York time, and a cart.
func answer(
  _ rules: String, _ lines: [Cart.Line], at: String = "2026-05-20T12:00:00-04:00",
  _ change: (inout Cart) throws -> Void = { _ in }
) throws -> Answer {
  let header = rules.contains("currency ") ? "" : "currency USD\n"
  let (tree, findings) = SyntaxFile.parse(
    text: header + "timezone \"America/New_York\"\n" + rules)
  #expect(findings.isEmpty)
  var cart = Cart(currency: dollars, lines: lines)
  try change(&cart)
  let book = RuleBook(
    [tree], zones: ["America/New_York": newYork], lists: ["clearance.txt": ["A", "C"]])
  return try book.quote(cart, at: try instant(at))
}

extension Answer {
  var lineTotals: [Int64] { lines.map(\.total.minorUnits) }
  var unitPrices: [[Int64]] {
    lines.map { line in
      line.units.flatMap { [Int64](repeating: $0.unitPrice.minorUnits, count: Int($0.quantity)) }
    }
  }
  var appliedNames: [String] { applied.map(\.campaign) }
  func reason(_ campaign: String) -> Quote.Reason? { refused(campaign)?.reason }
  func refused(_ campaign: String) -> NotApplied? { notApplied.first { $0.campaign == campaign } }
}

/// A member with an id.
func member(_ change: (inout Cart.Customer) throws -> Void = { _ in }) rethrows -> Cart.Customer {
  var customer = Cart.Customer()
  customer.id = "m"
  customer.isMember = true
  try change(&customer)
  return customer
}
