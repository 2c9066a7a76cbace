import Testing
import WireFormat

@Suite("bytes into room made for them") struct ByteOutputTests {
  private func bytes(_ room: Int, _ fill: (inout OutputSpan<UInt8>) -> Void) -> String {
    var bytes: [UInt8] = []
    bytes.append(addingCapacity: room) { fill(&$0) }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("a text fills its room to the last byte") func text() {
    #expect(bytes(3) { $0.append("abc") } == "abc")
    #expect(bytes(0) { $0.append("") } == "")
  }

  @Test("a part of other bytes is copied from its first to its last") func part() {
    let source = Array("0123456789".utf8)
    #expect(bytes(10) { $0.append(source.span, from: 0, count: 10) } == "0123456789")
    #expect(bytes(1) { $0.append(source.span, from: 9, count: 1) } == "9")
    #expect(bytes(0) { $0.append(source.span, from: 10, count: 0) } == "")
  }

  @Test("what has no room stops the program") func noRoom() async {
    await #expect(processExitsWith: .failure) {
      var bytes: [UInt8] = []
      bytes.append(addingCapacity: 2) { $0.append("abc") }
    }
    await #expect(processExitsWith: .failure) {
      var bytes: [UInt8] = []
      bytes.append(addingCapacity: 2) { $0.append(Int64(100)) }
    }
    await #expect(processExitsWith: .failure) {
      var bytes: [UInt8] = []
      let source: [UInt8] = [1, 2]
      bytes.append(addingCapacity: 8) { $0.append(source.span, from: 1, count: 2) }
    }
  }

  @Test(
    "numbers from the least to the greatest",
    arguments: [
      (0, 0, "0"), (0, 2, "0.00"), (5, 2, "0.05"), (-5, 3, "-0.005"), (1_275, 2, "12.75"),
      (Int64.max, 0, "9223372036854775807"), (.max, 18, "9.223372036854775807"),
      (.min, 0, "-9223372036854775808"), (.min, 2, "-92233720368547758.08"),
      (999_999_999_999_999_999, 18, "0.999999999999999999"), (10, 0, "10"), (9, 0, "9"),
    ] as [(Int64, Int, String)])
  func number(value: Int64, decimals: Int, text: String) {
    #expect(bytes(text.utf8.count) { $0.append(value, decimals: decimals) } == text)
  }
}
