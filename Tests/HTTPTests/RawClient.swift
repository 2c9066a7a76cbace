#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A client that sends bytes as they are, so that wrong ones can be sent.
final class RawClient {
  private let socketNumber: Int32

  /// Connects to a port of this machine; nil when nobody listens.
  init?(port: UInt16) {
    #if canImport(Darwin)
      socketNumber = socket(AF_INET, SOCK_STREAM, 0)
    #else
      socketNumber = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(
      socketNumber, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    let code = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socketNumber, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard code == 0 else { return nil }
  }

  deinit { close(socketNumber) }

  /// Sends a text; false when the other side has closed.
  @discardableResult
  func send(_ text: String) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { sendSome($0.baseAddress, $0.count) }
      guard count > 0 else { return false }
      bytes = bytes.dropFirst(count)
    }
    return true
  }

  private func sendSome(_ start: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Darwin)
      write(socketNumber, start, count)
    #else
      Glibc.send(socketNumber, start, count, Int32(MSG_NOSIGNAL))
    #endif
  }

  /// What comes until a text has come, the other side closes, or patience ends.
  func receive(until end: String? = nil) -> String {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(socketNumber, &part, part.count, 0)
      guard count > 0 else { break }
      bytes += part.prefix(count)
      if let end, String(decoding: bytes, as: UTF8.self).contains(end) { break }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The status of an answer; 0 for none.
func status(of answer: String) -> Int {
  answer.hasPrefix("HTTP/1.") ? Int(answer.dropFirst(9).prefix(3)) ?? 0 : 0
}
