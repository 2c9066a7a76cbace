/// A day of the proleptic Gregorian calendar, counted from 1970-01-01.
public struct CivilDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01; negative before.
  public var dayNumber: Int32

  /// A day from its number.
  public init(dayNumber: Int32) { self.dayNumber = dayNumber }

  /// A day that exists in the calendar, years 1 to 9999; nil for 2026-02-30.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CivilDate.dayCount(ofMonth: month, year: year)
    else { return nil }
    dayNumber = CivilDate.dayNumber(year: year, month: month, day: day)
  }

  /// Year, month and day of the month.
  ///
  /// - Source: the era-based conversion, with March as the first month so that leap days come last.
  public var parts: (year: Int, month: Int, day: Int) {
    let shifted = Int(dayNumber) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// Monday is 0, Sunday is 6.
  public var weekday: Int {
    let remainder = (Int(dayNumber) + 3) % 7
    return remainder < 0 ? remainder + 7 : remainder
  }

  /// The day that many days later.
  public func adding(days: Int) -> CivilDate {
    CivilDate(dayNumber: Int32(clamping: Int(dayNumber) + days))
  }

  /// The same day of the month that many months later, or the last day there is.
  public func adding(months: Int) -> CivilDate {
    let (year, month, day) = parts
    let total = year * 12 + month - 1 + months
    let newYear = total >= 0 ? total / 12 : (total - 11) / 12
    let newMonth = total - newYear * 12 + 1
    let last = CivilDate.dayCount(ofMonth: newMonth, year: newYear)
    return CivilDate(
      dayNumber: CivilDate.dayNumber(year: newYear, month: newMonth, day: min(day, last)))
  }

  /// How many days a month of a year has.
  public static func dayCount(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    left.dayNumber < right.dayNumber
  }

  private static func dayNumber(year: Int, month: Int, day: Int) -> Int32 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int32(clamping: era * 146_097 + dayOfEra - 719_468)
  }
}

extension CivilDate: CustomStringConvertible {
  /// `2026-06-05`.
  public var description: String {
    let (year, month, day) = parts
    var text: [UInt8] = []
    text.reserveCapacity(10)
    text.append(year: year, month: month, day: day)
    return String(decoding: text, as: UTF8.self)
  }
}

extension [UInt8] {
  /// Appends a day as `2026-06-05`.
  mutating func append(year: Int, month: Int, day: Int) {
    append(year, digits: 4)
    append(UInt8(ascii: "-"))
    append(month, digits: 2)
    append(UInt8(ascii: "-"))
    append(day, digits: 2)
  }

  /// Appends a number with zeros before it up to so many digits.
  mutating func append(_ number: Int, digits: Int) {
    var bound = 10
    for _ in 1..<digits { bound *= 10 }
    guard number >= 0, number < bound else {
      let text = String(number).utf8
      append(contentsOf: repeatElement(UInt8(ascii: "0"), count: Swift.max(0, digits - text.count)))
      append(contentsOf: text)
      return
    }
    var rest = number
    for _ in 0..<digits {
      bound /= 10
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / bound))
      rest %= bound
    }
  }
}
