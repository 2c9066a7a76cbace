import CCurl

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the library's calls back leave behind; used by the thread that waits for them alone.
final class Exchange {
  let bodyBytesMaximum: Int
  let reachesPrivate: Bool
  var body: [UInt8] = []
  var isCut = false
  var wasPrivate = false

  init(_ bodyBytesMaximum: Int, reachesPrivate: Bool) {
    self.bodyBytesMaximum = bodyBytesMaximum
    self.reachesPrivate = reachesPrivate
  }
}

/// What the library calls with each part of a body.
func receivePart(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let bytes, let context else { return 0 }
  let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
  let left = exchange.bodyBytesMaximum - exchange.body.count
  let part = UnsafeRawBufferPointer(start: bytes, count: size * count)
  exchange.body += part.prefix(left)
  exchange.isCut = part.count > left
  return exchange.isCut ? 0 : part.count
}

/// What the library calls for a socket to an address it found.
func openSocket(
  _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype,
  _ target: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
  guard let context, let target, let address = curl_address(target) else {
    return curl_bad_socket()
  }
  let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
  guard exchange.reachesPrivate || !AddressRanges.isPrivate(address) else {
    exchange.wasPrivate = true
    return curl_bad_socket()
  }
  return socket(target.pointee.family, target.pointee.socktype, target.pointee.protocol)
}
