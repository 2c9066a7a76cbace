/// Numbers that cards can have: a beginning, a place with leading zeros, and perhaps a check digit.
public struct CardPool: Hashable, Sendable {
  /// What the shop calls the pool.
  public var name: String
  /// What every number begins with; digits.
  public var prefix: String
  /// Digits of the place.
  public var width: Int
  /// The lowest place a card can have.
  public var first: Int64
  /// The highest place a card can have.
  public var last: Int64
  /// Whether a digit follows that makes the number's check sum right, by Luhn's formula.
  public var hasCheckDigit: Bool

  /// A pool of numbers.
  public init(
    _ name: String, prefix: String, width: Int, first: Int64 = 0, last: Int64,
    hasCheckDigit: Bool = true
  ) {
    self.name = name
    self.prefix = prefix
    self.width = width
    self.first = first
    self.last = last
    self.hasCheckDigit = hasCheckDigit
  }

  /// Whether its numbers can be told apart and read back.
  package var isGood: Bool {
    guard isIdentifier(name), (1...LedgerLimits.cardPlaceDigitsMaximum).contains(width),
      prefix.utf8.count <= LedgerLimits.cardPrefixBytesMaximum,
      prefix.utf8.allSatisfy({ (0x30...0x39).contains($0) }), first >= 0, first <= last
    else { return false }
    return String(last).utf8.count <= width
  }

  /// The number of the card at a place.
  ///
  /// - Precondition: `first` to `last`.
  public func number(at place: Int64) -> String {
    precondition((first...last).contains(place), "a card has a place in its pool")
    let digits = String(place)
    let number = prefix + String(repeating: "0", count: width - digits.utf8.count) + digits
    return hasCheckDigit ? number + Self.checkDigit(of: number) : number
  }

  /// The place of a card by its number, spaces and hyphens apart; nil when the pool has no such card.
  public func place(of number: String) -> Int64? {
    guard let plain = LookupKind.card.normal(number) else { return nil }
    let rest = plain.utf8.dropFirst(prefix.utf8.count).prefix(width)
    guard rest.allSatisfy({ (0x30...0x39).contains($0) }), let digits = String(rest),
      let place = Int64(digits), (first...last).contains(place),
      self.number(at: place).utf8.elementsEqual(plain.utf8)
    else { return nil }
    return place
  }

  private static func checkDigit(of number: String) -> String {
    var sum = 0
    for (place, byte) in number.utf8.reversed().enumerated() {
      let digit = Int(byte) - 0x30
      let doubled = digit * 2
      sum += place.isMultiple(of: 2) ? (doubled > 9 ? doubled - 9 : doubled) : digit
    }
    return String((10 - sum % 10) % 10)
  }
}
