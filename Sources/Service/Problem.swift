import HTTP
import WireFormat

/// Why a request was not done, as RFC 9457 has it told.
struct Problem: Error {
  /// Such as 422.
  var status: Int
  /// A word that callers branch on; part of the contract.
  var code: String
  /// A sentence for people.
  var detail: String
  /// Where in the body the trouble is, as a JSON pointer.
  var pointer: String?
  /// Further members, each a value in JSON.
  var members: [(key: String, json: [UInt8])] = []
  /// Besides those of every problem.
  var headers: [HTTPResponse.Header] = []

  init(_ status: Int, _ code: String, _ detail: String, at pointer: String? = nil) {
    self.status = status
    self.code = code
    self.detail = detail
    self.pointer = pointer
  }

  /// The bytes that go back.
  var body: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.text("type", "about:blank")
    writer.text("title", title)
    writer.key("status")
    writer.number(Int64(status))
    writer.text("code", code)
    writer.text("detail", detail)
    writer.text("pointer", pointer)
    for (key, json) in members {
      writer.key(key)
      writer.raw(json)
    }
    writer.endObject()
    return writer.bytes
  }

  /// The answer that says so.
  var response: HTTPResponse { HTTPResponse.problem(status, body, headers) }

  private var title: String {
    switch status {
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 409: "Conflict"
    case 412: "Precondition Failed"
    case 415: "Unsupported Media Type"
    case 422: "Unprocessable Content"
    case 428: "Precondition Required"
    case 429: "Too Many Requests"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 503: "Service Unavailable"
    default: "Problem"
    }
  }
}

extension HTTPResponse {
  /// An answer in JSON.
  static func json(_ status: Int, _ body: [UInt8], _ headers: [Header] = []) -> HTTPResponse {
    HTTPResponse(
      status: status, headers: [Header("Content-Type", "application/json")] + headers, body: body)
  }

  /// An answer that tells of a problem.
  static func problem(_ status: Int, _ body: [UInt8], _ headers: [Header] = []) -> HTTPResponse {
    HTTPResponse(
      status: status,
      headers: [Header("Content-Type", "application/problem+json")] + headers, body: body)
  }
}

extension JSONWriter {
  /// Writes a member that is a text; nothing for nil.
  mutating func text(_ key: String, _ value: String?) {
    guard let value else { return }
    self.key(key)
    string(value)
  }

  /// Writes a member that is an object.
  mutating func object(_ key: String, _ write: (inout JSONWriter) -> Void) {
    self.key(key)
    beginObject()
    write(&self)
    endObject()
  }

  /// Writes a member that is an array, an element for each value.
  mutating func list<Values: Sequence>(
    _ key: String, _ values: Values, _ write: (inout JSONWriter, Values.Element) -> Void
  ) {
    self.key(key)
    beginArray()
    for value in values { write(&self, value) }
    endArray()
  }
}

/// The bytes of one JSON object.
func jsonObject(reservingBytes capacity: Int = 0, _ write: (inout JSONWriter) -> Void) -> [UInt8] {
  var writer = JSONWriter(reservingBytes: capacity)
  writer.beginObject()
  write(&writer)
  writer.endObject()
  return writer.bytes
}

/// A text as JSON has it.
func jsonText(_ text: String) -> [UInt8] {
  var writer = JSONWriter()
  writer.string(text)
  return writer.bytes
}
