#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Lets some time pass.
func pause(milliseconds: UInt32) { usleep(milliseconds * 1_000) }

/// The status of an answer; 0 for none.
func status(of answer: String) -> Int {
  answer.hasPrefix("HTTP/1.") ? Int(answer.dropFirst(9).prefix(3)) ?? 0 : 0
}
