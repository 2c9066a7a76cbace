import CCurl

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Sends requests to other people's servers, one after another on each thread.
///
/// It follows no redirection, asks no proxy, and, unless told otherwise, opens no connection to an
/// address of this machine or its own network, whatever a name is said to stand for.
public struct HTTPClient: Sendable {
  /// Whether servers of this machine and its network may be asked.
  public var reachesPrivate: Bool
  /// How long a whole exchange may take, in milliseconds.
  public var timeoutMilliseconds: Int
  /// How many bytes of an answer's body are kept; what comes after them is not read.
  public var bodyBytesMaximum: Int

  /// A client.
  public init(
    reachesPrivate: Bool = false, timeoutMilliseconds: Int = 5_000, bodyBytesMaximum: Int = 65_536
  ) {
    self.reachesPrivate = reachesPrivate
    self.timeoutMilliseconds = timeoutMilliseconds
    self.bodyBytesMaximum = bodyBytesMaximum
  }

  /// What came back.
  public struct Answer: Hashable, Sendable {
    /// Such as 204.
    public var status: Int
    /// As much of the body as is kept.
    public var body: [UInt8]
    /// Whether the body was longer.
    public var isCut: Bool
  }

  /// Why nothing came back.
  public enum Failure: Error, Hashable, Sendable {
    /// The address is of this machine or its network.
    case privateAddress
    /// It took too long.
    case timeout
    /// The connection could not be made, or broke; the text is for people.
    case connection(String)
  }

  /// Sends a body with POST and waits for the answer.
  public func post(_ body: [UInt8], to address: WebAddress, headers: [(String, String)])
    throws(Failure) -> Answer
  {
    guard isLibraryReady, let transfer = curl_easy_init() else {
      throw .connection("the library can not be used")
    }
    defer { curl_easy_cleanup(transfer) }
    var list: UnsafeMutablePointer<curl_slist>?
    defer { curl_slist_free_all(list) }
    // An empty `Expect` has the body sent at once.
    for (name, value) in headers + [("Expect", "")] {
      guard let longer = curl_slist_append(list, value.isEmpty ? "\(name):" : "\(name): \(value)")
      else { throw .connection("no memory") }
      list = longer
    }
    let exchange = Exchange(bodyBytesMaximum, reachesPrivate: reachesPrivate)
    let context = Unmanaged.passUnretained(exchange).toOpaque()
    let code = withExtendedLifetime(exchange) {
      body.withUnsafeBytes { bytes in
        set(transfer, address, list, context, bytes) ?? curl_easy_perform(transfer)
      }
    }
    let status = Int(curl_status(transfer))
    if code == CURLE_OK || code == CURLE_WRITE_ERROR && exchange.isCut {
      return Answer(status: status, body: exchange.body, isCut: exchange.isCut)
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
      curl_set_number(transfer, CURLOPT_TIMEOUT_MS, timeoutMilliseconds),
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
