import Testing
import WireFormat

/// A text that is no document, with the mistake that must be reported.
struct Refused: Sendable, CustomTestStringConvertible {
  let text: String
  let code: JSONErrorCode
  let offset: Int
  let pointer: String

  init(_ text: String, _ code: JSONErrorCode, _ offset: Int, _ pointer: String = "") {
    self.text = text
    self.code = code
    self.offset = offset
    self.pointer = pointer
  }

  var testDescription: String { text }

  /// Expects exactly this mistake at exactly this place.
  func check() {
    let error = refusal(of: Array(text.utf8))
    #expect(error?.code == code)
    #expect(error?.offset == offset)
    #expect(error?.pointer == pointer)
    #expect(error?.detail.isEmpty == false)
  }
}

/// The mistake found in a text; nil when it is a document.
func refusal(of bytes: [UInt8], limits: JSONLimits = .default) -> JSONError? {
  do throws(JSONError) {
    _ = try JSONDocument(parsing: bytes, limits: limits)
    return nil
  } catch {
    return error
  }
}

@Suite("texts that are refused") struct RefusedTextTests {
  @Test("where a value must stand", arguments: values) func value(refused: Refused) {
    refused.check()
  }

  @Test("in arrays and objects", arguments: containers) func container(refused: Refused) {
    refused.check()
  }

  @Test("in numbers", arguments: numbers) func number(refused: Refused) { refused.check() }

  @Test("in strings", arguments: strings) func string(refused: Refused) { refused.check() }

  @Test("keys that an object already has", arguments: repeatedKeys)
  func repeatedKey(refused: Refused) { refused.check() }

  static let values = [
    Refused("", .unexpectedEnd, 0),
    Refused("  \n", .unexpectedEnd, 3),
    Refused("tru", .unexpectedEnd, 3),
    Refused("nul", .unexpectedEnd, 3),
    Refused("falze", .expectedValue, 0),
    Refused("True", .expectedValue, 0),
    Refused("NULL", .expectedValue, 0),
    Refused("undefined", .expectedValue, 0),
    Refused("NaN", .expectedValue, 0),
    Refused("Infinity", .expectedValue, 0),
    Refused("'text'", .expectedValue, 0),
    Refused("]", .expectedValue, 0),
    Refused("}", .expectedValue, 0),
    Refused(",", .expectedValue, 0),
    Refused(":", .expectedValue, 0),
    Refused("// note\n1", .expectedValue, 0),
    Refused("/* note */ 1", .expectedValue, 0),
    Refused("1 // note", .trailingBytes, 2),
    Refused("1 2", .trailingBytes, 2),
    Refused("truefalse", .trailingBytes, 4),
    Refused("{}{}", .trailingBytes, 2),
    Refused("[1]]", .trailingBytes, 3),
    Refused("{}}", .trailingBytes, 2),
    Refused("\"a\" x", .trailingBytes, 4),
    Refused("null\u{0}", .trailingBytes, 4),
    Refused("\u{0}", .expectedValue, 0),
    Refused("\u{A0}1", .expectedValue, 0),
    Refused("\u{2028}1", .expectedValue, 0),
    Refused("\u{0C}1", .expectedValue, 0),
    Refused("\u{FEFF}{}", .badEncoding, 0),
    Refused("é", .expectedValue, 0),
  ]

  static let containers = [
    Refused("[", .unexpectedEnd, 1, "/0"),
    Refused("[1", .unexpectedEnd, 2),
    Refused("[1,", .unexpectedEnd, 3, "/1"),
    Refused("[1,]", .expectedValue, 3, "/1"),
    Refused("[,1]", .expectedValue, 1, "/0"),
    Refused("[1,,2]", .expectedValue, 3, "/1"),
    Refused("[1 2]", .unexpectedCharacter, 3),
    Refused("[1;2]", .unexpectedCharacter, 2),
    Refused("[1}", .unexpectedCharacter, 2),
    Refused("[1:2]", .unexpectedCharacter, 2),
    Refused("[[1],[2,[x]]]", .expectedValue, 9, "/1/1/0"),
    Refused("[\"a\":1]", .unexpectedCharacter, 4),
    Refused("[a]", .expectedValue, 1, "/0"),
    Refused("[-]", .badNumber, 2, "/0"),
    Refused("[true, nope]", .expectedValue, 7, "/1"),
    Refused("{", .unexpectedEnd, 1),
    Refused("{\"a\"", .unexpectedEnd, 4, "/a"),
    Refused("{\"a\":", .unexpectedEnd, 5, "/a"),
    Refused("{\"a\":1", .unexpectedEnd, 6),
    Refused("{\"a\":1,", .unexpectedEnd, 7),
    Refused("{\"a\":1,}", .expectedKey, 7),
    Refused("{,}", .expectedKey, 1),
    Refused("{a:1}", .expectedKey, 1),
    Refused("{'a':1}", .expectedKey, 1),
    Refused("{1:1}", .expectedKey, 1),
    Refused("{null:1}", .expectedKey, 1),
    Refused("{\"a\" 1}", .unexpectedCharacter, 5, "/a"),
    Refused("{\"a\"=1}", .unexpectedCharacter, 4, "/a"),
    Refused("{\"a\",\"b\"}", .unexpectedCharacter, 4, "/a"),
    Refused("{\"a\"}", .unexpectedCharacter, 4, "/a"),
    Refused("{\"a\":}", .expectedValue, 5, "/a"),
    Refused("{\"a\"::1}", .expectedValue, 5, "/a"),
    Refused("{\"a\":1 \"b\":2}", .unexpectedCharacter, 7),
    Refused("{\"a\":1]", .unexpectedCharacter, 6),
    Refused("{\"a\":1,,\"b\":2}", .expectedKey, 7),
    Refused("{\"a\":[1,{\"b\":tru}]}", .expectedValue, 13, "/a/1/b"),
    Refused("{\"lines\":[{},{},{},{\"price\":01}]}", .badNumber, 28, "/lines/3/price"),
    Refused("{\"x\":{\"y\":1},\"z\":{\"y\":?}}", .expectedValue, 22, "/z/y"),
    Refused("{\"a/b\":{\"~\":?}}", .expectedValue, 12, "/a~1b/~0"),
    Refused("{\"\":{\"\\u0041\":?}}", .expectedValue, 14, "//A"),
  ]

  static let numbers = [
    Refused("-", .unexpectedEnd, 1),
    Refused("+1", .expectedValue, 0),
    Refused(".5", .expectedValue, 0),
    Refused("-.5", .badNumber, 1),
    Refused("1.", .unexpectedEnd, 2),
    Refused("[1.]", .badNumber, 3, "/0"),
    Refused("[1.e3]", .badNumber, 3, "/0"),
    Refused("1e", .unexpectedEnd, 2),
    Refused("1e+", .unexpectedEnd, 3),
    Refused("[1e]", .badNumber, 3, "/0"),
    Refused("[1E+]", .badNumber, 4, "/0"),
    Refused("[1e1.5]", .unexpectedCharacter, 4),
    Refused("01", .badNumber, 0),
    Refused("-01", .badNumber, 1),
    Refused("00", .badNumber, 0),
    Refused("[007]", .badNumber, 1, "/0"),
    Refused("0x1F", .trailingBytes, 1),
    Refused("[0x1F]", .unexpectedCharacter, 2),
    Refused("[1_000]", .unexpectedCharacter, 2),
    Refused("--1", .badNumber, 1),
    Refused("- 1", .badNumber, 1),
    Refused("-NaN", .badNumber, 1),
    Refused("-Infinity", .badNumber, 1),
    Refused("1.2.3", .trailingBytes, 3),
    Refused("[1,2.]", .badNumber, 5, "/1"),
    Refused("1e1e1", .trailingBytes, 3),
    Refused("１", .expectedValue, 0),
    Refused("{\"quantity\":2a}", .unexpectedCharacter, 13),
  ]

  static let strings = [
    Refused("\"", .unexpectedEnd, 1),
    Refused("\"abc", .unexpectedEnd, 4),
    Refused("\"abc\\", .unexpectedEnd, 5),
    Refused("\"abc\\\"", .unexpectedEnd, 6),
    Refused("\"\\u00", .unexpectedEnd, 5),
    Refused("\"\\x41\"", .badEscape, 1),
    Refused("\"ab\\a\"", .badEscape, 3),
    Refused("\"\\'\"", .badEscape, 1),
    Refused("\"\\0\"", .badEscape, 1),
    Refused("\"\\U0041\"", .badEscape, 1),
    Refused("\"\\u004\"", .badEscape, 1),
    Refused("\"\\u00g0\"", .badEscape, 1),
    Refused("\"\\u{41}\"", .badEscape, 1),
    Refused("\"\\é\"", .badEscape, 1),
    Refused("[\"a\nb\"]", .controlCharacter, 3, "/0"),
    Refused("[\"\t\"]", .controlCharacter, 2, "/0"),
    Refused("\"\u{0}\"", .controlCharacter, 1),
    Refused("\"\u{1F}\"", .controlCharacter, 1),
    Refused("\"\\ud800\"", .loneSurrogate, 1),
    Refused("\"a\\uDBFFb\"", .loneSurrogate, 2),
    Refused("\"\\udc00\"", .loneSurrogate, 1),
    Refused("\"\\udfff\\ud800\"", .loneSurrogate, 1),
    Refused("\"\\ud800\\ud800\"", .loneSurrogate, 1),
    Refused("\"\\ud800\\n\"", .loneSurrogate, 1),
    Refused("\"\\ud800\\u0041\"", .loneSurrogate, 1),
    Refused("\"\\ud83d\\ude00\\ud83d\"", .loneSurrogate, 13),
    Refused("\"\\ud800\\u00\"", .badEscape, 7),
    Refused("\"\\ud800\\udc0\"", .badEscape, 7),
    Refused("{\"a\\q\":1}", .badEscape, 3),
    Refused("{\"a\":1,\"b\\ud800\":1}", .loneSurrogate, 9),
    Refused("{\"a\":{\"b\":\"\\q\"}}", .badEscape, 11, "/a/b"),
    Refused("{\"unclosed:1}", .unexpectedEnd, 13),
  ]

  static let repeatedKeys = [
    Refused("{\"a\":1,\"a\":1}", .duplicateKey, 7, "/a"),
    Refused("{\"a\":1,\"b\":2,\"a\":3}", .duplicateKey, 13, "/a"),
    Refused("{\"a\":1,\"\\u0061\":2}", .duplicateKey, 7, "/a"),
    Refused("{\"\\u00e9\":1,\"é\":2}", .duplicateKey, 12, "/é"),
    Refused("{\"\":1,\"\":2}", .duplicateKey, 6, "/"),
    Refused("{\"a/b\":1,\"a\\/b\":2}", .duplicateKey, 9, "/a~1b"),
    Refused("[{\"a\":1},{\"a\":{\"x\":[1,2,{}]},\"b\":{},\"a\":0}]", .duplicateKey, 36, "/1/a"),
    Refused("{\"a\":{\"b\":{\"c\":1,\"c\":1}}}", .duplicateKey, 17, "/a/b/c"),
    Refused("{\"a\":1,\"a\"", .duplicateKey, 7, "/a"),
  ]

  @Test("a repeated key is found at every size of the object", arguments: [15, 16, 17, 40, 1000])
  func repeatedKeyInLargeObject(count: Int) {
    for repeated in [0, count / 2, count - 1] {
      var text = "{\"k\":{" + (0..<count).map { "\"key\($0)\":{\"key1\":[]}," }.joined()
      let offset = text.utf8.count
      text += "\"k\\u0065y\(repeated)\":1}}"
      Refused(text, .duplicateKey, offset, "/k/key\(repeated)").check()
      text += " "
      let distinct = text.replacing("k\\u0065y\(repeated)\"", with: "other\"")
      #expect(refusal(of: Array(distinct.utf8)) == nil)
    }
  }

  @Test("tables of keys of objects inside each other are kept apart")
  func nestedLargeObjects() {
    func object(_ inner: String) -> String {
      "{" + (0..<30).map { "\"k\($0)\":\($0 == 20 ? inner : "0")" }.joined(separator: ",") + "}"
    }
    let twice = object(object(object("1")))
    #expect(refusal(of: Array(twice.utf8)) == nil)
    let repeated = twice.dropLast() + ",\"k3\":1}"
    #expect(refusal(of: Array(repeated.utf8))?.pointer == "/k3")
  }
}
