import CMicroHTTPD

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A socket that others connect to.
///
/// The library can listen itself, but then whichever of its threads wakes first takes a connection,
/// and one of them may have all that are kept open while the others have nothing to do. Connections
/// that are handed to it are dealt out in turn.
struct Listener: Sendable {
  private let socket: Int32
  /// The port it listens on.
  let port: UInt16

  /// Listens on an address; nil when the system does not let it.
  init?(on place: SocketAddress) {
    var place = place
    let socket = openSocket(place.isVersion6)
    guard socket >= 0 else { return nil }
    _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
    var yes: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, size)
    if place.isVersion6 {
      setsockopt(socket, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &yes, size)
    }
    let isBound = place.withSystemAddress { bind(socket, $0, $1) == 0 }
    guard isBound, listen(socket, SOMAXCONN) == 0, fcntl(socket, F_SETFL, O_NONBLOCK) == 0,
      let port = SocketAddress.port(of: socket)
    else {
      close(socket)
      return nil
    }
    self.socket = socket
    self.port = port
  }

  /// Hands every connection to the library until the listener is stopped.
  func accept(into daemon: OpaquePointer) {
    var waiting = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    while true {
      guard poll(&waiting, 1, -1) >= 0 else { continue }
      guard waiting.revents & Int16(POLLHUP | POLLNVAL) == 0 else { break }
      guard waiting.revents & Int16(POLLERR) == 0 else {
        forgetError()
        continue
      }
      var address = sockaddr_storage()
      var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
      withUnsafeMutablePointer(to: &address) { place in
        place.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
          let client = acceptSocket(socket, place, &size)
          // The library closes what it does not take.
          if client >= 0 {
            _ = MHD_add_connection(daemon, client, place, size)
          }
          // Without room for another connection the system wakes again at once.
          else if errno == EMFILE || errno == ENFILE || errno == ENOMEM {
            usleep(10_000)
          }
        }
      }
    }
    close(socket)
  }

  /// Takes an error of the socket off it; a listener has none that lasts.
  private func forgetError() {
    var error: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size)
  }

  /// Refuses connections from now on, and lets `accept` end.
  func stop() { shutdown(socket, Int32(SHUT_RDWR)) }

  /// Lets go of a listener that accepts nothing.
  func abandon() { close(socket) }
}

/// Named so that the members above do not hide the system's functions.
private func acceptSocket(
  _ socket: Int32, _ address: UnsafeMutablePointer<sockaddr>, _ size: inout socklen_t
) -> Int32 {
  accept(socket, address, &size)
}

private func openSocket(_ isVersion6: Bool) -> Int32 {
  #if canImport(Glibc)
    let kind = Int32(SOCK_STREAM.rawValue)
  #else
    let kind = SOCK_STREAM
  #endif
  return socket(isVersion6 ? AF_INET6 : AF_INET, kind, 0)
}
