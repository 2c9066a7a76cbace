#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The clocks of the system, in nanoseconds.
enum Clock {
  /// Time that this process has had on any core.
  static var process: Double { read(CLOCK_PROCESS_CPUTIME_ID) }
  /// Time that this thread has had on any core.
  static var thread: Double { read(CLOCK_THREAD_CPUTIME_ID) }
  /// Time that has gone by.
  static var wall: Double { read(CLOCK_MONOTONIC) }

  private static func read(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }
}
