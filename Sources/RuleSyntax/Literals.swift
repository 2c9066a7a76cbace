package import Findings

/// A name as the author wrote it: lower-case ASCII letters, digits and `_`.
package struct Name: Sendable {
  package var text: String
  package var span: SourceSpan
  package init(text: String, span: SourceSpan) {
    self.text = text
    self.span = span
  }
}

/// A text in double quotes, with its escapes resolved.
package struct TextLiteral: Sendable {
  package var text: String
  package var span: SourceSpan
  package init(text: String, span: SourceSpan) {
    self.text = text
    self.span = span
  }
}

/// Exact decimal digits: `value` divided by ten to the power of `decimals`.
package struct DecimalDigits: Hashable, Sendable {
  package var value: Int64
  package var decimals: Int
  package init(value: Int64, decimals: Int) {
    self.value = value
    self.decimals = decimals
  }
}

/// An amount as written; `currencyCode` is nil after a dollar sign, which is the file's own dollar.
package struct MoneyLiteral: Sendable {
  package var digits: DecimalDigits
  package var currencyCode: String?
  package var span: SourceSpan
  package init(digits: DecimalDigits, currencyCode: String?, span: SourceSpan) {
    self.digits = digits
    self.currencyCode = currencyCode
    self.span = span
  }
}

/// A number or a percentage as written; 12.5% has the digits 12.5.
package struct NumberLiteral: Sendable {
  package var digits: DecimalDigits
  package var span: SourceSpan
  package init(digits: DecimalDigits, span: SourceSpan) {
    self.digits = digits
    self.span = span
  }
}

/// A whole number as written.
package struct CountLiteral: Sendable {
  package var value: Int64
  package var span: SourceSpan
  package init(value: Int64, span: SourceSpan) {
    self.value = value
    self.span = span
  }
}

/// A day of the calendar of the file's time zone, checked to exist.
package struct DateLiteral: Sendable {
  package var year: Int
  package var month: Int
  package var day: Int
  package var span: SourceSpan
  package init(year: Int, month: Int, day: Int, span: SourceSpan) {
    self.year = year
    self.month = month
    self.day = day
    self.span = span
  }
}

/// A time of day in minutes after midnight.
package struct TimeLiteral: Sendable {
  package var minuteOfDay: Int
  package var span: SourceSpan
  package init(minuteOfDay: Int, span: SourceSpan) {
    self.minuteOfDay = minuteOfDay
    self.span = span
  }
}

/// A day and a time of day in the file's time zone.
package struct DateTimeLiteral: Sendable {
  package var date: DateLiteral
  package var time: TimeLiteral
  package init(date: DateLiteral, time: TimeLiteral) {
    self.date = date
    self.time = time
  }
}

/// A day of the week, Monday first.
package enum Weekday: Int, CaseIterable, Sendable {
  case mon, tue, wed, thu, fri, sat, sun
}

/// A unit of calendar time.
package enum CalendarUnit: String, Sendable {
  case day, week, month, quarter, year
}

/// A length of calendar time: `14 days`.
package struct DurationLiteral: Sendable {
  package var count: Int64
  package var unit: CalendarUnit
  package var span: SourceSpan
  package init(count: Int64, unit: CalendarUnit, span: SourceSpan) {
    self.count = count
    self.unit = unit
    self.span = span
  }
}
