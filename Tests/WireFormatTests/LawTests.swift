import Testing
import WireFormat

@Suite("laws of reading and writing") struct LawTests {
  @Test("what was written is read back, and written again byte for byte")
  func roundTrip() throws {
    var random = SeededGenerator(seed: 20)
    for round in 0..<2_000 {
      let style = round.isMultiple(of: 2) ? JSONWriter.Style.compact : .pretty
      let written = randomDocument(style: style, using: &random)
      let root = try JSONDocument(parsing: written).root
      var copy = JSONWriter(style: style)
      rewrite(root, to: &copy)
      #expect(copy.bytes == written)
    }
  }

  @Test("a compact document is laid out as the writer lays it out for people")
  func layout() {
    var (compact, pretty) = (SeededGenerator(seed: 24), SeededGenerator(seed: 24))
    for _ in 0..<2_000 {
      let document = randomDocument(style: .compact, using: &compact)
      #expect(prettyJSON(document) == randomDocument(style: .pretty, using: &pretty))
    }
  }

  @Test("every value's pointer leads back to it")
  func pointers() throws {
    var random = SeededGenerator(seed: 21)
    for _ in 0..<200 {
      let root = try JSONDocument(
        parsing: randomDocument(style: .compact, using: &random)
      ).root
      var open = [root]
      while let value = open.popLast() {
        #expect(follow(value.pointer, from: root)?.offset == value.offset)
        open += value.elements
        open += value.members.map(\.value)
      }
    }
  }

  @Test("no document survives being cut short")
  func truncation() {
    var random = SeededGenerator(seed: 22)
    for _ in 0..<100 {
      var writer = JSONWriter(style: .compact)
      writer.beginArray()
      writeRandomValue(depth: 0, to: &writer, using: &random)
      writer.endArray()
      for length in 0..<writer.bytes.count {
        let error = refusal(of: Array(writer.bytes[..<length]))
        #expect(error?.offset == length || error?.code == .badEncoding)
      }
    }
  }

  @Test("byte soup ends in an error inside it or in a document")
  func soup() {
    var random = SeededGenerator(seed: 23)
    let pieces = [
      "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "d83d", "\\ude00", "a", "\"a\":", "0", "1",
      "-", ".", "e", "+", "true", "false", "null", " ", "\n", "\u{0}", "é", "😀", "{\"a\":[1,",
    ].map { Array($0.utf8) }
    for _ in 0..<20_000 {
      var bytes: [UInt8] = []
      for _ in 0..<random.below(24) {
        if random.below(12) == 0 {
          bytes.append(UInt8(random.below(256)))
        } else {
          bytes += pieces[random.below(pieces.count)]
        }
      }
      if let error = refusal(of: bytes) { #expect((0...bytes.count).contains(error.offset)) }
    }
  }

  @Test("one changed byte ends in an error or in a document")
  func damage() {
    var random = SeededGenerator(seed: 24)
    for _ in 0..<5_000 {
      var bytes = randomDocument(style: .compact, using: &random)
      bytes[random.below(bytes.count)] = UInt8(random.below(256))
      if let error = refusal(of: bytes) { #expect((0...bytes.count).contains(error.offset)) }
    }
  }

  @Test("reading a flat object of many keys stays linear")
  func manyKeys() throws {
    let text = "{" + (0..<200_000).map { "\"k\($0)\":0" }.joined(separator: ",") + "}"
    #expect(try parse(text).count == 200_000)
  }

  private func follow(_ pointer: String, from root: JSONValue) -> JSONValue? {
    var value: JSONValue? = root
    for step in pointer.utf8.split(separator: 0x2F, omittingEmptySubsequences: false).dropFirst() {
      let name = unescaped(step)
      if value?.kind == .object {
        value = value?[name]
      } else {
        value = Int(name).flatMap { index in value?.elements.dropFirst(index).first { _ in true } }
      }
    }
    return value
  }

  /// A step of a pointer by bytes, because a combining mark would hide the sign before it.
  private func unescaped(_ step: Substring.UTF8View) -> String {
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in step {
      if isEscaped {
        bytes.append(byte == UInt8(ascii: "1") ? UInt8(ascii: "/") : UInt8(ascii: "~"))
        isEscaped = false
      } else if byte == UInt8(ascii: "~") {
        isEscaped = true
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

private func randomDocument(
  style: JSONWriter.Style, using random: inout SeededGenerator
) -> [UInt8] {
  var writer = JSONWriter(style: style)
  writeRandomValue(depth: 0, to: &writer, using: &random)
  return writer.bytes
}

private func writeRandomValue(
  depth: Int, to writer: inout JSONWriter, using random: inout SeededGenerator
) {
  switch random.below(depth < 5 ? 9 : 6) {
  case 0: writer.null()
  case 1: writer.bool(random.below(2) == 0)
  case 2: writer.number(Int64(truncatingIfNeeded: random.next() >> random.next() % 64))
  case 3: writer.decimal(Int64(random.below(100_000)), decimals: random.below(4))
  case 4, 5: writer.string(randomText(using: &random))
  case 6:
    writer.beginArray()
    for _ in 0..<random.below(5) { writeRandomValue(depth: depth + 1, to: &writer, using: &random) }
    writer.endArray()
  default:
    writer.beginObject()
    for member in 0..<random.below(random.below(8) == 0 ? 40 : 5) {
      writer.key("\(member)" + randomText(using: &random))
      writeRandomValue(depth: depth + 2, to: &writer, using: &random)
    }
    writer.endObject()
  }
}

private func randomText(using random: inout SeededGenerator) -> String {
  let alphabet: [Unicode.Scalar] = [
    "a", "Z", "0", " ", "/", "~", "\"", "\\", "\n", "\u{0}", "\u{1F}", "\u{7F}", "é", "€", "😀",
    "\u{301}", "\u{FFFD}", "\u{10FFFD}",
  ]
  var text = String.UnicodeScalarView()
  for _ in 0..<random.below(9) { text.append(alphabet[random.below(alphabet.count)]) }
  return String(text)
}

/// Writes a value as it was read, from its decoded parts.
private func rewrite(_ value: JSONValue, to writer: inout JSONWriter) {
  switch value.kind {
  case .null: writer.null()
  case .bool: writer.bool(value.bool == true)
  case .number: writer.number(value.number?.integer ?? 0)
  case .string: writer.string(value.string ?? "")
  case .array:
    writer.beginArray()
    for element in value.elements { rewrite(element, to: &writer) }
    writer.endArray()
  case .object:
    writer.beginObject()
    for member in value.members {
      writer.key(member.key)
      rewrite(member.value, to: &writer)
    }
    writer.endObject()
  }
}
