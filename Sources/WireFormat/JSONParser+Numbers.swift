extension JSONParser {
  /// Reads a number as JSON spells it; its value is worked out only when asked for.
  mutating func readNumber(_ text: Span<UInt8>) throws(JSONError) {
    let start = position
    var place = start
    if text[place] == UInt8(ascii: "-") { place += 1 }
    let integerStart = place
    place = try digitsEnd(text, from: place, "a digit must follow the minus sign")
    if text[integerStart] == UInt8(ascii: "0") && place > integerStart + 1 {
      throw failure(
        .badNumber, at: integerStart, "a number has no zeros in front", in: text)
    }
    if place < text.count && text[place] == UInt8(ascii: ".") {
      place = try digitsEnd(text, from: place + 1, "a digit must follow the decimal point")
    }
    if place < text.count && text[place] | 0x20 == UInt8(ascii: "e") {
      place += 1
      if place < text.count
        && (text[place] == UInt8(ascii: "+") || text[place] == UInt8(ascii: "-"))
      {
        place += 1
      }
      place = try digitsEnd(text, from: place, "a digit must follow in the exponent")
    }
    position = place
    try append(.number, from: start, to: place, text)
  }

  /// The byte after at least one digit.
  private func digitsEnd(
    _ text: Span<UInt8>, from start: Int, _ detail: String
  ) throws(JSONError) -> Int {
    var place = start
    while place < text.count && isDigit(text[place]) { place += 1 }
    if place > start { return place }
    let code = place < text.count ? JSONErrorCode.badNumber : .unexpectedEnd
    throw failure(code, at: place, detail, in: text)
  }
}

/// Whether a byte is one of the ASCII digits.
func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
