/// A line on the error stream that says how far long work has come.
///
/// It appears only where a person looks, and only after half a second of work.
struct Progress {
  private let console: Console
  private let what: String
  private let startedAt: Int64
  private var shownAt: Int64 = 0
  private var isShown = false

  private static let patience: Int64 = 500_000_000
  private static let interval: Int64 = 100_000_000

  /// Progress of work on things of a kind, such as `carts`.
  init(of what: String, _ console: Console) {
    self.what = what
    self.console = console
    startedAt = console.monotonicNanoseconds()
  }

  /// Says how many things are done, and how large a part of all the work that is.
  ///
  /// - Parameters:
  ///   - count: Things done.
  ///   - part: Work done and all the work, in any unit; nil where the end is not known.
  mutating func update(count: Int, part: (done: Int, all: Int)?) {
    guard console.error.isTerminal else { return }
    let now = console.monotonicNanoseconds()
    guard now - startedAt >= Self.patience, now - shownAt >= Self.interval else { return }
    shownAt = now
    isShown = true
    console.error.write("\r\u{1B}[K" + line(count: count, part: part, elapsed: now - startedAt))
  }

  /// Takes the line away.
  mutating func finish() {
    if isShown { console.error.write("\r\u{1B}[K") }
    isShown = false
  }

  /// Nanoseconds since the work began.
  var elapsed: Int64 { max(1, console.monotonicNanoseconds() - startedAt) }

  private func line(count: Int, part: (done: Int, all: Int)?, elapsed: Int64) -> String {
    var line = "\(grouped(count)) \(what), \(grouped(rate(count, per: elapsed)))/s"
    if let part, part.all > 0, part.done > 0 {
      line += ", \(part.done * 100 / part.all)%"
      let milliseconds = Int(elapsed / 1_000_000)
      let left = (part.all - part.done) * milliseconds / part.done
      line += ", \(duration(seconds: (left + 999) / 1000)) left"
    }
    return line
  }
}

/// Things in a second, from things in some nanoseconds.
func rate(_ count: Int, per nanoseconds: Int64) -> Int {
  let product = UInt64(max(0, count)).multipliedFullWidth(by: 1_000_000_000)
  let divisor = UInt64(max(1, nanoseconds))
  guard product.high < divisor else { return .max }
  return Int(clamping: divisor.dividingFullWidth(product).quotient)
}

/// A number with its digits in groups of three.
func grouped(_ number: Int) -> String {
  var result = ""
  for (index, digit) in String(number.magnitude).reversed().enumerated() {
    if index > 0, index % 3 == 0 { result.append(",") }
    result.append(digit)
  }
  return (number < 0 ? "-" : "") + String(result.reversed())
}

/// Seconds as `42 s`, `3 min 05 s`.
func duration(seconds: Int) -> String {
  guard seconds >= 60 else { return "\(seconds) s" }
  let rest = seconds % 60
  return "\(seconds / 60) min \(rest < 10 ? "0" : "")\(rest) s"
}
