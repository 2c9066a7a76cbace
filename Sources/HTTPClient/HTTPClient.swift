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
    try HTTPConnection(self).post(body, to: address, headers: headers)
  }
}
