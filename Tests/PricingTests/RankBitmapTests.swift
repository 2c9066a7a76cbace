import Testing

@testable import Pricing

@Suite("numbers put in order by their bits") struct RankBitmapTests {
  @Test(
    "what was put in comes out once, ascending, and leaves nothing behind",
    arguments: [1, 64, 65, 4_096, 4_097, 100_000])
  func order(bound: Int) {
    var state: UInt64 = 5
    func next() -> Int32 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int32(state >> 33) % Int32(bound)
    }
    var bitmap = RankBitmap(bound: bound)
    var list = Column<Int32>()
    for count in [0, 1, 3, 40, 700] {
      var wanted: Set<Int32> = count > 3 ? [0, Int32(bound - 1)] : []
      for _ in 0..<count { wanted.insert(next()) }
      for number in wanted { bitmap.insert(number) }
      for number in wanted.prefix(2) { bitmap.insert(number) }
      list.clear()
      bitmap.drain(into: &list)
      #expect(list.copy == wanted.sorted())
    }
    list.clear()
    bitmap.drain(into: &list)
    #expect(list.copy == [])
  }

  @Test("a list is added to, not begun anew") func adding() {
    var bitmap = RankBitmap(bound: 10)
    var list = Column<Int32>()
    list.append(7)
    bitmap.insert(3)
    bitmap.drain(into: &list)
    #expect(list.copy == [7, 3])
  }
}
