import Promo
import Testing

@Suite("damaged carts") struct CartMutationTests {
  /// A small generator whose numbers depend on its seed alone.
  private struct Random {
    var state: UInt64
    mutating func next(below bound: Int) -> Int {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
  }

  @Test("whatever is changed, a cart reads the same again or has one mistake at its byte")
  func mutations() throws {
    let original = Array(contractCart.utf8)
    let pieces: [[UInt8]] = [
      "-", "0", "1e9", "99999999999999999999", ".5", "\"", "\\u0000", "\\ud800", "{", "}", "[",
      "]", ",", ":", "null", "true", "\u{e9}", "{}", "[]", "\"\"", " ",
    ].map { Array($0.utf8) }
    var random = Random(state: 2026)
    var readCount = 0
    for _ in 0..<2_000 {
      var bytes = original
      for _ in 0...random.next(below: 3) {
        let start = random.next(below: bytes.count)
        let end = min(bytes.count, start + random.next(below: 4))
        bytes.replaceSubrange(start..<end, with: pieces[random.next(below: pieces.count)])
      }
      do {
        let (cart, at) = try Cart.read(json: bytes)
        readCount += 1
        try cart.validate()
        #expect(try Cart.read(json: cart.json(at: at)).cart == cart)
      } catch {
        let offset = try #require(error.offset)
        #expect((0...bytes.count).contains(offset))
        #expect(!error.message.isEmpty)
      }
    }
    #expect(readCount > 50)
  }
}
