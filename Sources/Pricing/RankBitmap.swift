/// Whole numbers below a bound, each once, that are taken out in ascending order.
///
/// One bit stands for each number, and above them one for every word that has any, so that a few
/// numbers out of very many are put in order without being compared, and what comes twice is kept
/// once.
struct RankBitmap: ~Copyable {
  private var words: Column<UInt64>
  /// Which words have a bit; empty while they are so few that all are looked at.
  private var summary: Column<UInt64>
  /// So many words are looked at one by one.
  private static let few = 8

  init(bound: Int) {
    let wordCount = (bound + 63) / 64
    words = Column(repeating: 0, count: wordCount)
    summary = Column(
      repeating: 0, count: wordCount <= RankBitmap.few ? 0 : (wordCount + 63) / 64)
  }

  /// Puts a number in, if it is not there.
  @inline(__always)
  mutating func insert(_ number: Int32) {
    let word = Int(number) &>> 6
    words[word] |= 1 &<< UInt64(truncatingIfNeeded: number & 63)
    if !summary.isEmpty {
      summary[word &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: word & 63)
    }
  }

  /// Takes all numbers out and adds them to a list, ascending.
  mutating func drain(into list: inout Column<Int32>) {
    RankBitmap.drain(&words, &summary, into: &list)
  }

  private static func drain(
    _ words: inout Column<UInt64>, _ summary: inout Column<UInt64>, into list: inout Column<Int32>
  ) {
    var words = words.mutableSpan
    var summary = summary.mutableSpan
    if summary.isEmpty {
      for word in words.indices { drain(word, of: &words, into: &list) }
      return
    }
    for group in summary.indices {
      var open = summary[group]
      guard open != 0 else { continue }
      summary[group] = 0
      repeat {
        let word = group &* 64 &+ open.trailingZeroBitCount
        open &= open &- 1
        drain(word, of: &words, into: &list)
      } while open != 0
    }
  }

  @inline(__always)
  private static func drain(
    _ word: Int, of words: inout MutableSpan<UInt64>, into list: inout Column<Int32>
  ) {
    var bits = words[word]
    words[word] = 0
    while bits != 0 {
      list.append(Int32(truncatingIfNeeded: word &* 64 &+ bits.trailingZeroBitCount))
      bits &= bits &- 1
    }
  }
}
