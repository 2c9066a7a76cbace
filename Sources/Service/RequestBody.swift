import Ledger
import LocalTime
import Money
import WireFormat

/// The JSON object that a request brings, read key by key.
///
/// Keys that nobody asks for are refused, with their place.
struct RequestBody {
  private let value: JSONValue
  private let bytes: [UInt8]

  /// Reads the body of a request.
  ///
  /// - Parameter known: The keys it may have.
  init(_ bytes: [UInt8], known: [String], maximum: Int = ServiceLimits.bodyBytesMaximum)
    throws(Problem)
  {
    guard bytes.count <= maximum else {
      throw Problem(413, "body_too_large", "this body has at most \(maximum) bytes")
    }
    let document: JSONDocument
    do {
      document = try JSONDocument(
        parsing: bytes, limits: JSONLimits(bytesMaximum: maximum, nodesMaximum: 4_000_000))
    } catch {
      throw Problem(400, "bad_json", error.detail, at: error.pointer)
    }
    try self.init(document.root, bytes, known)
  }

  /// Reads the body of a request whose keys are looked at one by one.
  init(anyKeys bytes: [UInt8]) throws(Problem) {
    guard bytes.count <= ServiceLimits.bodyBytesMaximum else {
      throw Problem(
        413, "body_too_large", "this body has at most \(ServiceLimits.bodyBytesMaximum) bytes")
    }
    let document: JSONDocument
    do { document = try JSONDocument(parsing: bytes) } catch {
      throw Problem(400, "bad_json", error.detail, at: error.pointer)
    }
    try self.init(document.root, bytes, nil)
  }

  /// - Parameter known: The keys it may have; nil for any.
  private init(_ value: JSONValue, _ bytes: [UInt8], _ known: [String]?) throws(Problem) {
    guard value.kind == .object else {
      throw Problem(422, "wrong_type", "this is an object", at: value.pointer)
    }
    self.value = value
    self.bytes = bytes
    guard let known else { return }
    for (key, member) in value.members where !known.contains(key) {
      throw Problem(
        422, "unknown_key", "known here are: \(known.joined(separator: ", "))",
        at: member.pointer)
    }
  }

  /// Whether a key is there, `null` included.
  func has(_ key: String) -> Bool { value[key] != nil }

  /// Whether a key is there and says `null`.
  func isNull(_ key: String) -> Bool { value[key]?.isNull ?? false }

  /// The names of all keys, in order.
  var keys: [String] { value.members.map(\.key) }

  /// A text; nil when it is missing or `null`.
  func text(_ key: String) throws(Problem) -> String? {
    guard let member = member(key) else { return nil }
    guard let text = member.string else { throw wrong(member, "a text") }
    return text
  }

  /// A text that must be there.
  func required(_ key: String) throws(Problem) -> String {
    guard let text = try text(key) else { throw missing(key) }
    return text
  }

  /// The id of something new, by which paths will name it; `.` and `..` mean something else there.
  func newID() throws(Problem) -> String {
    let id = try required("id")
    guard id != ".", id != ".." else {
      throw refused("id", "bad_identifier", "no path can name this")
    }
    return id
  }

  /// A flag; nil when it is missing.
  func flag(_ key: String) throws(Problem) -> Bool? {
    guard let member = member(key) else { return nil }
    guard let flag = member.bool else { throw wrong(member, "true or false") }
    return flag
  }

  /// A whole number; nil when it is missing.
  func wholeNumber(_ key: String) throws(Problem) -> Int64? {
    guard let member = member(key) else { return nil }
    guard let number = member.number?.integer else { throw wrong(member, "a whole number") }
    return number
  }

  /// A moment; nil when it is missing.
  func instant(_ key: String) throws(Problem) -> Instant? {
    guard let member = member(key) else { return nil }
    guard let text = member.string, let instant = Instant(rfc3339: text) else {
      throw wrong(member, "a moment such as \"2026-06-05T12:00:00-04:00\"")
    }
    return instant
  }

  /// A date; nil when it is missing.
  func date(_ key: String) throws(Problem) -> CivilDate? {
    guard let member = member(key) else { return nil }
    guard let date = member.string.flatMap(civilDate) else {
      throw wrong(member, "a date such as \"1990-05-03\"")
    }
    return date
  }

  /// An amount with so many decimals, in smallest units; nil when it is missing or `null`.
  func amount(_ key: String, decimals: Int) throws(Problem) -> Int64? {
    guard let member = member(key) else { return nil }
    switch member.decimal(maximumDecimals: decimals) {
    case .success(let amount): return amount.units
    case .failure(.tooManyDecimals):
      throw Problem(
        422, "too_many_decimals", "this has at most \(decimals) decimals", at: member.pointer)
    case .failure: throw wrong(member, "an amount such as \"12.75\"")
    }
  }

  /// Every member as an amount with so many decimals, in smallest units.
  func amounts(decimals: Int) throws(Problem) -> [(key: String, amount: Int64)] {
    var amounts: [(key: String, amount: Int64)] = []
    for (key, member) in value.members {
      switch member.decimal(maximumDecimals: decimals) {
      case .success(let amount): amounts.append((key, amount.units))
      case .failure: throw wrong(member, "an amount with at most \(decimals) decimals")
      }
    }
    return amounts
  }

  /// A list of texts; nil when it is missing.
  func texts(_ key: String) throws(Problem) -> [String]? {
    guard let member = member(key) else { return nil }
    guard member.kind == .array else { throw wrong(member, "a list of texts") }
    var texts: [String] = []
    for element in member.elements {
      guard let text = element.string else { throw wrong(element, "a text") }
      texts.append(text)
    }
    return texts
  }

  /// A list of objects with keys that are known; nil when it is missing.
  func objects(_ key: String, known: [String]) throws(Problem) -> [RequestBody]? {
    guard let member = member(key) else { return nil }
    guard member.kind == .array else { throw wrong(member, "a list of objects") }
    var objects: [RequestBody] = []
    for element in member.elements {
      objects.append(try RequestBody(element, bytes, known))
    }
    return objects
  }

  /// An object with keys that are known, or with any; nil when it is missing.
  func object(_ key: String, known: [String]? = nil) throws(Problem) -> RequestBody? {
    guard let member = member(key) else { return nil }
    return try RequestBody(member, bytes, known)
  }

  /// The bytes of a value as they were sent; nil when it is missing.
  func raw(_ key: String) -> [UInt8]? {
    guard let member = member(key) else { return nil }
    var reader = PlainReader(at: member.offset)
    guard (try? reader.skipValue(bytes.span)) != nil else { return nil }
    return Array(bytes[member.offset..<reader.position])
  }

  /// What a field of a person's record becomes, by what is sent for it.
  func fieldChange(_ key: String, kind: FieldKind?) throws(Problem) -> FieldChange {
    guard let member = value[key], !member.isNull else { return FieldChange(key, .clear) }
    if let flag = member.bool { return FieldChange(key, .set(.flag(flag))) }
    if let number = member.number?.integer { return FieldChange(key, .set(.number(number))) }
    guard let text = member.string else { throw wrong(member, "a text, a number or a flag") }
    if kind == .date {
      guard let date = civilDate(text) else {
        throw wrong(member, "a date such as \"1990-05-03\"")
      }
      return FieldChange(key, .set(.date(date)))
    }
    return FieldChange(key, .set(.text(text)))
  }

  /// That a key must be there.
  func missing(_ key: String) -> Problem {
    Problem(422, "missing_key", "\"\(key)\" must be there", at: value.pointer + "/" + key)
  }

  /// That what a key says can not be.
  func refused(_ key: String, _ code: String, _ detail: String) -> Problem {
    Problem(422, code, detail, at: value.pointer + "/" + key)
  }

  private func member(_ key: String) -> JSONValue? {
    value[key].flatMap { $0.isNull ? nil : $0 }
  }

  private func wrong(_ member: JSONValue, _ wanted: String) -> Problem {
    Problem(422, "wrong_type", "this is \(wanted)", at: member.pointer)
  }
}

/// A date such as `1990-05-03`; nil for a text that is none.
func civilDate(_ text: String) -> CivilDate? {
  let parts = text.split(separator: "-", omittingEmptySubsequences: false)
  guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
    parts[2].utf8.count == 2,
    parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
    let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), year > 0
  else { return nil }
  return CivilDate(year: year, month: month, day: day)
}
