/// Why a store could not be opened, read or written.
public enum StorageError: Error, Hashable, Sendable {
  /// The folder is not there, or is no folder.
  case noFolder(String)
  /// Another process has the folder open.
  case locked(String)
  /// The folder is there and has no ledger in it.
  case noLedger(String)
  /// An older version of the program wrote it, and whoever only reads can not bring it up.
  case olderVersion(found: Int64, known: Int64)
  /// A newer version of the program wrote it.
  case newerVersion(found: Int64, known: Int64)
  /// What is stored is damaged, or is not ours.
  case corrupt(String)
  /// There is no room left; nothing of the change was kept.
  case full
  /// The system could not read or write; nothing of the change was acknowledged.
  case io(String)
  /// A key or a check of the store refused the change.
  case constraint(String)
  /// The store stopped after an earlier error; open it again.
  case stopped
  /// The program asked for something the store does not understand.
  case misuse(String)
}

extension StorageError: CustomStringConvertible {
  /// One line for an operator.
  public var description: String {
    switch self {
    case .noFolder(let path): "\(path) is not a folder"
    case .locked(let path): "\(path) is in use by another process"
    case .noLedger(let path): "\(path) holds no ledger"
    case .olderVersion(let found, let known):
      "the data has version \(found), this program reads version \(known); "
        + "start the server on it once, which brings it up"
    case .newerVersion(let found, let known):
      "the data has version \(found), this program knows versions up to \(known)"
    case .corrupt(let detail): "the data is damaged or is not a ledger: \(detail)"
    case .full: "the disk is full"
    case .io(let detail): "the disk could not be read or written: \(detail)"
    case .constraint(let detail): "a rule of the store refused the change: \(detail)"
    case .stopped: "the store stopped after an earlier error; open it again"
    case .misuse(let detail): "the store was asked for something wrong: \(detail)"
    }
  }
}
