#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a thread does, carried to it.
private final class ThreadWork: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

#if canImport(Darwin)
  private func runThread(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<ThreadWork>.fromOpaque(pointer).takeRetainedValue().body()
    return nil
  }
#else
  private func runThread(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let pointer else { return nil }
    Unmanaged<ThreadWork>.fromOpaque(pointer).takeRetainedValue().body()
    return nil
  }
#endif

/// Starts a thread of the system that ends by itself; false when the system gives none.
func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  let work = Unmanaged.passRetained(ThreadWork(body)).toOpaque()
  #if canImport(Darwin)
    var thread: pthread_t?
    let code = pthread_create(&thread, nil, runThread, work)
    if let thread, code == 0 { pthread_detach(thread) }
  #else
    var thread = pthread_t()
    let code = pthread_create(&thread, nil, runThread, work)
    if code == 0 { pthread_detach(thread) }
  #endif
  if code != 0 { Unmanaged<ThreadWork>.fromOpaque(work).release() }
  return code == 0
}
