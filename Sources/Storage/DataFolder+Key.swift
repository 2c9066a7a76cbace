#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension DataFolder {
  /// A secret that a folder keeps beside its rows; it is made when it is not there yet.
  ///
  /// - Parameter random: What it is when it is made; says how long it is.
  /// - Throws: `corrupt` for one of another length, `io`, `full`.
  package static func key(in folder: String, random: [UInt8]) throws(StorageError) -> [UInt8] {
    let path = folder + "/key"
    if let kept = try read(path, most: random.count + 1) {
      guard kept.count == random.count else { throw .corrupt("\(path) is not as it was made") }
      return kept
    }
    let new = path + ".new"
    let file = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure(new) }
    let count = write(file, random, random.count)
    let isKept = count == random.count && fsync(file) == 0
    let trouble = failure(new)
    close(file)
    guard isKept, rename(new, path) == 0 else { throw trouble }
    let directory = open(folder, O_RDONLY | O_CLOEXEC)
    guard directory >= 0 else { throw failure(folder) }
    defer { close(directory) }
    guard fsync(directory) == 0 else { throw failure(folder) }
    return random
  }

  /// The bytes of a short file; nil when there is none.
  private static func read(_ path: String, most: Int) throws(StorageError) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    if file < 0, errno == ENOENT { return nil }
    guard file >= 0 else { throw failure(path) }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: most)
    let count = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
    guard count >= 0 else { throw failure(path) }
    return Array(bytes.prefix(count))
  }

  private static func failure(_ path: String) -> StorageError {
    errno == ENOSPC ? .full : .io("\(path) can not be read or written")
  }
}
