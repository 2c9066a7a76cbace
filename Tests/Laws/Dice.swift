/// Seeded chance: the same seed throws the same numbers on any machine.
///
/// - Source: the splitmix64 generator of Steele, Lea and Flood.
package struct Dice {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number of a range, all equally likely.
  mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  /// Whether something happens that does so often in a hundred throws.
  mutating func happens(_ percent: Int) -> Bool { number(1...100) <= percent }

  /// One of some values, all equally likely.
  mutating func one<Value>(of values: [Value]) -> Value { values[number(0...values.count - 1)] }

  /// Some of the values, each as likely to be there as not.
  mutating func some<Value>(of values: [Value]) -> [Value] { values.filter { _ in happens(50) } }
}
