#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The folder a store lives in; while it is held, no other process can write there.
///
/// The system gives the lock back when the process ends, however it ends.
package final class DataFolder {
  /// Where the folder is.
  package let path: String
  private let lock: Int32

  /// Holds a folder, and makes it if its parent is there.
  ///
  /// - Throws: `noFolder`, `locked`, `io`.
  package init(holding path: String) throws(StorageError) {
    self.path = path
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw .noFolder(path) }
    var facts = stat()
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else {
      throw .noFolder(path)
    }
    lock = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw .io("\(path)/lock can not be opened") }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      close(lock)
      throw .locked(path)
    }
  }

  deinit { close(lock) }

  /// The file of a folder's rows.
  package static func databasePath(in folder: String) -> String { folder + "/ledger.sqlite" }
}
