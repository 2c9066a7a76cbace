/// Whether the clock on the wall has gone evenly for a while: one that jumped may jump back, and what
/// is settled by then stays settled.
struct ClockSteadiness {
  /// Seconds by which it may get ahead of a clock that never jumps, from one look to the next.
  private static let jumpSeconds: Int64 = 60
  /// Seconds that it has to go evenly at first, and after a jump.
  private static let restSeconds: Int64 = 300

  private var last: (wall: Int64, even: Int64)?
  private var jumpedAt: Int64?

  /// Looks at both clocks.
  ///
  /// - Parameters:
  ///   - wall: Seconds of the clock on the wall.
  ///   - even: Seconds of a clock that never jumps.
  mutating func isSteady(wall: Int64, even: Int64) -> Bool {
    // At first nothing is known: a machine may start with a clock that is put right later.
    let jump = last.map { abs((wall - $0.wall) - (even - $0.even)) } ?? .max
    if jump > Self.jumpSeconds { jumpedAt = even }
    last = (wall, even)
    return even - (jumpedAt ?? even) >= Self.restSeconds
  }
}
