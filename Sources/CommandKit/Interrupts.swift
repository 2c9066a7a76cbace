import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Requests to stop; long work looks at them between pieces.
enum Interrupts {
  private static let isRequested = Atomic<Bool>(false)

  /// Whether somebody asked the command to stop.
  static var wasRequested: Bool { isRequested.load(ordering: .relaxed) }

  /// Lets the first interrupt ask for a clean end and the second one end the process.
  static func watch() {
    // Looked at once, so that the handler finds it in place.
    _ = wasRequested
    _ = signal(SIGINT, noteInterrupt)
  }

  fileprivate static func note() { isRequested.store(true, ordering: .relaxed) }
}

/// Notes the request and gives the next interrupt its usual, deadly meaning.
private func noteInterrupt(_ number: Int32) {
  Interrupts.note()
  _ = signal(number, SIG_DFL)
}
