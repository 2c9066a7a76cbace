package import Findings

/// One word, mark or literal of a rule text.
///
/// Fixed size: a file becomes one array of these; texts and names are read from the bytes when the
/// tree is built.
package struct Token: Hashable, Sendable {
  /// What class of the lexer it belongs to.
  package enum Kind: UInt8, Sendable {
    case endOfFile, word, string, code, integer, decimal, money, percent, date, dateTime, time
    case leftBrace, rightBrace, leftParen, rightParen
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    case plus, minus, star, slash, comma, dot, colon
    /// What cannot be read at all; already reported.
    case unknown
  }
  package var kind: Kind
  /// The word of the language that is spelt like this; whether it is one, the place decides.
  package var keyword: Keyword?
  /// Whether nothing but blanks stands before it on its line.
  package var opensLine: Bool
  /// Whether an error has been reported for it, so that what it belongs to is damaged.
  package var isMended: Bool
  /// Digits after the point of a number.
  package var decimals: UInt8
  /// The letters of its currency, one by one, so that a token takes three words.
  private var firstLetter: UInt8 = 0
  private var secondLetter: UInt8 = 0
  private var lastLetter: UInt8 = 0
  /// Offset of the first byte.
  package var start: Int32
  /// Offset one past the last byte.
  package var end: Int32
  /// Digits without the point; year·10⁴+month·10²+day; minutes; for a text, 1 if it has escapes.
  package var value: Int64

  init(kind: Kind, start: Int, end: Int, value: Int64 = 0) {
    self.kind = kind
    keyword = nil
    opensLine = false
    isMended = false
    decimals = 0
    self.start = Int32(truncatingIfNeeded: start)
    self.end = Int32(truncatingIfNeeded: end)
    self.value = value
  }

  /// Three packed letters of an amount or code; zero after a dollar sign.
  package var currency: UInt32 {
    get { UInt32(firstLetter) << 16 | UInt32(secondLetter) << 8 | UInt32(lastLetter) }
    set {
      firstLetter = UInt8(truncatingIfNeeded: newValue >> 16)
      secondLetter = UInt8(truncatingIfNeeded: newValue >> 8)
      lastLetter = UInt8(truncatingIfNeeded: newValue)
    }
  }

  /// Whether it stands for something that is missing.
  var isStandIn: Bool { isMended && start == end }

  /// Where it stands.
  package func span(in file: Int32) -> SourceSpan {
    SourceSpan(file: file, start: start, end: end)
  }
}

/// A comment, from its `#` to the end of its line, without the line end.
package struct Comment: Hashable, Sendable {
  package var start: Int32
  package var end: Int32
  /// Whether nothing but blanks stands before it on its line.
  package var opensLine: Bool
}

extension Token.Kind {
  /// The mark that a closing mark closes.
  var opening: Token.Kind? {
    switch self {
    case .rightBrace: .leftBrace
    case .rightParen: .leftParen
    default: nil
    }
  }

  /// How a mark is written; nil for words and literals.
  var mark: String? {
    switch self {
    case .leftBrace: "{"
    case .rightBrace: "}"
    case .leftParen: "("
    case .rightParen: ")"
    case .equal: "="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .plus: "+"
    case .minus: "-"
    case .star: "*"
    case .slash: "/"
    case .comma: ","
    case .dot: "."
    case .colon: ":"
    default: nil
    }
  }
}
