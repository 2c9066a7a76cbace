import Testing

@testable import Service

@Suite("a clock on the wall") struct ClockSteadinessTests {
  @Test(
    "is believed while it goes evenly, at first and after a jump when it has done so for five minutes"
  )
  func jumps() {
    var clock = ClockSteadiness()
    let year: Int64 = 31_536_000
    let looks: [(wall: Int64, even: Int64, isSteady: Bool)] = [
      (700, -300, false), (999, -1, false), (1_000, 0, true), (1_012, 10, true),
      (1_022 + year, 20, false), (1_032 + year, 30, false),
      // It jumps back, which is another jump.
      (1_042, 40, false), (1_341, 339, false), (1_342, 340, true), (1_352, 350, true),
    ]
    for look in looks {
      let isSteady = clock.isSteady(wall: look.wall, even: look.even)
      #expect(isSteady == look.isSteady, "\(look)")
    }
  }
}
