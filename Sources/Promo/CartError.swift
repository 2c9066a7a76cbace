/// Why a cart cannot be quoted, and where; there is no half-read cart.
public struct CartError: Error, Hashable, Sendable {
  /// The kind of mistake; its name never changes.
  public var code: CartErrorCode
  /// The value the mistake is in, as a JSON pointer; empty for the whole cart.
  /// - Source: RFC 6901.
  public var pointer: String
  /// The byte of the JSON text at which that value begins; nil for a cart built in Swift.
  public var offset: Int?
  /// What is wrong, in one sentence.
  public var message: String

  /// A mistake of one kind at one place.
  public init(code: CartErrorCode, pointer: String, offset: Int? = nil, message: String) {
    self.code = code
    self.pointer = pointer
    self.offset = offset
    self.message = message
  }
}

extension CartError: CustomStringConvertible {
  /// The place and the sentence: `/lines/0/price: a price …`.
  public var description: String { pointer.isEmpty ? message : "\(pointer): \(message)" }
}

/// The kinds of mistakes in a cart, by names that never change.
public enum CartErrorCode: String, CaseIterable, Hashable, Sendable {
  // The text is no JSON document that can be taken.

  /// Something else than one JSON object, or nothing at all.
  case expectedObject = "expected_object"
  /// The text breaks the rules of JSON.
  case malformedJSON = "malformed_json"
  /// An object says a key twice.
  case duplicateKey = "duplicate_key"
  /// Bytes that are not UTF-8, or half of a surrogate pair.
  case badEncoding = "bad_encoding"
  /// Too many arrays and objects inside each other.
  case tooDeep = "too_deep"
  /// A text, a string or a number of values over its limit.
  case tooLarge = "too_large"

  // The document is no cart.

  /// A key that means nothing there.
  case unknownKey = "unknown_key"
  /// A key that every such object needs.
  case missingKey = "missing_key"
  /// A text where a number is wanted, and the like.
  case wrongType = "wrong_type"
  /// A text that is none of the words that may stand there.
  case unknownWord = "unknown_word"
  /// A text that is no decimal amount.
  case badAmount = "bad_amount"
  /// A number below or above what is allowed.
  case outOfRange = "out_of_range"
  /// A number with decimals where only whole ones count.
  case notWhole = "not_whole"
  /// An amount with more decimals than its currency has.
  case tooManyDecimals = "too_many_decimals"
  /// A text that is no moment of RFC 3339 with an offset.
  case badInstant = "bad_instant"
  /// An empty text where something must be named.
  case emptyText = "empty_text"
  /// A text with more bytes than allowed.
  case tooLong = "too_long"
  /// A control character in a text.
  case controlCharacter = "control_character"
  /// More lines than allowed.
  case tooManyLines = "too_many_lines"
  /// More codes than allowed.
  case tooManyCodes = "too_many_codes"
  /// More entries of a list or object than allowed.
  case tooMany = "too_many"
  /// Amounts whose product or sum passes 64 bits.
  case overflow
  /// Two lines with one id.
  case duplicateLineID = "duplicate_line_id"
  /// A currency that ISO 4217 does not list; codes are upper case.
  case unknownCurrency = "unknown_currency"
  /// An amount in another currency than the cart's.
  case currencyMismatch = "currency_mismatch"
  /// A balance that the rules do not declare.
  case unknownBalance = "unknown_balance"
  /// A balance taken as payment that is a discount, or the other way round.
  case wrongBalanceUse = "wrong_balance_use"

  // A change of a session speaks of what its cart does not have.

  /// An id that no line has.
  case unknownLine = "unknown_line"
  /// A code that is not presented.
  case unknownCode = "unknown_code"

  /// Whether the text could not be read at all, rather than read and not understood.
  public var isMalformed: Bool {
    switch self {
    case .expectedObject, .malformedJSON, .duplicateKey, .badEncoding, .tooDeep, .tooLarge: true
    default: false
    }
  }
}
