#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file opened for reading, whose kind and size are known before a byte is read.
struct OpenFile: ~Copyable {
  /// Which file of which disk, however it was named.
  struct Identity: Hashable {
    var device: UInt64
    var number: UInt64
  }

  let path: String
  let identity: Identity
  let isFolder: Bool
  private let isRegular: Bool
  private let byteCount: Int64
  private let descriptor: Int32

  /// Opens what is at a path, without waiting for anyone at the other end of a pipe.
  init(path: String) throws(RuleFileError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.trouble(errno, path) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let number = errno
      close(descriptor)
      throw Self.trouble(number, path)
    }
    identity = Identity(
      device: UInt64(truncatingIfNeeded: status.st_dev),
      number: UInt64(truncatingIfNeeded: status.st_ino))
    isFolder = status.st_mode & S_IFMT == S_IFDIR
    isRegular = status.st_mode & S_IFMT == S_IFREG
    byteCount = Int64(status.st_size)
  }

  deinit { close(descriptor) }

  /// Reads the whole file, which is refused by its size before anything is read.
  consuming func bytes(atMost maximum: Int) throws(RuleFileError) -> [UInt8] {
    guard !isFolder else {
      throw RuleFileError(
        code: .isFolder, path: path, message: "this is a folder; a file is wanted")
    }
    guard isRegular else {
      throw RuleFileError(
        code: .isNoFile, path: path, message: "this is a pipe or a device; a file is wanted")
    }
    guard byteCount <= maximum else {
      throw Self.tooLarge(path, maximum: maximum, what: "this file")
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(byteCount) + 1)
    var piece = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = piece.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw Self.trouble(errno, path) }
      if count == 0 { return bytes }
      bytes.append(contentsOf: piece[..<count])
      // It may have grown since it was opened.
      guard bytes.count <= maximum else {
        throw Self.tooLarge(path, maximum: maximum, what: "this file")
      }
    }
  }

  /// What an error number of the system means for a path.
  static func trouble(_ number: Int32, _ path: String) -> RuleFileError {
    switch number {
    case ENOENT, ENOTDIR:
      RuleFileError(code: .notFound, path: path, message: "there is no such file or folder")
    case ELOOP:
      RuleFileError(code: .linksInCircle, path: path, message: "its links lead round in a circle")
    case ENXIO:
      RuleFileError(
        code: .isNoFile, path: path, message: "this is a pipe or a device; a file is wanted")
    default:
      RuleFileError(
        code: .notReadable, path: path,
        message: "this cannot be read: \(String(cString: strerror(number)))")
    }
  }

  static func tooLarge(_ path: String, maximum: Int, what: String) -> RuleFileError {
    RuleFileError(
      code: .tooLarge, path: path,
      message: "\(what) may have at most \(maximum) bytes and has more")
  }
}
