import CommandKit

#if os(Linux)
  runAndExit(countingAllocations: allocationCount)
#else
  runAndExit(countingAllocations: nil)
#endif
