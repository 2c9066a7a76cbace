/// What the grammar calls a terminal: a word, a mark, a class of the lexer or a kind of name.
enum Terminal: Hashable, Sendable {
  case word(Keyword)
  case kind(Token.Kind)
  /// A word that names something: `SET_NAME` and its like.
  case name(String)
}

/// A set of terminals by their numbers in the grammar.
struct TerminalSet: Hashable, Sendable {
  private var bits: SIMD4<UInt64> = .zero

  static let capacity = 256

  var isEmpty: Bool { bits == .zero }

  func contains(_ terminal: Int) -> Bool {
    bits[terminal >> 6] >> UInt64(terminal & 63) & 1 != 0
  }

  mutating func insert(_ terminal: Int) { bits[terminal >> 6] |= 1 << UInt64(terminal & 63) }

  mutating func formUnion(_ other: TerminalSet) { bits |= other.bits }

  func intersects(_ other: TerminalSet) -> Bool { bits & other.bits != .zero }
}
