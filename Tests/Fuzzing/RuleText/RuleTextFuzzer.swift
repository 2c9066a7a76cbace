import Findings
import LocalTime
import Promo
import RuleSyntax

/// Any bytes at all as a rule text: they end in findings or in rules that price a cart.
///
/// What is held to besides not trapping: places lie inside the file, findings can be shown, and
/// a cart's money adds up, and a text laid out twice is the text laid out once.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRuleText(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: start == nil ? 0 : count))
  let list = Array("TEE\nNOVEL\n".utf8)
  let names = ["clearance.txt", "a.txt"]
  let source = RuleSource(
    path: "fuzz.promo", bytes: bytes,
    lists: Dictionary(names.map { ($0, list) }, uniquingKeysWith: { first, _ in first }))
  let compilation = RuleSet.compile(
    sources: [source], today: CivilDate(year: 2027, month: 5, day: 20))
  check(compilation, byteCount: bytes.count)
  for (cart, at) in carts {
    guard let quote = try? compilation.rules.quote(cart, at: at) else { continue }
    check(quote)
  }
  if let once = format(SourceFile(path: "fuzz.promo", bytes: bytes)) {
    let twice = format(SourceFile(path: "fuzz.promo", bytes: once))
    precondition(twice == once, "a text that is laid out stays as it is")
  }
  precondition(compilation.rules.runTests().results.count <= bytes.count)
  return 0
}

private func check(_ compilation: RuleCompilation, byteCount: Int) {
  for finding in compilation.findings {
    let spans =
      [finding.span] + finding.related.map(\.span)
      + finding.repairs.flatMap { $0.edits.map(\.span) }
    for span in spans {
      precondition(span.file == 0 && 0 <= span.start && span.start <= span.end)
      precondition(Int(span.end) <= byteCount)
    }
  }
  precondition(compilation.findings.count <= byteCount + 60, "one mistake is one finding")
  let renderer = FindingRenderer(files: compilation.files, useColor: false)
  precondition(compilation.findings.isEmpty || !renderer.human(compilation.findings).isEmpty)
}

private func check(_ quote: Quote) {
  var total = quote.shipping?.total.minorUnits ?? 0
  for line in quote.lines {
    precondition(line.total.minorUnits >= 0)
    total += line.total.minorUnits
  }
  precondition(total == quote.total.minorUnits && quote.due.minorUnits >= 0)
  precondition(!quote.json().isEmpty)
}

/// A cart in dollars by a member with a past, and one in euros by a guest.
private let carts: [(Cart, Instant)] = [memberCart, guestCart].compactMap { text in
  guard let (cart, at) = try? Cart.read(json: Array(text.utf8)), let at else { return nil }
  return (cart, at)
}

private let memberCart = """
  {"currency": "USD", "at": "2027-05-20T17:30:00-04:00", "shipping": "5.95", "explain": "all",
   "codes": ["SUMMER25", "WELCOME"], "order": {"channel": "web", "country": "US", "store": "S"},
   "customer": {"id": "m", "email": "m@example.com", "member": true, "groups": ["new", "vip"],
    "attributes": {"tier": "gold", "birthday": "1990-05-20", "newsletter": true},
    "history": [{"at": "2027-05-04T12:10:00-04:00", "total": "18.00", "lines":
     [{"sku": "NOVEL", "category": "books", "brand": "Tor", "quantity": 2, "total": "18.00"}]}],
    "redemptions": [{"campaign": "a", "at": "2027-05-04T12:10:00-04:00", "discount": "5.00"}],
    "balances": {"points": "1200", "cashback": "8.00"}},
   "lines": [
    {"sku": "NOVEL", "price": "18.00", "quantity": 3, "category": "books/fiction", "brand": "Tor",
     "tags": ["summer"], "attributes": {"color": "red", "season": "winter"}},
    {"sku": "TEE", "price": "19.99", "quantity": 5, "category": "apparel", "compareAt": "24.00"},
    {"sku": "TEA", "price": "7.50", "quantity": 1, "category": "pantry/tea", "floor": "6.00"},
    {"sku": "PEN", "price": "0.99", "quantity": 10000000, "category": "stationery/pens"},
    {"sku": "CARD", "price": "25.00", "quantity": 1, "giftCard": true}]}
  """

private let guestCart = """
  {"currency": "EUR", "at": "2027-11-30T23:59:59+01:00", "explain": "all", "lines": [
    {"sku": "BIKE", "price": "92233720368547.75", "quantity": 999, "category": "books"},
    {"sku": "A", "price": "0", "quantity": 2}, {"sku": "A", "price": "0.01", "quantity": 1}]}
  """
