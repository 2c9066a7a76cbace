#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The bounds on what a client may send and keep open.
public struct HTTPLimits: Hashable, Sendable {
  /// Bytes of one body: 32 MiB, as a cart of 100,000 lines may take.
  public var bodyBytesMaximum = 33_554_432
  /// Bytes of the request line and all headers: 16 KiB. A connection keeps twice as many, which the
  /// library clears for each request.
  public var headBytesMaximum = 16_384
  /// Bytes of all bodies that are being read or answered at once: 256 MiB.
  public var bytesInFlightMaximum = 268_435_456
  /// Connections open at once, by everybody.
  public var connectionsMaximum = 4_000
  /// Connections open at once, by one address.
  public var connectionsPerAddressMaximum = 500
  /// Seconds a connection may say nothing; a request whose head takes longer is answered 408.
  public var idleSecondsMaximum = 10
  /// Seconds from the head of a request to its last byte; then it is answered 408.
  public var readingSecondsMaximum = 30
  /// Threads that watch sockets: one for each processor, and from 2 to 16.
  public var watchers = min(max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN))), 16)
  /// Requests answered at once; others wait their turn.
  public var workers = 64
  /// Requests that wait for a worker; further ones are answered 503.
  public var waitingMaximum = 1_024
  /// Seconds that requests in flight are given when the server stops.
  public var stoppingSecondsMaximum = 10

  /// The bounds that hold unless told otherwise.
  public init() {}
}
