import Foundation

/// Where numbers stand on an axis of powers of ten.
struct Scale {
  /// The powers of ten that the axis shows, from the one below the least number.
  let powers: ClosedRange<Int>
  let start: Double
  let end: Double

  /// An axis for some numbers above zero, between two places.
  init(_ numbers: [Double], from start: Double, to end: Double) {
    let logarithms = numbers.map { log10($0) }
    let low = Int((logarithms.min() ?? 0).rounded(.down))
    powers = low...max(low + 1, Int((logarithms.max() ?? 1).rounded(.up)))
    self.start = start
    self.end = end
  }

  /// The place of a number.
  func place(_ number: Double) -> Double {
    let part = (log10(number) - Double(powers.lowerBound)) / Double(powers.count - 1)
    return start + part * (end - start)
  }
}
