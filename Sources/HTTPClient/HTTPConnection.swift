import CCurl

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Sends one request after another, over one connection while both sides keep it.
///
/// It belongs to one thread at a time.
public final class HTTPConnection {
  private let client: HTTPClient
  private let transfer: UnsafeMutableRawPointer?

  /// A connection that is opened by the first request.
  public init(_ client: HTTPClient) {
    self.client = client
    transfer = isLibraryReady ? curl_easy_init() : nil
  }

  deinit { if let transfer { curl_easy_cleanup(transfer) } }

  /// Sends a body with POST and waits for the answer.
  public func post(_ body: [UInt8], to address: WebAddress, headers: [(String, String)])
    throws(HTTPClient.Failure) -> HTTPClient.Answer
  {
    guard let transfer else { throw .connection("the library can not be used") }
    curl_easy_reset(transfer)
    var list: UnsafeMutablePointer<curl_slist>?
    defer { curl_slist_free_all(list) }
    // An empty `Expect` has the body sent at once.
    for (name, value) in headers + [("Expect", "")] {
      let line = value.isEmpty ? "\(name):" : "\(name): \(value)"
      guard let longer = curl_slist_append(list, line) else { throw .connection("no memory") }
      list = longer
    }
    let exchange = Exchange(client.bodyBytesMaximum, reachesPrivate: client.reachesPrivate)
    let context = Unmanaged.passUnretained(exchange).toOpaque()
    let code = withExtendedLifetime(exchange) {
      body.withUnsafeBytes { bytes in
        set(transfer, address, list, context, bytes) ?? curl_easy_perform(transfer)
      }
    }
    let status = Int(curl_status(transfer))
    if code == CURLE_OK || code == CURLE_WRITE_ERROR && exchange.isCut {
      return HTTPClient.Answer(status: status, body: exchange.body, isCut: exchange.isCut)
    }
    if exchange.wasPrivate { throw .privateAddress }
    if code == CURLE_OPERATION_TIMEDOUT { throw .timeout }
    throw .connection(String(cString: curl_easy_strerror(code)))
  }

  /// Sets everything; nil when all of it was taken.
  private func set(
    _ transfer: UnsafeMutableRawPointer, _ address: WebAddress,
    _ headers: UnsafeMutablePointer<curl_slist>?, _ context: UnsafeMutableRawPointer,
    _ body: UnsafeRawBufferPointer
  ) -> CURLcode? {
    let empty = UnsafeRawPointer(context)
    let codes = [
      curl_set_text(transfer, CURLOPT_URL, address.text),
      curl_set_text(transfer, CURLOPT_PROTOCOLS_STR, "http,https"),
      curl_set_text(transfer, CURLOPT_PROXY, ""),
      curl_set_text(transfer, CURLOPT_USERAGENT, "promo-server"),
      curl_set_number(transfer, CURLOPT_FOLLOWLOCATION, 0),
      curl_set_number(transfer, CURLOPT_NOSIGNAL, 1),
      curl_set_number(transfer, CURLOPT_TIMEOUT_MS, client.timeoutMilliseconds),
      curl_set_number(transfer, CURLOPT_POST, 1),
      curl_set_size(transfer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)),
      curl_set_pointer(transfer, CURLOPT_POSTFIELDS, body.baseAddress ?? empty),
      curl_set_headers(transfer, headers),
      curl_set_receiver(transfer, receivePart, context),
      curl_set_opener(transfer, openSocket, context),
    ]
    return codes.first { $0 != CURLE_OK }
  }
}

/// The library is made ready once, before the first use by any thread.
private let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
