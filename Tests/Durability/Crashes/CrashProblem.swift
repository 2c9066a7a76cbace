package import Storage

/// Why a trial could not be made, or what it found.
package enum CrashProblem: Error, CustomStringConvertible {
  /// A log or a file is not what it should be.
  case unreadable(String)
  /// The store failed where nothing was made to fail.
  case store(StorageError)
  /// Something that was acknowledged is gone, or something is there by half.
  case violation(String)

  /// One line for a person.
  package var description: String {
    switch self {
    case .unreadable(let what): what
    case .store(let error): "the store: \(error)"
    case .violation(let what): what
    }
  }
}
