import Testing
import WireFormat

@Suite("writing documents") struct JSONWriterTests {
  @Test("both layouts of one quote")
  func layouts() {
    func write(_ style: JSONWriter.Style) -> String {
      var writer = JSONWriter(style: style, reservingBytes: 256)
      writer.beginObject()
      writer.key("currency")
      writer.string("USD")
      writer.key("lines")
      writer.beginArray()
      writer.beginObject()
      writer.key("quantity")
      writer.number(4)
      writer.key("total")
      writer.decimal(5100, decimals: 2)
      writer.endObject()
      writer.null()
      writer.endArray()
      writer.key("gifts")
      writer.beginArray()
      writer.endArray()
      writer.key("proven")
      writer.bool(true)
      writer.key("none")
      writer.beginObject()
      writer.endObject()
      writer.endObject()
      return String(decoding: writer.bytes, as: UTF8.self)
    }
    #expect(
      write(.compact)
        == #"{"currency":"USD","lines":[{"quantity":4,"total":"51.00"},null],"#
        + #""gifts":[],"proven":true,"none":{}}"#)
    #expect(
      write(.pretty) == """
        {
          "currency": "USD",
          "lines": [
            {
              "quantity": 4,
              "total": "51.00"
            },
            null
          ],
          "gifts": [],
          "proven": true,
          "none": {}
        }
        """)
  }

  @Test(
    "only what must be escaped is",
    arguments: [
      ("plain é 😀 /", "plain é 😀 /"), ("\"\\", #"\"\\"#),
      ("\u{8}\t\n\u{C}\r", #"\b\t\n\f\r"#), ("\u{0}\u{1}\u{1F}", #"\u0000\u0001\u001f"#),
      ("\u{7F}\u{2028}", "\u{7F}\u{2028}"), ("", ""),
    ])
  func escapes(text: String, escaped: String) {
    var writer = JSONWriter()
    writer.string(text)
    #expect(writer.bytes == Array("\"\(escaped)\"".utf8))
  }

  @Test("a byte is escaped wherever it stands in a text of any length")
  func escapePlaces() {
    for length in 1...33 {
      for place in 0..<length {
        for (byte, escaped) in [("\"", "\\\""), ("\\", "\\\\"), ("\u{1F}", "\\u001f")] {
          let (before, after) = (
            String(repeating: "é", count: place), String(repeating: "~", count: length - place - 1)
          )
          var writer = JSONWriter()
          writer.string(before + byte + after)
          #expect(writer.bytes == Array("\"\(before)\(escaped)\(after)\"".utf8))
        }
      }
    }
  }

  @Test("a long document grows, and keeps what was written")
  func growth() {
    var writer = JSONWriter()
    var expected = "["
    writer.beginArray()
    for number in 0..<5_000 as Range<Int64> {
      writer.number(number)
      expected += number == 0 ? "0" : ",\(number)"
    }
    writer.endArray()
    #expect(writer.bytes == Array("\(expected)]".utf8))
    #expect(writer.byteCount == expected.utf8.count + 1)
  }

  @Test("texts that just fit into the room there is, or just do not, are kept whole")
  func edges() {
    for length in [0, 1, 7, 8, 9] + Array(230...260) + Array(490...520) {
      let text = String(repeating: "z", count: length)
      var writer = JSONWriter()
      for _ in 0..<2 {
        writer.beginArray()
        writer.string(text)
        writer.string("end")
        writer.endArray()
        #expect(writer.bytes == Array("[\"\(text)\",\"end\"]".utf8))
        writer.removeAll()
      }
    }
  }

  @Test("64 arrays may stand inside each other, and no more")
  func depth() async {
    var writer = JSONWriter()
    for _ in 0..<64 { writer.beginArray() }
    for _ in 0..<64 { writer.endArray() }
    #expect(writer.byteCount == 128)
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      for _ in 0..<65 { writer.beginArray() }
    }
  }

  @Test(
    "amounts show all their decimals",
    arguments: [
      (0, 2, "0.00"), (5, 2, "0.05"), (-5, 2, "-0.05"), (1275, 2, "12.75"), (100, 0, "100"),
      (-1, 3, "-0.001"), (.max, 2, "92233720368547758.07"), (.min, 0, "-9223372036854775808"),
      (.min, 4, "-922337203685477.5808"), (1, 18, "0.000000000000000001"), (0, 0, "0"),
    ] as [(Int64, Int, String)])
  func decimals(units: Int64, decimals: Int, text: String) throws {
    var writer = JSONWriter()
    writer.decimal(units, decimals: decimals)
    #expect(writer.bytes == Array("\"\(text)\"".utf8))
    let read = try JSONDocument(parsing: writer.bytes).root.decimal(maximumDecimals: decimals)
    #expect(try read.get().units == units)
  }

  @Test("integers", arguments: [0, 7, -7, .max, .min] as [Int64])
  func integers(value: Int64) throws {
    var writer = JSONWriter(style: .pretty)
    writer.number(value)
    #expect(writer.bytes == Array("\(value)".utf8))
    #expect(try JSONDocument(parsing: writer.bytes).root.number?.integer == value)
  }

  @Test("a batch is one document a line in one buffer")
  func lines() {
    var writer = JSONWriter()
    for value in 1...3 as ClosedRange<Int64> {
      writer.beginArray()
      writer.number(value)
      writer.endArray()
      writer.endLine()
    }
    #expect(writer.bytes == Array("[1]\n[2]\n[3]\n".utf8))
    writer.removeAll()
    writer.null()
    #expect(writer.bytes == Array("null".utf8))
  }

  @Test("calls in an order that no document has stop the program")
  func misuse() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.key("a")
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.beginObject()
      writer.null()
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.beginObject()
      writer.key("a")
      writer.endObject()
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.beginArray()
      writer.endObject()
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.null()
      writer.null()
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.beginArray()
      writer.endLine()
    }
  }
}
