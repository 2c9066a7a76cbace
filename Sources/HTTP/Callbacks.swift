import CMicroHTTPD
import Synchronization

/// What the library calls when a connection opens or closes: its first request must come in time.
func noteConnection(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ socketContext: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ code: MHD_ConnectionNotificationCode
) {
  guard let server = server(behind: context), let connection else { return }
  server.note(mhd_socket(connection), isOpen: code == .CONNECTION_NOTIFY_STARTED)
}

/// What the library calls when a request is over, answered or not.
func endExchange(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ place: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ code: MHD_RequestTerminationCode
) {
  guard let place, let pointer = place.pointee else { return }
  let exchange = Unmanaged<Exchange>.fromOpaque(pointer).takeRetainedValue()
  place.pointee = nil
  guard let server = server(behind: context) else { return }
  server.end(exchange)
}

/// What the library calls instead of decoding percent signs: they are decoded after the path is split.
func keepEscapes(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ text: UnsafeMutablePointer<CChar>?
) -> Int {
  guard let text else { return 0 }
  var count = 0
  while text[count] != 0 { count += 1 }
  return count
}

/// What the library calls for the head of a request, for each part of its body, and at its end.
func answerConnection(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ url: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?,
  _ upload: UnsafePointer<CChar>?, _ uploadSize: UnsafeMutablePointer<Int>?,
  _ place: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let server = server(behind: context), let connection, let url, let method, let version,
    let uploadSize, let place
  else { return .NO }
  guard let pointer = place.pointee else {
    let exchange = Exchange(
      connection, method: String(cString: method), path: String(cString: url),
      line: HeadLayout.Part(from: method, to: version), at: monotonicSeconds())
    place.pointee = Unmanaged.passRetained(exchange).toOpaque()
    return server.begin(exchange)
  }
  let exchange = Unmanaged<Exchange>.fromOpaque(pointer).takeUnretainedValue()
  guard uploadSize.pointee == 0 else {
    let count = uploadSize.pointee
    uploadSize.pointee = 0
    guard let upload else { return .NO }
    return upload.withMemoryRebound(to: UInt8.self, capacity: count) {
      server.add(UnsafeBufferPointer(start: $0, count: count), to: exchange)
    }
  }
  return server.finish(exchange)
}

private func server(behind context: UnsafeMutableRawPointer?) -> HTTPServer? {
  context.flatMap {
    Unmanaged<ServerHook>.fromOpaque($0).takeUnretainedValue().server.withLock { $0 }
  }
}
