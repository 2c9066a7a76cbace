import Testing
import WireFormat

@Suite("reading values") struct JSONValueTests {
  @Test("a cart's members come in order, decoded")
  func members() throws {
    let cart = try parse(#"{"currency":"USD","lines":[{"sku":"a\u00e9","quantity":3}],"x":null}"#)
    #expect(cart.members.map(\.key) == ["currency", "lines", "x"])
    #expect(cart["currency"]?.string == "USD")
    let line = try #require(cart["lines"]?.elements.first { _ in true })
    #expect(line["sku"]?.stringBytes == [0x61, 0xC3, 0xA9])
    #expect(line["quantity"]?.number?.integer == 3)
    #expect(cart["x"]?.isNull == true)
    #expect(cart["y"] == nil)
    #expect(cart.count == 3)
  }

  @Test("every value knows its kind, where it stands and how to get there")
  func places() throws {
    let root = try parse(#"{"a/b":[true,{"~":"x"},[]],"":-1.5}"#)
    var found: [String] = []
    var open = [root]
    while let value = open.popLast() {
      found.append("\(value.pointer) \(value.kind.rawValue) \(value.offset)")
      open += (Array(value.elements) + value.members.map(\.value)).reversed()
    }
    #expect(
      found == [
        " object 0", "/a~1b array 7", "/a~1b/0 bool 8", "/a~1b/1 object 13",
        "/a~1b/1/~0 string 18", "/a~1b/2 array 23", "/ number 30",
      ])
  }

  @Test("asking for another kind gives nothing")
  func otherKinds() throws {
    let number = try parse("1")
    #expect(number.bool == nil && number.string == nil && number.stringBytes == nil)
    #expect(number.count == 0 && number["a"] == nil)
    #expect(Array(number.elements).isEmpty && Array(number.members).isEmpty)
    let text = try parse(#""1""#)
    #expect(text.number == nil && text.string == "1")
    #expect(try parse("[false]").elements.map(\.bool) == [false])
    #expect(Array(try parse("[false]").members).isEmpty)
    #expect(Array(try parse(#"{"a":1}"#).elements).isEmpty)
  }

  @Test("keys that people read alike but spell in other bytes are different keys")
  func canonicalEquivalence() throws {
    let root = try parse(#"{"e\u0301":1,"\u00e9":2}"#)
    #expect(root["e\u{301}"]?.number?.integer == 1)
    #expect(root["\u{e9}"]?.number?.integer == 2)
  }
}

/// The root of a document that must be well-formed.
func parse(_ text: String) throws -> JSONValue {
  try JSONDocument(parsing: Array(text.utf8)).root
}
