import Testing

@testable import Pricing

@Suite("A list of plain elements with one holder")
struct ColumnTests {
  @Test("it holds what an array holds, however it is changed")
  func likeArray() {
    var column = Column<Int64>()
    var array: [Int64] = []
    var state: UInt64 = 7
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let number = Int64(bitPattern: state)
      switch state >> 60 {
      case 0 where array.count > 100:
        let kept = array.count / 2
        column.cut(to: kept)
        array.removeLast(array.count - kept)
      case 1 where state >> 52 & 15 == 0:
        column.clear()
        array.removeAll()
      case 2 where state >> 52 & 15 == 0:
        column.fill(number, count: 77)
        array = Array(repeating: number, count: 77)
      case 3 where state >> 52 & 15 == 0:
        array.reverse()
        column.load(array.span)
      case 4 where !array.isEmpty:
        let place = Int(state >> 32 & 0xFFFF) % array.count
        column[place] &+= number
        array[place] &+= number
      default:
        column.append(number)
        array.append(number)
      }
      #expect(column.count == array.count)
      #expect(column.last == array.last)
    }
    #expect(column.copy == array)
    let span = column.span
    #expect(span.indices.allSatisfy { span[$0] == array[$0] })
  }

  @Test("it takes an element for each place, whatever it held")
  func elementsByPlace() {
    var squares = Column<Int64>(repeating: 7, count: 5)
    for count in [0, 3, 8, 9, 1_000, 2] {
      squares.load(count: count) { Int64($0 * $0) }
      #expect(squares.copy == (0..<count).map { Int64($0 * $0) })
    }
  }

  @Test("an element behind the last is never read, though there is room for it")
  func readsOnlyWhatItHolds() async {
    await #expect(processExitsWith: .failure) {
      var column = Column<Int32>(repeating: 1, count: 3)
      column.cut(to: 2)
      _ = column[2]
    }
    await #expect(processExitsWith: .failure) {
      let column = Column<Int32>()
      _ = column[-1]
    }
    await #expect(processExitsWith: .failure) {
      var column = Column<Int32>(repeating: 1, count: 3)
      column[3] = 4
    }
    await #expect(processExitsWith: .failure) {
      var column = Column<Int32>(repeating: 1, count: 3)
      column.cut(to: 4)
    }
  }
}
