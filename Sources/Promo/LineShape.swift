import WireFormat

/// How the lines of a cart are written: what stands between the values of a line is mostly what
/// stood there in the line before, to the byte.
///
/// The bytes between two values hold a key, its colon, a comma and spaces; where the same bytes come
/// again, they say the same, and need not be read again. It is a guess only: where they differ, they
/// are read and remembered.
struct LineShape: Sendable {
  /// What stands before a value.
  struct Step: Sendable {
    fileprivate var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
    fileprivate var masks: (UInt64, UInt64, UInt64) = (0, 0, 0)
    /// Bytes; none while nothing is known.
    fileprivate(set) var count = 0
    fileprivate(set) var key = LineReader.Key.sku
  }

  /// Bytes of the longest one that is remembered.
  private static let countMaximum = 24

  /// One by one in the order of a line, which has no key twice.
  private var steps = [Step](repeating: Step(), count: LineReader.Key.allCases.count)

  /// What stands before a value, if it is what stood there before.
  @inline(__always)
  func next(_ number: Int, _ json: Span<UInt8>, at place: Int) -> Step? {
    guard number < steps.count, place <= json.count &- Self.countMaximum else { return nil }
    let step = steps[number]
    guard step.count > 0 else { return nil }
    var difference = (word(json, at: place) ^ step.words.0) & step.masks.0
    difference |= (word(json, at: place &+ 8) ^ step.words.1) & step.masks.1
    if step.count > 16 {
      difference |= (word(json, at: place &+ 16) ^ step.words.2) & step.masks.2
    }
    return difference == 0 ? step : nil
  }

  /// Remembers the bytes in front of a value.
  mutating func note(
    _ number: Int, _ key: LineReader.Key, _ json: Span<UInt8>, _ place: Int, count: Int
  ) {
    guard number < steps.count else { return }
    guard count <= Self.countMaximum, place <= json.count - Self.countMaximum else {
      steps[number].count = 0
      return
    }
    let masks = (
      firstBytes(min(count, 8)), firstBytes(min(max(count - 8, 0), 8)),
      firstBytes(max(count - 16, 0))
    )
    let words = (
      word(json, at: place) & masks.0, word(json, at: place + 8) & masks.1,
      word(json, at: place + 16) & masks.2
    )
    steps[number] = Step(words: words, masks: masks, count: count, key: key)
  }
}
