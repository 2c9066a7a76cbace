import Testing
import WireFormat

@Suite("JSON that is read the plain way") struct PlainReaderTests {
  @Test("a list of one short string is read at once", arguments: 0..<8)
  func shortList(length: Int) throws {
    let label = String(repeating: "c", count: length)
    let text = Array(#"x["\#(label)"],"name":"long enough""#.utf8)
    var reader = PlainReader(at: 1)
    let found = reader.shortOnlyString(text.span)
    let place = try #require(found)
    #expect(place.start == 3 && place.count == length && place.isPlain && !place.isEscaped)
    #expect(reader.position == 5 + length)
  }

  @Test(
    "every other value is left as it stands",
    arguments: [
      #"["a","b"]"#, #"["a" ]"#, #"[ "a"]"#, #" ["a"]"#, #"["a\n"]"#, #"["é"]"#, #"["abcdefgh"]"#,
      #"[]"#, #"[1]"#, #"[["a"]]"#, #""a""#, #"{"a":1}"#, #"["a"#,
    ])
  func others(value: String) {
    let text = Array((value + "                ").utf8)
    var reader = PlainReader()
    let found = reader.shortOnlyString(text.span)
    #expect(found == nil && reader.position == 0)
  }

  @Test("nothing is read beyond the end of a text", arguments: 0...16)
  func end(length: Int) {
    let text = Array(#"["abc"]         "#.utf8.prefix(length))
    var reader = PlainReader()
    let first = reader.shortOnlyString(text.span)
    #expect((first != nil) == (length >= 11))
    reader = PlainReader(at: length)
    let behind = reader.shortOnlyString(text.span)
    #expect(behind == nil)
  }
}
