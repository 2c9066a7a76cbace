import WireFormat

/// How JSON is laid out.
public enum JSONStyle: Hashable, Sendable {
  /// On one line without spaces, for lines of a batch.
  case compact
  /// A value a line, indented by two spaces, for people.
  case pretty

  var writerStyle: JSONWriter.Style {
    switch self {
    case .compact: .compact
    case .pretty: .pretty
    }
  }
}
