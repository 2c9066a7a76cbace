import Findings

extension Lexer {
  /// Reads a date or a date-time, if four digits, a hyphen and a digit stand here.
  mutating func readDate() -> Bool {
    let start = offset
    guard digitsEnd(start) == start + 4, byte(at: start + 4) == UInt8(ascii: "-"),
      isDigit(byte(at: start + 5))
    else { return false }
    let monthEnd = digitsEnd(start + 5)
    guard byte(at: monthEnd) == UInt8(ascii: "-"), isDigit(byte(at: monthEnd + 1)) else {
      return false
    }
    let dayEnd = digitsEnd(monthEnd + 1)
    let lengths = (monthEnd - start - 5, dayEnd - monthEnd - 1)
    guard lengths.0 <= 2, lengths.1 <= 2 else { return false }
    let year = number(start, start + 4)
    let month = number(start + 5, monthEnd)
    let day = number(monthEnd + 1, dayEnd)
    let isShort = lengths != (2, 2)
    // `2000-1-1` may be meant as arithmetic; only what looks like a day of our time is a date.
    if isShort, !(1900...2199).contains(year) || !(1...12).contains(month) || day > 31 {
      return false
    }
    var token = Token(kind: .date, start: start, end: dayEnd, value: year * 10_000)
    token.value += month * 100 + day
    var problem: Finding?
    if isShort {
      let fix = "\(text(start, start + 4))-\(twoDigits(month))-\(twoDigits(day))"
      problem = finding(.malformedDate, start, dayEnd, write: fix)
    } else if !Self.exists(year: year, month: month, day: day) {
      problem = finding(.noSuchDate, start, dayEnd, ["found": text(start, dayEnd)])
      token.value = 20_000_101
    }
    readTimeOfDay(into: &token, &problem)
    if let problem { append(mended: token, problem) } else { append(token) }
    return true
  }

  /// The `T09:00` behind a date; what else runs into the date makes one bad token of both.
  private func readTimeOfDay(into token: inout Token, _ problem: inout Finding?) {
    let dateEnd = Int(token.end)
    let start = Int(token.start)
    if byte(at: dateEnd) == UInt8(ascii: "T"), let time = timeShape(dateEnd + 1), time.isExact {
      token.kind = .dateTime
      token.value = token.value * 10_000 + min(time.minutes, 1_439)
      token.end = Int32(time.end)
      if !time.exists {
        problem = problem ?? finding(.noSuchTime, start, time.end, ["found": time.text])
      }
    }
    var end = Int(token.end)
    while isWordByte(byte(at: end)) || isUpperCase(byte(at: end)) || byte(at: end) >= 0x80
      || (byte(at: end) == UInt8(ascii: ":") && isDigit(byte(at: end + 1)))
    {
      end += 1
    }
    guard end > Int(token.end) else { return }
    let fix = token.kind == .dateTime ? text(start, Int(token.end)) : nil
    problem = problem ?? finding(.malformedDate, start, end, write: fix)
    token.end = Int32(end)
  }

  /// Reads a time of day, if one or two digits, a colon and a digit stand here.
  mutating func readTime() -> Bool {
    let start = offset
    guard let time = timeShape(start) else { return false }
    var end = time.end
    let token = Token(kind: .time, start: start, end: end, value: min(time.minutes, 1_439))
    var problem: Finding?
    if byte(at: end) == UInt8(ascii: ":"), digitsEnd(end + 1) == end + 3 {
      end += 3
      problem = finding(.malformedTime, start, end, write: time.text)
    } else if isWordByte(byte(at: end)) || isUpperCase(byte(at: end)) {
      while isWordByte(byte(at: end)) || isUpperCase(byte(at: end)) { end += 1 }
      let suffix = text(time.end, end).lowercased()
      let isHour = (suffix == "am" || suffix == "pm") && (60..<780).contains(time.minutes)
      let minutes = time.minutes % 720 + (suffix == "pm" ? 720 : 0)
      let fix = "\(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))"
      problem = finding(.malformedTime, start, end, write: isHour ? fix : nil)
    } else if !time.isExact {
      problem = finding(.malformedTime, start, end, write: time.exists ? time.text : nil)
    } else if !time.exists {
      problem = finding(.noSuchTime, start, end, ["found": time.text])
    }
    var whole = token
    whole.end = Int32(end)
    if let problem { append(mended: whole, problem) } else { append(whole) }
    return true
  }

  private struct TimeShape {
    var end: Int
    var minutes: Int64
    var isExact: Bool
    var exists: Bool
    /// With two digits each.
    var text: String
  }

  private func timeShape(_ start: Int) -> TimeShape? {
    let hourEnd = digitsEnd(start)
    guard hourEnd > start, hourEnd - start <= 2, byte(at: hourEnd) == UInt8(ascii: ":") else {
      return nil
    }
    let end = digitsEnd(hourEnd + 1)
    guard end > hourEnd + 1, end - hourEnd - 1 <= 2 else { return nil }
    let hour = number(start, hourEnd)
    let minute = number(hourEnd + 1, end)
    return TimeShape(
      end: end, minutes: hour * 60 + minute,
      isExact: hourEnd - start == 2 && end - hourEnd == 3,
      exists: hour < 24 && minute < 60, text: "\(twoDigits(hour)):\(twoDigits(minute))")
  }

  /// The value of at most four digits.
  private func number(_ start: Int, _ end: Int) -> Int64 {
    bytes[start..<end].reduce(0) { $0 * 10 + Int64($1 & 0x0F) }
  }

  private func twoDigits(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }

  /// Whether the calendar has a day.
  static func exists(year: Int64, month: Int64, day: Int64) -> Bool {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard year >= 1, (1...12).contains(month) else { return false }
    return (1...lengths[Int(month) - 1]).contains(day)
  }
}
