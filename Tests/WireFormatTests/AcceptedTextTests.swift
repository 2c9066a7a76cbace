import Testing
import WireFormat

@Suite("texts that are accepted") struct AcceptedTextTests {
  @Test(
    "white space may stand between any two pieces",
    arguments: [
      (" \t\r\n[ \t\r\n1 \t\r\n, \t\r\n2 \t\r\n] \t\r\n", "[1,2]"),
      (" { \"a\" : { } , \"b\" : [ ] } ", "{a:{},b:[]}"),
      ("[]\n", "[]"), ("[ ]", "[]"), ("{ }", "{}"), ("\n\"\"\n", "<>"), ("\r0\r", "0"),
    ])
  func whiteSpace(text: String, shape: String) throws {
    #expect(try self.shape(parse(text)) == shape)
  }

  @Test(
    "any kind of value may be the whole document",
    arguments: [
      ("null", "null"), ("true", "true"), ("false", "false"), ("0", "0"), ("-12.50", "-12.50"),
      ("\"\"", "<>"), ("\"a\"", "<a>"), ("{}", "{}"), ("[]", "[]"),
    ])
  func outermost(text: String, shape: String) throws {
    #expect(try self.shape(parse(text)) == shape)
  }

  @Test(
    "numbers keep their spelling",
    arguments: [
      "0", "-0", "-0.0", "7", "-7", "10", "123456789012345678901234567890", "0.5", "-0.25", "1e3",
      "1E3", "1e+3", "1E-3", "0e0", "0e+1", "0.0e-0", "12.5E+02", "1e999999999999999999999",
      "-0.00000000000000000000000000000000000000000000000000000000000000000000000000000001",
    ])
  func numbers(text: String) throws {
    #expect(try parse(text).number?.text == text)
    #expect(try parse("[\(text),\(text)]").elements.map { $0.number?.text } == [text, text])
  }

  @Test(
    "arrays and objects nest and keep their order",
    arguments: [
      ("[[],[[]],[[[]]]]", "[[],[[]],[[[]]]]"),
      ("{\"a\":{\"a\":{\"a\":1}}}", "{a:{a:{a:1}}}"),
      ("[null,1,\"1\",{\"1\":[1]},false]", "[null,1,<1>,{1:[1]},false]"),
      ("{\"b\":1,\"a\":2,\"\":3,\"A\":4}", "{b:1,a:2,:3,A:4}"),
      ("{\"a\":1,\"b\":{\"a\":1},\"c\":{\"a\":1}}", "{a:1,b:{a:1},c:{a:1}}"),
      ("[\"[\",\"{\",\",\",\":\",\"//\",\"/* */\",\"#\"]", "[<[>,<{>,<,>,<:>,<//>,</* */>,<#>]"),
      ("{\"\\u0000\":\"\\u0000\"}", "{\u{0}:<\u{0}>}"),
      ("[\"\u{7F}\"]", "[<\u{7F}>]"),
    ])
  func nesting(text: String, shape: String) throws {
    #expect(try self.shape(parse(text)) == shape)
  }

  @Test("counts are of what stands directly inside")
  func counts() throws {
    #expect(try parse("[[1,2],[3],{}]").count == 3)
    #expect(try parse("{\"a\":[1,2,3]}").count == 1)
    #expect(try parse("\"abc\"").count == 0)
  }

  /// A document in a notation that shows what was understood: strings in angle brackets.
  private func shape(_ value: JSONValue) -> String {
    switch value.kind {
    case .null: "null"
    case .bool: value.bool.map { "\($0)" } ?? "?"
    case .number: value.number?.text ?? "?"
    case .string: "<\(value.string ?? "?")>"
    case .array: "[" + value.elements.map { shape($0) }.joined(separator: ",") + "]"
    case .object:
      "{" + value.members.map { "\($0.key):" + shape($0.value) }.joined(separator: ",") + "}"
    }
  }
}
