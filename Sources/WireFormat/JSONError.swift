/// Why a text is not an acceptable JSON document, and where.
package struct JSONError: Error, Hashable, Sendable {
  /// The kind of mistake.
  package var code: JSONErrorCode
  /// The first byte that is wrong, counted from the start of the text.
  package var offset: Int
  /// The value the mistake is in, as a JSON pointer; empty for the whole document.
  /// - Source: RFC 6901.
  package var pointer: String
  /// What would have been right there, in words that can follow a colon.
  package var detail: String

  /// A mistake of one kind at one place.
  package init(code: JSONErrorCode, offset: Int, pointer: String, detail: String) {
    self.code = code
    self.offset = offset
    self.pointer = pointer
    self.detail = detail
  }
}

/// The ways in which a text can fail to be a JSON document.
package enum JSONErrorCode: String, Hashable, Sendable, CaseIterable {
  /// Something else stands where a value must begin.
  case expectedValue
  /// Something else stands where a key in double quotes must begin.
  case expectedKey
  /// A byte that cannot stand between a key, its value and the next one.
  case unexpectedCharacter
  /// More text after the end of the document.
  case trailingBytes
  /// A key that its object already has, compared by decoded bytes.
  case duplicateKey
  /// Half of a surrogate pair written as an escape.
  case loneSurrogate
  /// Bytes that are not UTF-8, or a byte order mark.
  case badEncoding
  /// A raw control character inside a string.
  case controlCharacter
  /// A backslash followed by something that is no escape.
  case badEscape
  /// Digits in a shape that JSON does not allow.
  case badNumber
  /// More arrays and objects inside each other than the limit.
  case tooDeep
  /// A text, a string or a number of values over its limit.
  case tooLarge
  /// The text ends before the document does.
  case unexpectedEnd
}
