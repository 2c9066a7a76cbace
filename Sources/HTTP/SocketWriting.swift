#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes a short answer beside the library, and waits for nobody to take it.
func sendAtOnce(_ response: HTTPResponse, on socket: Int32) {
  var head = "HTTP/1.1 \(response.status) Request Timeout\r\nConnection: close\r\n"
  for header in response.headers { head += "\(header.name): \(header.value)\r\n" }
  head += "Content-Length: \(response.body.count)\r\n\r\n"
  let bytes = Array(head.utf8) + response.body
  #if canImport(Darwin)
    _ = send(socket, bytes, bytes.count, Int32(MSG_DONTWAIT))
  #else
    _ = send(socket, bytes, bytes.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
  #endif
}
