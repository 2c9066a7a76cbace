import Foundation

/// Time that was spent on a core, in seconds.
enum CPUClock {
  /// Of this thread.
  static var thread: Double { read(CLOCK_THREAD_CPUTIME_ID) }
  /// Of all threads of this process.
  static var process: Double { read(CLOCK_PROCESS_CPUTIME_ID) }

  private static func read(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
