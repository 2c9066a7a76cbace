import CommandKit
import LocalTime
import Testing

/// A call of the command in this process: what it wrote and how it ended.
struct Call {
  let code: Int32
  let output: String
  let error: String

  /// Runs the command with these words.
  init(
    _ words: String..., input: String = "", environment: [String: String] = [:],
    columns: Int? = nil, isTerminal: Bool = false
  ) {
    self.init(
      words, input: input, environment: environment, columns: columns, isTerminal: isTerminal)
  }

  /// Runs the command with these words.
  init(
    _ words: [String], input: String = "", environment: [String: String] = [:],
    columns: Int? = nil, isTerminal: Bool = false
  ) {
    let output = ByteSink(pretendingToBeTerminal: isTerminal)
    let error = ByteSink(pretendingToBeTerminal: isTerminal)
    let console = Console(
      input: ByteSource(bytes: Array(input.utf8)), output: output, error: error,
      environment: { environment[$0] }, monotonicNanoseconds: { 0 },
      now: { Instant(secondsSince1970: 1_780_675_200, offsetSeconds: -4 * 3600) },
      columns: columns)
    code = run(arguments: words, console: console)
    self.output = output.text
    self.error = error.text
  }
}
