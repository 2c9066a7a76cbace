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
  let startedAt: Int64
  var body: [UInt8] = []
  /// Bytes of the body that count against what may be in flight.
  var countedBytes = 0
  var hasBeenAsked = false
  private let answer = Mutex<HTTPResponse?>(nil)

  /// Reads the head of a request.
  init(_ connection: OpaquePointer, method: String, path: String, at now: Int64) {
    self.connection = connection
    self.method = method
    startedAt = now
    let arguments = values(of: connection, .GET_ARGUMENT_KIND)
    target = RequestTarget(path: path, arguments: arguments)
    headers = values(of: connection, .HEADER_KIND).map { ($0.name.lowercased(), $0.value) }
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

  /// Whether two servers could disagree about where the body ends.
  var isAmbiguous: Bool {
    let lengths = headers.filter { $0.name == "content-length" }
    let encodings = headers.filter { $0.name == "transfer-encoding" }
    let isPlain = lengths.allSatisfy { $0.value.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    return lengths.count + encodings.count > 1 || !isPlain
      || encodings.contains { $0.value.lowercased() != "chunked" }
  }
}

/// Names and values of one kind, as the client sent them.
private final class ValueList {
  var values: [(name: String, value: String)] = []
}

private func values(of connection: OpaquePointer, _ kind: MHD_ValueKind) -> [(
  name: String, value: String
)] {
  let list = ValueList()
  let place = Unmanaged.passUnretained(list).toOpaque()
  withExtendedLifetime(list) {
    _ = MHD_get_connection_values(connection, kind, addValue, place)
  }
  return list.values
}

private func addValue(
  _ place: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ name: UnsafePointer<CChar>?,
  _ value: UnsafePointer<CChar>?
) -> MHD_Result {
  guard let place, let name else { return .YES }
  let list = Unmanaged<ValueList>.fromOpaque(place).takeUnretainedValue()
  list.values.append((String(cString: name), value.map { String(cString: $0) } ?? ""))
  return .YES
}
