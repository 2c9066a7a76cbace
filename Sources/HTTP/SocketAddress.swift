import CMicroHTTPD

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An address with a port, as the system wants it.
struct SocketAddress {
  private var version4 = sockaddr_in()
  private var version6 = sockaddr_in6()
  let isVersion6: Bool

  /// Reads `127.0.0.1` or `::1`; nil for anything else.
  init?(_ text: String, port: UInt16) {
    isVersion6 = text.contains(":")
    if isVersion6 {
      version6.sin6_family = sa_family_t(AF_INET6)
      version6.sin6_port = port.bigEndian
      guard inet_pton(AF_INET6, text, &version6.sin6_addr) == 1 else { return nil }
    } else {
      version4.sin_family = sa_family_t(AF_INET)
      version4.sin_port = port.bigEndian
      guard inet_pton(AF_INET, text, &version4.sin_addr) == 1 else { return nil }
    }
  }

  /// Lends the address as the system's functions want it, and its size.
  mutating func withSystemAddress<Result>(
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    let size = isVersion6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
    return withPointer { body($0.assumingMemoryBound(to: sockaddr.self), socklen_t(size)) }
  }

  /// The port that a socket is bound to.
  static func port(of socket: Int32) -> UInt16? {
    var address = sockaddr_in6()
    var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
    let isKnown = withUnsafeMutablePointer(to: &address) { place in
      place.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(socket, $0, &size) == 0
      }
    }
    // Both kinds of address have their port at one place.
    return isKnown ? UInt16(bigEndian: address.sin6_port) : nil
  }

  /// Lends the bytes of the address.
  mutating func withPointer<Result>(_ body: (UnsafeMutableRawPointer) -> Result) -> Result {
    isVersion6
      ? withUnsafeMutablePointer(to: &version6) { body(UnsafeMutableRawPointer($0)) }
      : withUnsafeMutablePointer(to: &version4) { body(UnsafeMutableRawPointer($0)) }
  }
}

/// The other side of a connection, without its port; empty when it is not known.
func address(of connection: OpaquePointer) -> String {
  guard let place = mhd_client(connection) else { return "" }
  let isVersion6 = place.pointee.sa_family == sa_family_t(AF_INET6)
  let size = isVersion6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
  var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
  guard
    getnameinfo(place, socklen_t(size), &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST) == 0
  else { return "" }
  return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
