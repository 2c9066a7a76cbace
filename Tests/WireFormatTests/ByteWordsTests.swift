import Testing
import WireFormat

@Suite("eight bytes at once") struct ByteWordsTests {
  @Test("every byte ends a plain run or does not, wherever it stands") func plainRuns() {
    for byte in UInt8.min ... .max {
      let isPlain = (0x20...0x7E).contains(byte) && byte != 0x22 && byte != 0x5C
      for place in 0..<8 {
        for others: UInt8 in [0x20, 0x61, 0x7E] {
          var bytes = [UInt8](repeating: others, count: 8)
          bytes[place] = byte
          #expect(plainBytes(word(bytes.span, at: 0)) == (isPlain ? 8 : place), "\\(byte)")
        }
      }
    }
  }

  @Test("the first of two strange bytes is found") func firstOfTwo() {
    let strange: [UInt8] = [0x00, 0x1F, 0x22, 0x5C, 0x7F, 0x80, 0xFF]
    for (first, second) in strange.flatMap({ one in strange.map { (one, $0) } }) {
      let bytes = Array("ab".utf8) + [first, 0x23, second] + Array("xyz".utf8)
      #expect(plainBytes(word(bytes.span, at: 0)) == 2)
      #expect(bytesBeforeZero(word(bytes.span, at: 0)) == (bytes.firstIndex(of: 0) ?? 8))
    }
  }

  @Test("digits spell their number, and nothing else does") func digits() {
    for number in [0, 7, 10, 99, 100, 4_096, 99_999, 1_234_567, 12_345_678, 99_999_999] {
      let text = Array(String(number).utf8)
      // What stands behind the digits does not matter.
      for other: UInt8 in [0x00, 0x22, 0x39, 0xFF] {
        let bytes = text + [UInt8](repeating: other, count: 8)
        #expect(numberOfDigits(word(bytes.span, at: 0), count: text.count) == Int64(number))
      }
      for place in text.indices {
        for byte in UInt8.min ... .max where !(0x30...0x39).contains(byte) {
          var bytes = text + [UInt8](repeating: 0x30, count: 8)
          bytes[place] = byte
          #expect(numberOfDigits(word(bytes.span, at: 0), count: text.count) == nil)
        }
      }
    }
  }

  @Test("a word that is not all inside stops the program") func outside() async {
    await #expect(processExitsWith: .failure) {
      let bytes = [UInt8](repeating: 0, count: 8)
      _ = word(bytes.span, at: 1)
    }
    await #expect(processExitsWith: .failure) {
      let bytes = [UInt8](repeating: 0, count: 16)
      _ = word(bytes.span, at: -1)
    }
  }
}
