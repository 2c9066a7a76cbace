import CMicroHTTPD
import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a server does not start.
public enum HTTPServerError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The address is none of this machine.
  case badAddress(String)
  /// The port is taken, or may not be used.
  case cannotListen(String)
  /// The certificate or its key can not be used.
  case badCertificate(String)

  /// What is wrong, for people.
  public var description: String {
    switch self {
    case .badAddress(let text): "\(text) is no address to listen on"
    case .cannotListen(let text): "can not listen on \(text)"
    case .badCertificate(let text): "the certificate can not be used: \(text)"
    }
  }
}

/// An HTTP/1.1 server: it reads whole requests and sends whole answers.
///
/// Sockets are watched by few threads; answers are made by others, which may wait for the disk.
public final class HTTPServer: Sendable {
  /// Makes the answer to a request; called on many threads at once.
  public typealias Handler = @Sendable (HTTPRequest) -> HTTPResponse
  /// Says of a request that its answer waits for nothing and takes no longer than to hand it over.
  public typealias Judge = @Sendable (HTTPRequest) -> Bool

  /// A certificate and its key, both in PEM.
  public struct Certificate: Sendable {
    /// The certificates, the server's own first.
    public var chain: String
    /// The private key.
    public var key: String
    /// A certificate.
    public init(chain: String, key: String) {
      self.chain = chain
      self.key = key
    }
  }

  /// When somebody has to have sent more.
  struct Deadline {
    var second: Int64
    /// Whether a request is expected, so that its absence is worth an answer.
    var isOfRequest: Bool
  }

  struct State {
    var inFlight = 0
    /// Of those, how many wait for a worker's answer.
    var suspended = 0
    var bytesInFlight = 0
    /// By socket, when more of what it sends must be there.
    var deadlines: [Int32: Deadline] = [:]
    /// Sockets that were told that they are too late.
    var late: Set<Int32> = []
    var isStopping = false

    /// Expects more of a socket within a time, or nothing for now; false when it is too late.
    mutating func expect(_ deadline: Deadline?, on socket: Int32) -> Bool {
      guard late.isEmpty || !late.contains(socket) else { return false }
      deadlines[socket] = deadline
      return true
    }
  }

  let limits: HTTPLimits
  let handler: Handler
  let isQuick: Judge
  let state = Mutex(State())
  let workers: WorkerPool
  /// Whether what is sent is sealed, so that nothing can be written beside the library.
  private let isSecure: Bool
  /// The port it listens on.
  public let port: UInt16
  private nonisolated(unsafe) let daemon: OpaquePointer
  private let listener: Listener
  /// Left when no connection is handed to the daemon any more.
  private let accepting = DispatchGroup()
  private let hook = ServerHook()

  /// Starts to listen.
  ///
  /// - Parameters:
  ///   - address: An IPv4 or IPv6 address of this machine, such as `127.0.0.1`.
  ///   - port: 0 for any that is free.
  ///   - certificate: To speak TLS; nil to speak plainly.
  ///   - isQuick: Which requests are answered by the threads that watch sockets, at once; all others
  ///     are answered by threads that may wait.
  /// - Throws: `badAddress`, `cannotListen`, `badCertificate`.
  public init(
    address: String, port: UInt16, certificate: Certificate? = nil, limits: HTTPLimits = .init(),
    isQuick: @escaping Judge = { _ in false }, handler: @escaping Handler
  ) throws(HTTPServerError) {
    self.limits = limits
    self.handler = handler
    self.isQuick = isQuick
    isSecure = certificate != nil
    workers = WorkerPool(count: limits.workers, waitingMaximum: limits.waitingMaximum)
    let starter = ServerStarter(address: address, port: port, certificate: certificate)
    (daemon, listener) = try starter.start(hook, limits)
    self.port = listener.port
    hook.server.withLock { $0 = self }
    let isRunning = workers.start() && startThread { self.closeSlowConnectionsUntilStopped() }
    accepting.enter()
    let isAccepting = startThread {
      self.listener.accept(into: self.daemon)
      self.accepting.leave()
    }
    if !isAccepting { accepting.leave() }
    guard isRunning, isAccepting else {
      stop()
      throw .cannotListen("\(address):\(port): the system gives no more threads")
    }
  }

  /// Stops to listen, lets what is being answered be answered, and closes everything.
  public func stop() {
    let isFirst = state.withLock { state in
      defer { state.isStopping = true }
      return !state.isStopping
    }
    guard isFirst else { return }
    listener.stop()
    accepting.wait()
    let end = monotonicSeconds() + Int64(limits.stoppingSecondsMaximum)
    while state.withLock({ $0.inFlight }) > 0, monotonicSeconds() < end { usleep(5_000) }
    // Answers that were handed over still have to leave.
    usleep(20_000)
    workers.stop()
    // Who reads or writes slowly is cut off; an answer that is being made is waited for.
    while state.withLock({ $0.suspended }) > 0 { usleep(5_000) }
    MHD_stop_daemon(daemon)
    // Nobody asks any more, so that whatever answers can go.
    hook.server.withLock { $0 = nil }
  }

  private func closeSlowConnectionsUntilStopped() {
    while closeSlowConnections() { usleep(500_000) }
  }

  /// Answers 408 on sockets whose request did not come in time, and reads no more of them.
  ///
  /// - Returns: Whether the server still runs.
  private func closeSlowConnections() -> Bool {
    let now = monotonicSeconds()
    return state.withLock { state in
      for (socket, deadline) in state.deadlines where deadline.second <= now {
        // Nobody else writes now: the library waits for the request, and drops it when it comes.
        if deadline.isOfRequest, !isSecure { sendAtOnce(requestTimeout, on: socket) }
        shutdown(socket, Int32(SHUT_RD))
        state.deadlines[socket] = nil
        state.late.insert(socket)
      }
      return !state.isStopping
    }
  }
}

/// Seconds of a clock that never goes back.
func monotonicSeconds() -> Int64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Int64(time.tv_sec)
}
