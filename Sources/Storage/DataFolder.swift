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

  /// Holds a folder, and makes it if its parent is there; it is on disk before anything is in it.
  ///
  /// - Throws: `noFolder`, `locked`, `io`, `full`.
  package init(holding path: String) throws(StorageError) {
    self.path = path
    if mkdir(path, 0o700) == 0 {
      do throws(StorageError) {
        try Self.sync(parentOf: path)
      } catch {
        // Made again, and synced, when somebody tries again.
        rmdir(path)
        throw error
      }
    } else if errno != EEXIST {
      throw Self.failure(errno, path)
    }
    var facts = stat()
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else {
      throw .noFolder(path)
    }
    lock = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw .io("\(path)/lock can not be opened") }
    // What is refused from here on is closed by `deinit`, once.
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { throw .locked(path) }
  }

  deinit { close(lock) }

  /// Makes sure that a power cut does not take a folder away again.
  private static func sync(parentOf path: String) throws(StorageError) {
    var parent = path[...]
    while parent.utf8.last == UInt8(ascii: "/") { parent.removeLast() }
    while let last = parent.utf8.last, last != UInt8(ascii: "/") { parent.removeLast() }
    while parent.utf8.count > 1, parent.utf8.last == UInt8(ascii: "/") { parent.removeLast() }
    let folder = open(parent.isEmpty ? "." : String(parent), O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { throw .io("the folder above \(path) can not be opened") }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw failure(errno, path) }
  }

  private static func failure(_ code: Int32, _ path: String) -> StorageError {
    switch code {
    case ENOSPC: .full
    case EIO: .io("\(path) can not be made")
    default: .noFolder(path)
    }
  }

  /// The file of a folder's rows.
  package static func databasePath(in folder: String) -> String { folder + "/ledger.sqlite" }
}
