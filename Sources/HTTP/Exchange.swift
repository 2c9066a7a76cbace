import CMicroHTTPD
import Synchronization

/// One request on its way in, its answer on the way out.
///
/// The library's thread fills it and sends the answer; a worker makes the answer in between. Only
/// the answer is touched by both, and it is behind a lock.
final class Exchange: @unchecked Sendable {
  let connection: OpaquePointer
  let method: String
  let target: RequestTarget?
  let headers: [(name: String, value: String)]
  let client: String
  private let layout: HeadLayout
  /// Bytes of the request line and all headers.
  let headBytes: Int
  let startedAt: Int64
  var body: [UInt8] = []
  /// Bytes of the body that count against what may be in flight.
  var countedBytes = 0
  var hasBeenAsked = false
  private let answer = Mutex<HTTPResponse?>(nil)

  /// Reads the head of a request.
  ///
  /// - Parameter line: Where its first line lies.
  init(
    _ connection: OpaquePointer, method: String, path: String, line: HeadLayout.Part,
    at now: Int64
  ) {
    self.connection = connection
    self.method = method
    startedAt = now
    let arguments = values(of: connection, .GET_ARGUMENT_KIND).values
    target = RequestTarget(path: path, arguments: arguments)
    let sent = values(of: connection, .HEADER_KIND)
    headers = sent.values
    headBytes = mhd_head_size(connection)
    layout = HeadLayout(parts: [line] + sent.parts, end: line.start + UInt(headBytes))
    client = address(of: connection)
  }

  /// The answer, once there is one.
  var response: HTTPResponse? {
    get { answer.withLock { $0 } }
    set { answer.withLock { $0 = newValue } }
  }

  /// What a worker is handed.
  func request(_ target: RequestTarget) -> HTTPRequest {
    HTTPRequest(
      method: method, path: target.path, query: target.query, headers: headers, body: body,
      client: client)
  }

  /// How many bytes the body will have, as the head says; nil when it does not.
  var announcedBytes: Int? {
    headers.first { $0.name == "content-length" }.flatMap { Int($0.value) }
  }

  /// What is wrong with the head, so that two servers could read it in two ways; nil for nothing.
  var trouble: String? {
    var (lengths, hosts) = (0, 0)
    var (isAmbiguous, isNamed, isPlain) = (false, true, layout.isPlain)
    for (name, value) in headers {
      switch name {
      case "host": hosts += 1
      case "content-length":
        lengths += 1
        if !value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { isAmbiguous = true }
      case "transfer-encoding":
        lengths += 1
        if value.lowercased() != "chunked" { isAmbiguous = true }
      default: break
      }
      if !isToken(name) { isNamed = false }
      if !hasNoControls(value) { isPlain = false }
    }
    if isAmbiguous || lengths > 1 { return "its length is said twice, or wrongly" }
    if !isNamed { return "a header's name is letters, digits and hyphens, up to its colon" }
    if !isPlain {
      return "a header is one line, which ends in CR and LF, and holds no control characters"
    }
    return hosts > 1 ? "its host is said twice" : nil
  }
}

/// Whether a text can be the name of a header.
private func isToken(_ text: String) -> Bool {
  !text.isEmpty
    && text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"): true
      default: "!#$%&'*+.^_`|~".utf8.contains(byte)
      }
    }
}

/// Whether a text holds no control characters but tabs.
private func hasNoControls(_ text: String) -> Bool {
  text.utf8.allSatisfy { ($0 >= 0x20 || $0 == 0x09) && $0 != 0x7F }
}

/// Names and values of one kind, as the client sent them, and where they lie.
private final class ValueList {
  var values: [(name: String, value: String)] = []
  var parts: [HeadLayout.Part] = []
  /// Whether the case of names says nothing.
  let isOfHeaders: Bool
  init(isOfHeaders: Bool) { self.isOfHeaders = isOfHeaders }
}

private func values(of connection: OpaquePointer, _ kind: MHD_ValueKind) -> ValueList {
  let list = ValueList(isOfHeaders: kind == .HEADER_KIND)
  let place = Unmanaged.passUnretained(list).toOpaque()
  withExtendedLifetime(list) {
    _ = MHD_get_connection_values(connection, kind, addValue, place)
  }
  return list
}

private func addValue(
  _ place: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ name: UnsafePointer<CChar>?,
  _ value: UnsafePointer<CChar>?
) -> MHD_Result {
  guard let place, let name else { return .YES }
  let list = Unmanaged<ValueList>.fromOpaque(place).takeUnretainedValue()
  let text = String(cString: name)
  list.values.append(
    (list.isOfHeaders ? text.lowercased() : text, value.map { String(cString: $0) } ?? ""))
  if let value { list.parts.append(HeadLayout.Part(from: name, to: value)) }
  return .YES
}
