/// A request as it came in, read whole.
public struct HTTPRequest: Sendable {
  /// Such as `POST`.
  public var method: String
  /// The parts of the path between its slashes, percent signs decoded; none for `/`.
  public var path: [String]
  /// What follows the question mark, decoded, in the order it was sent.
  public var query: [(name: String, value: String)]
  /// Names in small letters, in the order sent.
  public var headers: [(name: String, value: String)]
  /// The body; empty when there is none.
  public var body: [UInt8]
  /// The address of the other side, without its port.
  public var client: String

  /// A request.
  public init(
    method: String, path: [String], query: [(name: String, value: String)] = [],
    headers: [(name: String, value: String)] = [], body: [UInt8] = [], client: String = ""
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.client = client
  }

  /// The values of a header, by its name in small letters.
  public func values(of header: String) -> [String] {
    headers.filter { $0.name == header }.map(\.value)
  }

  /// The value of a header that may stand once; nil when it stands not at all or twice.
  public func value(of header: String) -> String? {
    let values = values(of: header)
    return values.count == 1 ? values[0] : nil
  }

  /// The first value of a name in the query.
  public func argument(_ name: String) -> String? { query.first { $0.name == name }?.value }
}

/// What goes back.
public struct HTTPResponse: Hashable, Sendable {
  /// A header.
  public struct Header: Hashable, Sendable {
    /// As it is sent, such as `ETag`.
    public var name: String
    /// Its value.
    public var value: String
    /// A header.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Such as 200.
  public var status: Int
  /// Besides those that every response has.
  public var headers: [Header]
  /// The body.
  public var body: [UInt8]

  /// A response.
  public init(status: Int, headers: [Header] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}
