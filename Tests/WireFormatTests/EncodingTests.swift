import Testing
import WireFormat

@Suite("UTF-8 inside strings") struct EncodingTests {
  @Test(
    "sequences that are not well-formed are refused where they begin",
    arguments: [
      ([0x80], "a continuation alone"),
      ([0xBF], "the last continuation alone"),
      ([0xC0, 0x80], "an overlong zero"),
      ([0xC1, 0xBF], "an overlong two bytes"),
      ([0xC3], "two bytes cut short"),
      ([0xC3, 0x41], "two bytes with a letter for the second"),
      ([0xE0, 0x80, 0x80], "an overlong three bytes"),
      ([0xE0, 0x9F, 0xBF], "the last overlong three bytes"),
      ([0xE2, 0x82], "three bytes cut short"),
      ([0xE2, 0x28, 0xA1], "three bytes with a bracket inside"),
      ([0xED, 0xA0, 0x80], "the first surrogate"),
      ([0xED, 0xBF, 0xBF], "the last surrogate"),
      ([0xF0, 0x80, 0x80, 0x80], "an overlong four bytes"),
      ([0xF0, 0x8F, 0xBF, 0xBF], "the last overlong four bytes"),
      ([0xF0, 0x9F, 0x98], "four bytes cut short"),
      ([0xF4, 0x90, 0x80, 0x80], "one beyond the last code point"),
      ([0xF5, 0x80, 0x80, 0x80], "far beyond the last code point"),
      ([0xF8, 0x88, 0x80, 0x80, 0x80], "a form of five bytes"),
      ([0xFC, 0x84, 0x80, 0x80, 0x80, 0x80], "a form of six bytes"),
      ([0xFE], "a byte of no sequence"),
      ([0xFF], "the other byte of no sequence"),
      ([0xC3, 0xA9, 0xE9], "Latin-1 after good bytes"),
    ] as [([UInt8], String)])
  func malformed(bytes: [UInt8], what: String) {
    let text = Array(#"{"a":["b","#.utf8) + [0x22, 0x78] + bytes + Array("\"]}".utf8)
    let error = refusal(of: text)
    #expect(error?.code == .badEncoding)
    #expect(error?.offset == 12 + (bytes.count == 3 && bytes[0] == 0xC3 ? 2 : 0))
    #expect(error?.pointer == "/a/1")
    // The same bytes are no better at the very end of a text.
    let cut = refusal(of: [0x22] + bytes)
    #expect(cut?.code == .badEncoding)
  }

  @Test(
    "the first and last code point of every length are kept, and those that are no characters",
    arguments: [
      0x20, 0x7F, 0x80, 0x7FF, 0x800, 0xFFF, 0x1000, 0xCFFF, 0xD7FF, 0xE000, 0xFDD0, 0xFEFF,
      0xFFFD, 0xFFFE, 0xFFFF, 0x10000, 0x1FFFE, 0x3FFFF, 0x40000, 0xFFFFF, 0x100000, 0x10FFFF,
      0x2028, 0x2029, 0x301, 0x200D,
    ] as [UInt32])
  func wellFormed(codePoint: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(codePoint))
    let text = "e" + String(Character(scalar)) + "é😀"
    let value = try parse("\"\(text)\"")
    #expect(value.stringBytes == Array(text.utf8))
    #expect(value.string.map { Array($0.utf8) } == Array(text.utf8))
  }

  @Test(
    "every escape gives its character",
    arguments: [
      (#"\" \\ \/ \b \f \n \r \t"#, "\" \\ / \u{8} \u{C} \n \r \t"),
      (#"\u0000"#, "\u{0}"), (#"\u007F\u0080"#, "\u{7F}\u{80}"),
      (#"\u07ff\u0800"#, "\u{7FF}\u{800}"),
      (#"\uABCD\uabcd"#, "\u{ABCD}\u{ABCD}"),
      (#"\ud7ff\ue000\ufffd"#, "\u{D7FF}\u{E000}\u{FFFD}"),
      (#"\ud800\udc00"#, "\u{10000}"), (#"\uDBFF\uDFFD"#, "\u{10FFFD}"),
      (#"x\ud83d\ude00y"#, "x😀y"), (#"\\u0041"#, "\\u0041"), (#"é\u00e9"#, "éé"),
      (#"\u0022\u005c"#, "\"\\"),
    ])
  func escapes(escaped: String, text: String) throws {
    let value = try parse("\"\(escaped)\"")
    #expect(value.stringBytes == Array(text.utf8))
    #expect(value.string.map { Array($0.utf8) } == Array(text.utf8))
  }

  @Test("texts in wide encodings are refused at their first byte")
  func wideEncodings() {
    #expect(refusal(of: [0xFF, 0xFE, 0x5B, 0x00])?.code == .expectedValue)
    #expect(refusal(of: [0xFE, 0xFF, 0x00, 0x5B])?.code == .expectedValue)
    #expect(refusal(of: [0x5B, 0x00, 0x5D, 0x00])?.offset == 1)
    #expect(refusal(of: [0xEF, 0xBB, 0xBF])?.code == .badEncoding)
    #expect(refusal(of: [0xEF, 0xBB])?.code == .expectedValue)
  }
}
