package import LocalTime

/// What the command sees of the world; tests bring their own.
package struct Console {
  /// What `-` reads.
  package var input: ByteSource
  /// Results.
  package var output: ByteSink
  /// Everything else: problems, progress, remarks.
  package var error: ByteSink
  /// Variables by name; nil where one is not set.
  package var environment: (String) -> String?
  /// Nanoseconds of a clock that only moves forward.
  package var monotonicNanoseconds: () -> Int64
  /// The moment it is, with the local offset.
  package var now: () -> Instant
  /// Columns to lay texts out for; nil where nobody knows.
  package var columns: Int?
  /// The command's own path, for measuring its start; nil where there is no such thing.
  package var executablePath: String?
  /// How many pieces of memory were asked for so far; nil where nobody counts.
  package var allocationCount: (() -> UInt64)?

  /// A console of its parts.
  package init(
    input: ByteSource, output: ByteSink, error: ByteSink,
    environment: @escaping (String) -> String?,
    monotonicNanoseconds: @escaping () -> Int64 = SystemCalls.monotonicNanoseconds,
    now: @escaping () -> Instant, columns: Int? = nil, executablePath: String? = nil
  ) {
    self.input = input
    self.output = output
    self.error = error
    self.environment = environment
    self.monotonicNanoseconds = monotonicNanoseconds
    self.now = now
    self.columns = columns
    self.executablePath = executablePath
  }

  /// The console of this process.
  package static func process(executablePath: String?) -> Console {
    Console(
      input: ByteSource(descriptor: 0), output: ByteSink(descriptor: 1, writesThrough: false),
      error: ByteSink(descriptor: 2, writesThrough: true),
      environment: SystemCalls.environmentVariable,
      now: {
        let (seconds, offset) = SystemCalls.wallClock()
        return Instant(secondsSince1970: seconds, offsetSeconds: offset)
      }, columns: SystemCalls.terminalColumns(1), executablePath: executablePath)
  }

  /// Writes a remark to the error stream, after the results that came before it.
  package func note(_ line: String) {
    output.flush()
    error.writeLine(line)
  }

  /// Whether symbols beyond ASCII will be shown as meant.
  package var showsUnicode: Bool {
    guard output.isTerminal else { return false }
    let setting = ["LC_ALL", "LC_CTYPE", "LANG"].lazy
      .compactMap { environment($0) }.first { !$0.isEmpty }
    let name = setting?.lowercased() ?? ""
    return name.contains("utf-8") || name.contains("utf8")
  }

  /// Everything there is to read in a file, or on standard input for `-`.
  package func readAll(_ path: String) throws(FileProblem) -> [UInt8] {
    if path == "-" { return try input.readToEnd(path: "standard input") }
    return try ByteSource(opening: path).readToEnd(path: path)
  }
}
