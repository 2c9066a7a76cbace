/// The length of the well-formed UTF-8 sequence at a place; zero when there is none.
///
/// Overlong forms, surrogates and everything beyond the last code point are not well-formed. The
/// second byte's range depends on the first; all later ones are plain continuations.
/// - Source: table 3-7 of the Unicode Standard.
func utf8SequenceLength(_ text: Span<UInt8>, at place: Int) -> Int {
  let length: Int
  var second: ClosedRange<UInt8> = 0x80...0xBF
  switch text[place] {
  case 0x00...0x7F: return 1
  case 0xC2...0xDF: length = 2
  case 0xE0: (length, second) = (3, 0xA0...0xBF)
  case 0xED: (length, second) = (3, 0x80...0x9F)
  case 0xE1...0xEF: length = 3
  case 0xF0: (length, second) = (4, 0x90...0xBF)
  case 0xF1...0xF3: length = 4
  case 0xF4: (length, second) = (4, 0x80...0x8F)
  default: return 0
  }
  guard place + length <= text.count, second.contains(text[place + 1]) else { return 0 }
  for offset in 2..<max(length, 2) where text[place + offset] & 0xC0 != 0x80 { return 0 }
  return length
}
