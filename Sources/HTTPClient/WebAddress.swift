import CCurl

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where a request can be sent: a URL of http or https with a host.
public struct WebAddress: Hashable, Sendable {
  /// The URL as it was given.
  public let text: String
  /// The name or the number of the host, in its usual form.
  public let host: String
  /// Whether what is sent can not be read on the way.
  public let isSecure: Bool

  /// The most bytes of a URL.
  public static let bytesMaximum = 2_000

  /// Reads a URL; nil for another scheme, a URL with a name and a password, or no URL.
  public init?(_ text: String) {
    guard text.utf8.count <= Self.bytesMaximum, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
      let url = curl_url()
    else { return nil }
    defer { curl_url_cleanup(url) }
    guard curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK,
      let scheme = Self.part(CURLUPART_SCHEME, of: url), ["http", "https"].contains(scheme),
      Self.part(CURLUPART_USER, of: url) == nil, Self.part(CURLUPART_PASSWORD, of: url) == nil,
      let host = Self.part(CURLUPART_HOST, of: url), !host.isEmpty
    else { return nil }
    self.text = text
    self.host = host
    isSecure = scheme == "https"
  }

  /// Whether the host is written as an address of this machine or its own network.
  ///
  /// Nobody is asked what a name stands for: that is looked at each time a connection is opened.
  public var isPrivate: Bool {
    var name = host
    if name.hasPrefix("["), name.hasSuffix("]") { name = String(name.dropFirst().dropLast()) }
    while name.hasSuffix(".") { name.removeLast() }
    if name.lowercased() == "localhost" || name.lowercased().hasSuffix(".localhost") { return true }
    var hints = addrinfo()
    hints.ai_flags = AI_NUMERICHOST
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(name, nil, &hints, &found) == 0 else { return false }
    defer { freeaddrinfo(found) }
    var next = found
    while let info = next {
      if let address = info.pointee.ai_addr, AddressRanges.isPrivate(address) { return true }
      next = info.pointee.ai_next
    }
    return false
  }

  private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(url, part, &text, 0) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }
}
