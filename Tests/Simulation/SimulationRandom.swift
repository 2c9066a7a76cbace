/// Numbers that a seed decides; the same on every machine.
package struct SimulationRandom: Sendable {
  private var state: UInt64

  /// The numbers of a seed.
  package init(seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

  /// The next number of SplitMix64.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number of a range.
  package mutating func number(_ range: ClosedRange<Int64>) -> Int64 {
    range.lowerBound + Int64(next() % UInt64(range.upperBound - range.lowerBound + 1))
  }

  /// Whether something happens that does so once in some times.
  package mutating func happens(onceIn times: UInt64) -> Bool { next() % times == 0 }

  /// One of several things; there is at least one.
  package mutating func pick<Element>(_ things: [Element]) -> Element {
    pick(things, last: things.count)
  }

  /// One of the last of several things; there is at least one.
  package mutating func pick<Element>(_ things: [Element], last count: Int) -> Element {
    let count = min(count, things.count)
    return things[things.count - count + Int(next() % UInt64(count))]
  }
}
