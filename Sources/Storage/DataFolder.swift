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
    case EIO: .io("\(path) can not be made or written")
    default: .noFolder(path)
    }
  }

  /// Writes a log that a process left behind once more, and waits until it is on disk.
  ///
  /// After a sync has failed, the system may still show bytes that are not on disk and that no later
  /// sync will write. A commit that is read from them would be acknowledged when its request is sent
  /// again, and a power cut could take it all the same.
  package func renewLog() throws(StorageError) {
    let file = open(Self.databasePath(in: path) + "-wal", O_RDWR | O_CLOEXEC)
    guard file >= 0 else { return }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    var offset: off_t = 0
    while true {
      let count = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, offset) }
      if count == 0 { break }
      let written =
        count < 0 ? -1 : bytes.withUnsafeBytes { pwrite(file, $0.baseAddress, count, offset) }
      guard written == count else { throw Self.failure(errno == ENOSPC ? ENOSPC : EIO, path) }
      offset += off_t(count)
    }
    guard offset == 0 || fsync(file) == 0 else { throw Self.failure(EIO, path) }
  }

  /// Makes sure that a folder is there with a ledger in it.
  ///
  /// - Throws: `noFolder`, `noLedger`.
  static func check(_ path: String) throws(StorageError) {
    var facts = stat()
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else {
      throw .noFolder(path)
    }
    guard stat(databasePath(in: path), &facts) == 0 else { throw .noLedger(path) }
  }

  /// The file of a folder's rows.
  package static func databasePath(in folder: String) -> String { folder + "/ledger.sqlite" }
}
