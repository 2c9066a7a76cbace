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
    // Without a flag to restart it, a read that waits for a slow program stops waiting.
    var action = sigaction()
    #if canImport(Glibc)
      action.__sigaction_handler.sa_handler = noteInterrupt
    #elseif canImport(Musl)
      action.__sa_handler.sa_handler = noteInterrupt
    #else
      action.__sigaction_u.__sa_handler = noteInterrupt
    #endif
    _ = sigaction(SIGINT, &action, nil)
  }

  fileprivate static func note() { isRequested.store(true, ordering: .relaxed) }
}

/// Notes the request and gives the next interrupt its usual, deadly meaning.
private func noteInterrupt(_ number: Int32) {
  Interrupts.note()
  _ = signal(number, SIG_DFL)
}
