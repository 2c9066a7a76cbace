/// How much one rule file may ask of the parser; every number a rule text can grow has its bound.
package enum Limits {
  /// Bytes of one file.
  package static let fileBytes = 8 << 20
  /// Bytes of one text in quotes, as written.
  package static let textBytes = 64 << 10
  /// Characters of one name.
  package static let nameLength = 128
  /// Parentheses, `not` and nested functions inside one another.
  package static let nesting = 64
  /// Levels of one expression once its operators are bound.
  package static let expressionHeight = 192
  /// Pieces of the expressions of one campaign, set or other item.
  package static let expressionNodes = 4_096
  /// Texts written out in one list; longer lists belong in a file of their own (`listed in`).
  package static let textsInList = 10_000
  /// Errors told apart in one file; what is left is counted in one last finding.
  package static let errorsPerFile = 50
  /// Decimals of a percentage.
  package static let percentDecimals = 4
  /// Digits after the point of any other number.
  package static let numberDecimals = 18
}
