import Ledger
import LocalTime

/// The fields of a person, and the bytes they are sealed as.
struct PersonRecord {
  /// By name; names have only plain letters, so two of them are never alike.
  var fields: [String: FieldValue] = [:]

  /// No fields.
  init() {}

  /// The fields in the order of their names, each with what it holds, behind a mark of the format.
  var bytes: [UInt8] {
    var written = HashChain.Fields()
    written.add(1 as Int64)
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      written.add(name)
      value.add(to: &written)
    }
    return written.bytes
  }

  /// The fields that `bytes` were made of.
  ///
  /// - Throws: `corrupt`.
  init(_ bytes: [UInt8]) throws(StorageError) {
    var rest = FieldReader(bytes)
    guard rest.number() == 1 else { throw .corrupt("a record in an unknown form") }
    while !rest.isAtEnd {
      guard let name = rest.text(), let value = FieldValue(from: &rest) else {
        throw .corrupt("a record that ends too early")
      }
      fields[name] = value
    }
  }
}

/// Reads back what `HashChain.Fields` has written.
private struct FieldReader {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  mutating func number() -> Int64? {
    guard bytes.count - place >= 8 else { return nil }
    defer { place += 8 }
    return Int64(
      bitPattern: bytes[place..<place + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) })
  }

  mutating func text() -> String? {
    guard let count = number(), count >= 0, count <= bytes.count - place else { return nil }
    defer { place += Int(count) }
    return String(decoding: bytes[place..<place + Int(count)], as: UTF8.self)
  }
}

extension FieldValue {
  /// Adds what it holds, and of which kind.
  func add(to fields: inout HashChain.Fields) {
    switch self {
    case .text(let text):
      fields.add("text")
      fields.add(text)
    case .number(let number):
      fields.add("number")
      fields.add(number)
    case .flag(let flag):
      fields.add("flag")
      fields.add(flag ? 1 : 0 as Int64)
    case .date(let date):
      fields.add("date")
      fields.add(Int64(date.dayNumber))
    }
  }

  fileprivate init?(from rest: inout FieldReader) {
    switch rest.text() {
    case "text":
      guard let text = rest.text() else { return nil }
      self = .text(text)
    case "number":
      guard let number = rest.number() else { return nil }
      self = .number(number)
    case "flag":
      guard let flag = rest.number() else { return nil }
      self = .flag(flag != 0)
    case "date":
      guard let day = rest.number().flatMap(Int32.init(exactly:)) else { return nil }
      self = .date(CivilDate(dayNumber: day))
    default: return nil
    }
  }

  /// Whether it is the same to the byte; texts that look alike may differ.
  func isSame(as other: FieldValue) -> Bool {
    if case .text(let mine) = self, case .text(let theirs) = other {
      return mine.utf8.elementsEqual(theirs.utf8)
    }
    return self == other
  }
}
