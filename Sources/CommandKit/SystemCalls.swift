#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The few calls into the C library that the command makes; nothing else here imports it.
enum SystemCalls {
  /// An error number of the system.
  struct ErrorNumber: Error { var number: Int32 }

  /// How a write ended.
  enum WriteEnd {
    case done
    case closed
    case failed(Int32)
  }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Columns of the terminal behind a descriptor; nil for everything else.
  static func terminalColumns(_ descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> WriteEnd {
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        write(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
      }
      if count > 0 {
        offset += count
      } else if count < 0, errno == EPIPE {
        return .closed
      } else if count < 0, errno == EAGAIN {
        waitUntilWritable(descriptor)
      } else if count < 0, errno != EINTR {
        return .failed(errno)
      }
    }
    return .done
  }

  private static func waitUntilWritable(_ descriptor: Int32) {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = poll(&request, 1, -1)
  }

  static func read(_ descriptor: Int32, atMost count: Int) -> Result<[UInt8], ErrorNumber> {
    while true {
      var number: Int32 = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        let received = readBytes(descriptor, buffer.baseAddress, count)
        if received < 0 { number = errno }
        filled = max(0, received)
      }
      if number == 0 { return .success(bytes) }
      // An interrupt ends the waiting for more only where somebody looks out for it.
      if number != EINTR || Interrupts.wasRequested {
        return .failure(ErrorNumber(number: number))
      }
    }
  }

  static func openForReading(_ path: String) -> Result<Int32, ErrorNumber> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return .failure(ErrorNumber(number: errno)) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      return .failure(ErrorNumber(number: EISDIR))
    }
    return .success(descriptor)
  }

  /// Whether there is a folder at a path.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  static func close(_ descriptor: Int32) { _ = closeDescriptor(descriptor) }

  /// The size of a file; nil for pipes and terminals.
  static func regularFileSize(_ descriptor: Int32) -> Int? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Writes a file beside its place and then moves it there, so that nobody sees half of it.
  static func replaceFile(_ path: String, with bytes: [UInt8]) -> Result<Void, ErrorNumber> {
    let destination = resolved(path)
    let temporary = "\(destination).\(getpid()).tmp"
    var status = stat()
    let mode = stat(destination, &status) == 0 ? status.st_mode & 0o777 : 0o644
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { return .failure(ErrorNumber(number: errno)) }
    _ = fchmod(descriptor, mode)
    var failure: Int32?
    switch writeAll(bytes, to: descriptor) {
    case .done: if fsync(descriptor) != 0 { failure = errno }
    case .closed: failure = EPIPE
    case .failed(let number): failure = number
    }
    if closeDescriptor(descriptor) != 0, failure == nil { failure = errno }
    if failure == nil, rename(temporary, destination) != 0 { failure = errno }
    guard let failure else { return .success(()) }
    unlink(temporary)
    return .failure(ErrorNumber(number: failure))
  }

  /// The file that a chain of symbolic links ends at, so that a link stays a link.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  static func errorText(_ number: Int32) -> String { String(cString: strerror(number)) }

  static func ignoreClosedPipes() { _ = signal(SIGPIPE, SIG_IGN) }

  /// Nanoseconds of a clock that only moves forward.
  static func monotonicNanoseconds() -> Int64 { nanoseconds(of: CLOCK_MONOTONIC) }

  /// Seconds since 1970, and how far local clocks are ahead of UTC now.
  static func wallClock() -> (seconds: Int64, offsetSeconds: Int32) {
    var seconds = time(nil)
    var local = tm()
    localtime_r(&seconds, &local)
    return (Int64(seconds), Int32(clamping: local.tm_gmtoff))
  }

  static func environmentVariable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  static func onlineProcessors() -> Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// The file that this process runs.
  static var executablePath: String? {
    #if os(Linux)
      "/proc/self/exe"
    #else
      CommandLine.arguments.first
    #endif
  }

  /// Runs a program without input or output and waits for it; whether it ended well.
  static func run(_ path: String, _ arguments: [String]) -> Bool {
    var actions = SpawnActions()
    defer { actions.destroy() }
    let words = ([path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    guard posix_spawnp(&process, path, &actions.actions, nil, words, environ) == 0 else {
      return false
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 { guard errno == EINTR else { return false } }
    return status == 0
  }

  static func exitProcess(_ code: Int32) -> Never { exit(code) }

  private static func nanoseconds(of clock: clockid_t) -> Int64 {
    var moment = timespec()
    clock_gettime(clock, &moment)
    return Int64(moment.tv_sec) * 1_000_000_000 + Int64(moment.tv_nsec)
  }
}

/// Streams of a started program: all of them lead nowhere.
private struct SpawnActions {
  #if canImport(Darwin)
    var actions: posix_spawn_file_actions_t?
  #else
    var actions = posix_spawn_file_actions_t()
  #endif

  init() {
    posix_spawn_file_actions_init(&actions)
    for descriptor in 0...2 as ClosedRange<Int32> {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
  }

  mutating func destroy() { _ = posix_spawn_file_actions_destroy(&actions) }
}

private func readBytes(_ descriptor: Int32, _ place: UnsafeMutablePointer<UInt8>?, _ count: Int)
  -> Int
{
  read(descriptor, place, count)
}

private func closeDescriptor(_ descriptor: Int32) -> Int32 { close(descriptor) }
