/// What became of a group that was to be made or removed.
public enum GroupOutcome: Hashable, Sendable {
  case done
  /// There is one of the name.
  case exists
  /// There is none of the name that could be removed.
  case unknown
  /// There are as many as there may be.
  case tooMany
  /// So many are in it.
  case hasMembers(Int64)
}
