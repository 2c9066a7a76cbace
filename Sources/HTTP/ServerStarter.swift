import CMicroHTTPD
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the library's callbacks are handed: the server, once there is one.
final class ServerHook: Sendable {
  let server = Mutex<HTTPServer?>(nil)
}

/// Starts the library's daemon.
struct ServerStarter {
  let address: String
  let port: UInt16
  let certificate: HTTPServer.Certificate?

  /// The daemon, and what listens for it.
  func start(_ hook: ServerHook, _ limits: HTTPLimits) throws(HTTPServerError) -> (
    OpaquePointer, Listener
  ) {
    guard let place = SocketAddress(address, port: port) else { throw .badAddress(address) }
    guard let listener = Listener(on: place) else { throw .cannotListen("\(address):\(port)") }
    // The daemon keeps the hook as long as the process runs.
    let pointer = Unmanaged.passRetained(hook).toOpaque()
    var flags =
      MHD_USE_EPOLL_INTERNAL_THREAD.rawValue | MHD_ALLOW_SUSPEND_RESUME.rawValue
      | MHD_USE_ITC.rawValue | MHD_USE_NO_LISTEN_SOCKET.rawValue
    if certificate != nil { flags |= MHD_USE_TLS.rawValue }
    var texts: [UnsafeMutablePointer<CChar>] = []
    defer { for text in texts { free(text) } }
    var options = numbers(limits) + callbacks(pointer)
    if let certificate {
      for (option, text) in [
        (MHD_OPTION.HTTPS_MEM_KEY, certificate.key), (MHD_OPTION.HTTPS_MEM_CERT, certificate.chain),
      ] {
        guard let copy = strdup(text) else { throw .badCertificate("no memory") }
        texts.append(copy)
        options.append(MHD_OptionItem(option: option, value: 0, ptr_value: copy))
      }
    }
    options.append(MHD_OptionItem(option: MHD_OPTION.END, value: 0, ptr_value: nil))
    let daemon = options.withUnsafeMutableBufferPointer { items in
      mhd_start(flags, 0, answerConnection, pointer, items.baseAddress)
    }
    guard let daemon else {
      listener.abandon()
      Unmanaged<ServerHook>.fromOpaque(pointer).release()
      if certificate != nil { throw .badCertificate("it does not fit its key") }
      throw .cannotListen("\(address):\(port)")
    }
    return (daemon, listener)
  }

  private func numbers(_ limits: HTTPLimits) -> [MHD_OptionItem] {
    [
      (MHD_OPTION.THREAD_POOL_SIZE, limits.watchers),
      (MHD_OPTION.CONNECTION_LIMIT, limits.connectionsMaximum),
      (MHD_OPTION.PER_IP_CONNECTION_LIMIT, limits.connectionsPerAddressMaximum),
      // The server looks after who sends slowly, and answers; this is for who reads slowly.
      (MHD_OPTION.CONNECTION_TIMEOUT, 2 * limits.idleSecondsMaximum),
      // Half of it holds the head; the library keeps the other half for the answer's.
      (MHD_OPTION.CONNECTION_MEMORY_LIMIT, 2 * limits.headBytesMaximum),
      (MHD_OPTION.STRICT_FOR_CLIENT, 1),
    ].map { MHD_OptionItem(option: $0.0, value: $0.1, ptr_value: nil) }
  }

  private func callbacks(_ hook: UnsafeMutableRawPointer) -> [MHD_OptionItem] {
    let completed: MHD_RequestCompletedCallback = endExchange
    let connected: MHD_NotifyConnectionCallback = noteConnection
    let unescape:
      @convention(c) (
        UnsafeMutableRawPointer?, OpaquePointer?, UnsafeMutablePointer<CChar>?
      ) -> Int = keepEscapes
    return [
      MHD_OptionItem(
        option: MHD_OPTION.NOTIFY_COMPLETED, value: unsafeBitCast(completed, to: Int.self),
        ptr_value: hook),
      MHD_OptionItem(
        option: MHD_OPTION.NOTIFY_CONNECTION, value: unsafeBitCast(connected, to: Int.self),
        ptr_value: hook),
      MHD_OptionItem(
        option: MHD_OPTION.UNESCAPE_CALLBACK, value: unsafeBitCast(unescape, to: Int.self),
        ptr_value: nil),
    ]
  }
}
