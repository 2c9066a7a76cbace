import Testing
import WireFormat

@Suite("limits of a document") struct LimitsTests {
  @Test("the text may be exactly as long as its limit")
  func bytes() {
    let text = Array("[1,2]".utf8)
    #expect(refusal(of: text, limits: JSONLimits(bytesMaximum: 5)) == nil)
    let error = refusal(of: text, limits: JSONLimits(bytesMaximum: 4))
    #expect(error?.code == .tooLarge && error?.offset == 4 && error?.pointer == "")
  }

  @Test("the default is 64 MiB of text")
  func defaultBytes() {
    let limit = 64 << 20
    var text = [UInt8](repeating: 0x20, count: limit)
    text[0] = UInt8(ascii: "0")
    #expect(refusal(of: text) == nil)
    #expect(refusal(of: text + [0x20])?.code == .tooLarge)
  }

  @Test("a string may be exactly as long as its limit, counted after decoding")
  func string() {
    let limits = JSONLimits(stringBytesMaximum: 4)
    for text in ["abcd", "éé", "\\u00e9\\n\\t", "\\ud83d\\ude00", "\\u20acx"] {
      #expect(refusal(of: Array("{\"\(text)\":\"\(text)\"}".utf8), limits: limits) == nil)
      let error = refusal(of: Array("[0,\"\(text)x\"]".utf8), limits: limits)
      #expect(error?.code == .tooLarge && error?.offset == 3 && error?.pointer == "/1")
      let key = refusal(of: Array("{\"\(text)x\":0}".utf8), limits: limits)
      #expect(key?.code == .tooLarge && key?.offset == 1)
    }
    let longest = [0x22] + [UInt8](repeating: 0x61, count: 1 << 20) + [0x22]
    #expect(refusal(of: longest) == nil)
    #expect(refusal(of: [0x22, 0x61] + longest.dropFirst())?.code == .tooLarge)
  }

  @Test("sixty-four containers may stand inside each other", arguments: ["[", "{\"a\":"])
  func depth(opening: String) {
    let closing = opening == "[" ? "]" : "}"
    func nested(_ depth: Int) -> [UInt8] {
      Array(
        (String(repeating: opening, count: depth) + "0" + String(repeating: closing, count: depth))
          .utf8)
    }
    #expect(refusal(of: nested(64)) == nil)
    let error = refusal(of: nested(65))
    #expect(error?.code == .tooDeep)
    #expect(error?.offset == 64 * opening.utf8.count)
    #expect(error?.pointer == String(repeating: opening == "[" ? "/0" : "/a", count: 64))
    let flat = String(repeating: opening, count: 200_000)
    #expect(refusal(of: Array(flat.utf8))?.code == .tooDeep)
    #expect(refusal(of: nested(3), limits: JSONLimits(depthMaximum: 2))?.code == .tooDeep)
  }

  @Test("values and keys are counted together")
  func nodes() {
    let text = Array("{\"a\":[1,2]}".utf8)
    #expect(refusal(of: text, limits: JSONLimits(nodesMaximum: 5)) == nil)
    let error = refusal(of: text, limits: JSONLimits(nodesMaximum: 4))
    #expect(error?.code == .tooLarge && error?.offset == 8 && error?.pointer == "/a/1")
  }

  @Test("the defaults are these")
  func defaults() {
    #expect(JSONLimits.default == JSONLimits())
    #expect(JSONLimits().bytesMaximum == 67_108_864)
    #expect(JSONLimits().stringBytesMaximum == 1_048_576)
    #expect(JSONLimits().depthMaximum == 64)
    #expect(JSONLimits().nodesMaximum == 8_000_000)
  }
}
