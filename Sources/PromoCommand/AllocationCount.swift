#if os(Linux)
  /// Whether allocations are being counted; off except while the benchmark measures, so that no
  /// two threads write the count.
  nonisolated(unsafe) private var isCounting = false
  nonisolated(unsafe) private var count: UInt64 = 0

  /// Stands before the C library's own function and counts the calls.
  @c(__wrap_malloc) public func countedAllocation(_ size: Int) -> UnsafeMutableRawPointer? {
    if isCounting { count &+= 1 }
    return libraryAllocation(size)
  }

  @_silgen_name("__real_malloc")
  private func libraryAllocation(_ size: Int) -> UnsafeMutableRawPointer?

  /// Allocations since the first question.
  func allocationCount() -> UInt64 {
    isCounting = true
    return count
  }
#endif
