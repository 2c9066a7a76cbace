import CommandKit

#if canImport(Glibc)
  runAndExit(countingAllocations: allocationCount)
#else
  runAndExit(countingAllocations: nil)
#endif
