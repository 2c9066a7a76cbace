/// The bytes that a string entry stands for, its escapes decoded.
///
/// The entry was checked when it was read, so nothing can be wrong here any more.
func decodedString(_ node: JSONNode, in text: Span<UInt8>) -> [UInt8] {
  var decoded: [UInt8] = []
  decoded.reserveCapacity(Int(node.end - node.start))
  var place = Int(node.start)
  let end = Int(node.end)
  while place < end {
    let byte = text[place]
    guard byte == UInt8(ascii: "\\"), node.kind == .escapedString else {
      decoded.append(byte)
      place += 1
      continue
    }
    if let character = simpleEscape(text[place + 1]) {
      decoded.append(character)
      place += 2
      continue
    }
    var scalar = hexUnit(text, at: place + 2)
    place += 6
    if scalar & 0xFC00 == 0xD800 {
      scalar = 0x10000 + (scalar & 0x3FF) << 10 + (hexUnit(text, at: place + 2) & 0x3FF)
      place += 6
    }
    appendUTF8(scalar, to: &decoded)
  }
  return decoded
}

/// Whether two string entries stand for the same bytes.
func spellsSame(_ left: JSONNode, _ right: JSONNode, in text: Span<UInt8>) -> Bool {
  guard left.kind == .plainString && right.kind == .plainString else {
    return decodedString(left, in: text) == decodedString(right, in: text)
  }
  let count = Int(left.end - left.start)
  guard count == Int(right.end - right.start) else { return false }
  let leftStart = Int(left.start)
  let rightStart = Int(right.start)
  for offset in 0..<count where text[leftStart + offset] != text[rightStart + offset] {
    return false
  }
  return true
}

/// The byte that a two-character escape stands for; nil when there is no such escape.
func simpleEscape(_ letter: UInt8) -> UInt8? {
  switch letter {
  case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
  case UInt8(ascii: "b"): 0x08
  case UInt8(ascii: "f"): 0x0C
  case UInt8(ascii: "n"): 0x0A
  case UInt8(ascii: "r"): 0x0D
  case UInt8(ascii: "t"): 0x09
  default: nil
  }
}

/// The value of a hexadecimal digit in either case.
func hexDigitValue(_ byte: UInt8) -> UInt32? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
  default: nil
  }
}

private func hexUnit(_ text: Span<UInt8>, at place: Int) -> UInt32 {
  var unit: UInt32 = 0
  for offset in 0..<4 { unit = unit << 4 | (hexDigitValue(text[place + offset]) ?? 0) }
  return unit
}

private func appendUTF8(_ scalar: UInt32, to bytes: inout [UInt8]) {
  func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | scalar >> shift & 0x3F) }
  switch scalar {
  case ..<0x80: bytes.append(UInt8(scalar))
  case ..<0x800: bytes.append(contentsOf: [UInt8(0xC0 | scalar >> 6), tail(0)])
  case ..<0x10000: bytes.append(contentsOf: [UInt8(0xE0 | scalar >> 12), tail(6), tail(0)])
  default:
    bytes.append(contentsOf: [UInt8(0xF0 | scalar >> 18 & 0x07), tail(12), tail(6), tail(0)])
  }
}
