/// Numbers that follow from a seed: splitmix64, the same on every machine.
struct Dice {
  private var state: UInt64

  /// Numbers that follow from a seed.
  init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A whole number of a range; the small bias of the remainder is part of the workloads.
  mutating func next(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + next(below: range.count)
  }

  /// A whole number below a bound.
  mutating func next(below bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
