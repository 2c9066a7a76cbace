#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Lets some time pass.
func pause(milliseconds: UInt32) { usleep(milliseconds * 1_000) }
