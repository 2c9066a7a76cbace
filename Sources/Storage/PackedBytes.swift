/// Counts and texts one after another, as rows keep them that are read whole.
///
/// A number is in groups of seven bits, the lowest first; a text comes after the number of its
/// bytes.
struct PackedBytes {
  private(set) var bytes: [UInt8]

  /// Begins with the number of the form; another form begins with another.
  init(form: UInt8, room: Int) {
    bytes = []
    bytes.reserveCapacity(room)
    bytes.append(form)
  }

  /// Adds a number that is not below zero.
  mutating func add(_ number: Int64) {
    precondition(number >= 0, "counts and amounts that are packed are not below zero")
    add(UInt64(number))
  }

  /// Adds a number with a sign, which goes into the lowest bit.
  mutating func add(signed number: Int64) {
    add(UInt64(bitPattern: number &<< 1 ^ number &>> 63))
  }

  /// Adds a text.
  mutating func add(_ text: String) {
    add(Int64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func add(_ number: UInt64) {
    var left = number
    while left >= 0x80 {
      bytes.append(UInt8(left & 0x7F) | 0x80)
      left >>= 7
    }
    bytes.append(UInt8(left))
  }
}

/// Reads what was packed; each answer is nil where the bytes do not say it.
struct PackedReader {
  private let bytes: [UInt8]
  private var place = 1

  /// Bytes of a form; nil for those of another.
  init?(_ bytes: [UInt8], form: UInt8) {
    guard bytes.first == form else { return nil }
    self.bytes = bytes
  }

  /// Whether nothing is left.
  var isAtEnd: Bool { place == bytes.count }

  /// The next number.
  mutating func number() -> Int64? { bits().flatMap { Int64(exactly: $0) } }

  /// The next number with a sign.
  mutating func signedNumber() -> Int64? {
    bits().map { Int64(bitPattern: $0 >> 1) ^ -Int64(bitPattern: $0 & 1) }
  }

  /// The next text.
  mutating func text() -> String? {
    guard let count = number(), count <= bytes.count - place else { return nil }
    defer { place += Int(count) }
    return String(validating: bytes[place..<place + Int(count)], as: UTF8.self)
  }

  private mutating func bits() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard place < bytes.count else { return nil }
      let byte = bytes[place]
      place += 1
      let group = UInt64(byte & 0x7F)
      guard (group << shift) >> shift == group else { return nil }
      value |= group << shift
      if byte < 0x80 { return value }
    }
    return nil
  }
}
