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

  private func filled(_ room: Int, _ fill: (inout ByteRoom) -> Void) -> String {
    var bytes: [UInt8] = []
    bytes.append(addingCapacity: room) { $0.fill(fill) }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("pieces fill a room to its last byte, with and without slack behind them")
  func pieces() {
    let source = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)
    for slack in [0, 1, 15, ByteRoom.slack] {
      for (start, count) in [(0, 36), (0, 1), (35, 1), (3, 16), (3, 17), (20, 16), (36, 0)] {
        let part = String(decoding: source[start..<start + count], as: UTF8.self)
        let text = filled(count + 4 + slack) {
          $0.append(source.span, from: start, count: count)
          $0.append(AmountDigits(1_234))
        }
        #expect(text == part + "1234")
      }
    }
  }

  @Test("a room that is full stops the program") func fullRoom() async {
    await #expect(processExitsWith: .failure) {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(64)
      bytes.append(addingCapacity: 64) { output in
        output.fill { room in for _ in 0...100_000 { room.append("x") } }
      }
    }
    await #expect(processExitsWith: .failure) {
      var bytes: [UInt8] = []
      bytes.append(addingCapacity: 64) { output in
        output.fill { room in
          for _ in 0...100_000 { room.append(AmountDigits(9, decimals: 2)) }
        }
      }
    }
    await #expect(processExitsWith: .failure) {
      var bytes: [UInt8] = []
      let source = [UInt8](repeating: 1, count: 40)
      bytes.append(addingCapacity: 64) { $0.fill { $0.append(source.span, from: 8, count: 33) } }
    }
  }

  @Test("rooms that are given back for one another stop the program") func swappedRooms() async {
    await #expect(processExitsWith: .failure) {
      var (first, second): ([UInt8], [UInt8]) = ([], [])
      first.append(addingCapacity: 8) { one in
        second.append(addingCapacity: 64) { other in
          one.fill { small in
            other.fill { large in
              large.append("more than the other holds")
              swap(&small, &large)
            }
          }
        }
      }
    }
  }

  @Test("digits kept for later are those of the number", arguments: [0, 2, 3, 4])
  func digits(decimals: Int) {
    var values: [Int64] = [.min, -1, 100_000_000, 99_999_999, .max]
    values += stride(from: 0, through: 9_999, by: 1)
    values += stride(from: 10_000, to: 100_100_000, by: 9_973)
    for value in values {
      let text = filled(64) {
        $0.append(AmountDigits(value, decimals: decimals))
        $0.append(",")
        $0.append(value, decimals: decimals)
      }
      let halves = text.split(separator: ",")
      #expect(halves.count == 2 && halves[0] == halves[1], "\(value)")
    }
  }

  @Test("small amounts are written as all others are", arguments: [0, 2, 3, 4])
  func shortAmounts(decimals: Int) {
    var short = ShortAmounts()
    short.prepare(decimals: 2)
    short.prepare(decimals: decimals)
    let words = short.words(decimals: decimals)
    #expect(words.count == 4_096 && short.words(decimals: decimals + 1).isEmpty)
    for value in [Int64.min, -1, .max, 99_999_999] + Array(0...5_000) {
      let text = filled(64) {
        $0.append(value, decimals: decimals, short: words.span)
        $0.append(",")
        $0.append(value, decimals: decimals)
      }
      let halves = text.split(separator: ",")
      #expect(halves.count == 2 && halves[0] == halves[1], "\(value)")
    }
    let none = ShortAmounts().words(decimals: 0)
    #expect(filled(1) { $0.append(7, decimals: 0, short: none.span) } == "7")
  }
}
