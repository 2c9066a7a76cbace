/// A moment, with the offset from UTC it was written with.
///
/// Two instants are equal when they are the same moment; the offset only decides how it is shown.
public struct Instant: Sendable {
  /// Seconds since 1970-01-01T00:00:00Z.
  public var secondsSince1970: Int64
  /// How far local clocks were ahead of UTC where it was written.
  public var offsetSeconds: Int32

  /// A moment from its seconds and the offset to show it with.
  public init(secondsSince1970: Int64, offsetSeconds: Int32 = 0) {
    self.secondsSince1970 = secondsSince1970
    self.offsetSeconds = offsetSeconds
  }

  /// Reads RFC 3339 with an offset, years 1 to 9999, such as `2026-06-05T12:00:00-04:00`.
  ///
  /// Fractions of a second are read and dropped; 24:00, leap seconds and a missing offset are refused.
  public init?(rfc3339 text: String) {
    guard let instant = parseRFC3339(Array(text.utf8)) else { return nil }
    self = instant
  }
}

extension Instant: Hashable, Comparable {
  public static func == (left: Instant, right: Instant) -> Bool {
    left.secondsSince1970 == right.secondsSince1970
  }
  public static func < (left: Instant, right: Instant) -> Bool {
    left.secondsSince1970 < right.secondsSince1970
  }
  public func hash(into hasher: inout Hasher) { hasher.combine(secondsSince1970) }
}

extension Instant: CustomStringConvertible {
  /// RFC 3339 with the offset it was written with; `Z` for none.
  public var description: String {
    let local = secondsSince1970 + Int64(offsetSeconds)
    let day = local.flooredDivision(by: 86_400)
    let second = Int(local - day * 86_400)
    let (year, month, dayOfMonth) = CivilDate(dayNumber: Int32(clamping: day)).parts
    var text: [UInt8] = []
    text.reserveCapacity(25)
    text.append(year: year, month: month, day: dayOfMonth)
    text.append(UInt8(ascii: "T"))
    text.append(second / 3600, digits: 2)
    text.append(UInt8(ascii: ":"))
    text.append(second / 60 % 60, digits: 2)
    text.append(UInt8(ascii: ":"))
    text.append(second % 60, digits: 2)
    if offsetSeconds == 0 {
      text.append(UInt8(ascii: "Z"))
    } else {
      let minutes = Int(abs(offsetSeconds)) / 60
      text.append(offsetSeconds < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
      text.append(minutes / 60, digits: 2)
      text.append(UInt8(ascii: ":"))
      text.append(minutes % 60, digits: 2)
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension Int64 {
  /// The quotient rounded towards minus infinity.
  func flooredDivision(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}

private func parseRFC3339(_ bytes: [UInt8]) -> Instant? {
  func number(_ start: Int, _ count: Int) -> Int? {
    guard start + count <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[start..<start + count] {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }
  func has(_ index: Int, _ characters: StaticString) -> Bool {
    guard index < bytes.count else { return false }
    return characters.withUTF8Buffer { $0.contains(bytes[index]) }
  }
  guard let year = number(0, 4), has(4, "-"), let month = number(5, 2), has(7, "-"),
    let day = number(8, 2), let date = CivilDate(year: year, month: month, day: day), has(10, "Tt"),
    let hour = number(11, 2), hour < 24, has(13, ":"), let minute = number(14, 2), minute < 60,
    has(16, ":"), let second = number(17, 2), second < 60
  else { return nil }
  var index = 19
  if has(index, ".") {
    index += 1
    let start = index
    while index < bytes.count, number(index, 1) != nil { index += 1 }
    guard index > start, index - start <= 9 else { return nil }
  }
  var offset = 0
  if has(index, "Zz") {
    index += 1
  } else {
    guard has(index, "+-"), let hours = number(index + 1, 2), hours < 24, has(index + 3, ":"),
      let minutes = number(index + 4, 2), minutes < 60
    else { return nil }
    offset = (hours * 3600 + minutes * 60) * (has(index, "-") ? -1 : 1)
    index += 6
  }
  guard index == bytes.count else { return nil }
  let local = Int64(date.dayNumber) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
  return Instant(secondsSince1970: local - Int64(offset), offsetSeconds: Int32(offset))
}
