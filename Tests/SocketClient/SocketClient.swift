#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A client that sends bytes as they are, so that wrong ones can be sent.
package final class SocketClient {
  /// What came back.
  package struct Answer {
    /// Such as 200.
    package var status: Int
    /// The status line and the headers.
    package var head: String
    /// As many bytes as the head announces.
    package var body: [UInt8]
  }

  private let socketNumber: Int32
  private var received: [UInt8] = []
  /// Whether the other side has closed the connection, as far as was read.
  package private(set) var isClosed = false

  /// Connects to a port of this machine; nil when nobody listens.
  package init?(port: UInt16, patienceSeconds: Int = 20) {
    #if canImport(Darwin)
      socketNumber = socket(AF_INET, SOCK_STREAM, 0)
    #else
      socketNumber = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
    var patience = timeval(tv_sec: patienceSeconds, tv_usec: 0)
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
  package func send(_ text: String) -> Bool { send(bytes: Array(text.utf8)) }

  /// Sends bytes as they are; false when the other side has closed.
  @discardableResult
  package func send(bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { sendSome($0.baseAddress, $0.count) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Says that nothing more is sent.
  package func finish() { shutdown(socketNumber, Int32(SHUT_WR)) }

  /// Sends one request with a body and waits for its answer; nil when the other side is gone.
  package func ask(
    _ method: String, _ target: String, headers: [String] = [], body: String = ""
  ) -> Answer? {
    let head =
      ["\(method) \(target) HTTP/1.1", "Host: localhost"] + headers
      + (body.isEmpty && method == "GET" ? [] : ["Content-Length: \(body.utf8.count)"])
    guard send(head.joined(separator: "\r\n") + "\r\n\r\n" + body) else { return nil }
    return answer(hasBody: method != "HEAD")
  }

  /// Waits for the next answer; nil when the other side is gone before it is whole.
  package func answer(hasBody: Bool = true) -> Answer? {
    var end = endOfHead()
    while end == nil, receiveMore() { end = endOfHead() }
    guard let end else { return nil }
    let head = String(decoding: received[..<end], as: UTF8.self)
    received.removeFirst(end + 4)
    let status = Int(head.dropFirst(9).prefix(3)) ?? 0
    let length = head.split(separator: "\r\n").lazy.compactMap { line -> Int? in
      let sides = line.split(separator: ":", maxSplits: 1)
      guard sides.count == 2, sides[0].lowercased() == "content-length" else { return nil }
      return Int(sides[1].filter { $0 != " " })
    }.first
    let count = hasBody ? length ?? 0 : 0
    while received.count < count { guard receiveMore() else { return nil } }
    defer { received.removeFirst(count) }
    return Answer(status: status, head: head, body: Array(received.prefix(count)))
  }

  /// What comes until a text has come, the other side closes, or patience ends.
  package func receive(until end: String? = nil) -> String {
    while true {
      let text = String(decoding: received, as: UTF8.self)
      if let end, text.contains(end) { return text }
      guard receiveMore() else { return text }
    }
  }

  private func endOfHead() -> Int? {
    guard received.count >= 4 else { return nil }
    return (0...received.count - 4).first { received[$0..<$0 + 4].elementsEqual([13, 10, 13, 10]) }
  }

  private func receiveMore() -> Bool {
    var part = [UInt8](repeating: 0, count: 65_536)
    let count = recv(socketNumber, &part, part.count, 0)
    isClosed = count == 0 || count < 0 && errno == ECONNRESET
    guard count > 0 else { return false }
    received += part.prefix(count)
    return true
  }

  private func sendSome(_ start: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Darwin)
      write(socketNumber, start, count)
    #else
      Glibc.send(socketNumber, start, count, Int32(MSG_NOSIGNAL))
    #endif
  }
}
