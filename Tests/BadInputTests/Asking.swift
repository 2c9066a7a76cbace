import Findings
import Promo
import Testing

/// One error or warning of a rule text: its place and its kind.
struct Answer: Hashable, CustomStringConvertible {
  var line: Int
  var column: Int
  var code: FindingCode

  static func at(_ line: Int, _ column: Int, _ code: FindingCode) -> Answer {
    Answer(line: line, column: column, code: code)
  }

  var description: String { "\(line):\(column) \(code.rawValue)" }
}

extension RuleCompilation {
  /// What is found, in the order of the text.
  func answers(_ severity: Severity) -> [Answer] {
    findings.filter { $0.severity == severity }.map { finding in
      let (line, column) = files[Int(finding.span.file)].position(of: finding.span.start)
      return .at(line, column, finding.code)
    }
  }
}

/// The first two lines of every rule text here; what is asked about begins in the third.
let head = "currency USD\ntimezone \"America/New_York\"\n"

/// A campaign with one clause under test, in the fourth line from its third column.
func clause(_ clause: String) -> String {
  head + "campaign a {\n  \(clause)\n  give $1 off order\n}\n"
}

/// A campaign with one condition under test, in the fourth line from its eighth column.
func when(_ condition: String) -> String { clause("when \(condition)") }

/// A campaign with one effect under test, in the fourth line from its eighth column.
func give(_ effect: String) -> String { head + "campaign a {\n  give \(effect)\n}\n" }

/// A set with what is under test, in the third line from its ninth column.
func set(_ units: String) -> String { head + "set a = \(units)\n" }

func compile(_ text: String, today: CivilDate? = nil) -> RuleCompilation {
  compile(bytes: Array(text.utf8), today: today)
}

func compile(bytes: [UInt8], today: CivilDate? = nil) -> RuleCompilation {
  RuleSet.compile(sources: [RuleSource(path: "a.promo", bytes: bytes)], today: today)
}

/// The errors of a rule text.
func errors(_ text: String) -> [Answer] { compile(text).answers(.error) }

/// The warnings of a rule text, but for what is neither used nor tested.
func warnings(_ text: String, today: CivilDate? = nil) -> [Answer] {
  compile(text, today: today).answers(.warning)
    .filter { $0.code != .campaignUntested && $0.code != .setUnused }
}

/// Prices a cart, in New York unless the rules say otherwise.
func quote(_ rules: String, cart: String) throws -> Quote {
  let (cart, at) = try Cart.read(json: Array(cart.utf8))
  return try RuleSet(text: rules).quote(cart, at: try #require(at))
}

/// Why a campaign of some rules gives nothing for a plain cart.
func refusal(_ rules: String, of campaign: String = "a", cart: String = cart()) throws -> String? {
  try quote(rules, cart: cart).notApplied.first { $0.campaign == campaign }?.reason.rawValue
}

/// A cart of one line for $20, with further keys and another currency if wanted.
func cart(
  _ keys: String = "", currency: String = "USD", at: String = "2027-05-20T12:00:00-04:00",
  lines: String = #"{"sku": "A", "price": "20.00", "quantity": 1}"#
) -> String {
  let further = keys.isEmpty ? "" : ", \(keys)"
  return """
    {"currency": "\(currency)", "at": "\(at)", "explain": "all", "lines": [\(lines)]\(further)}
    """
}

/// A cart whose only line has one value replaced or added.
func cart(line key: String, _ value: String) -> String {
  var keys = ["sku": "\"A\"", "price": "\"1.00\"", "quantity": "1"]
  keys[key] = value
  let line = keys.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
  return cart(lines: "{\(line.joined(separator: ", "))}")
}

/// What keeps a text from being a cart: its kind and the value it is in.
func mistake(_ text: String, limits: CartLimits = .library) throws -> String {
  try mistake(bytes: Array(text.utf8), limits: limits)
}

func mistake(bytes: [UInt8], limits: CartLimits = .library) throws -> String {
  let error = try #require(throws: CartError.self) { try Cart.read(json: bytes, limits: limits) }
  let offset = try #require(error.offset)
  #expect((0...bytes.count).contains(offset) && !error.message.isEmpty)
  return error.pointer.isEmpty ? error.code.rawValue : "\(error.code.rawValue) \(error.pointer)"
}
