import LocalTime
import Storage

/// How a command of the server ends.
enum ServerExit {
  /// Nothing to complain about.
  static let fine: Int32 = 0
  /// The books are not right.
  static let differences: Int32 = 1
  /// It could not run.
  static let trouble: Int32 = 2
}

private let usage = """
  usage: promo-server audit --data DIR     works every balance out again; ok, or each difference
         promo-server export --data DIR    all transactions, one JSON object a line
  """

/// Runs the command of this process and ends the process.
package func runServerAndExit() -> Never {
  let output = ServerOutput(descriptor: 1)
  let remarks = ServerOutput(descriptor: 2)
  let code = runServer(
    Array(CommandLine.arguments.dropFirst()), output: output, remarks: remarks)
  output.flush()
  remarks.flush()
  endProcess(output.hasFailed ? ServerExit.trouble : code)
}

/// Runs one call of the server's command.
///
/// - Returns: 0 when all is well, 1 when the books are not right, 2 when it could not run.
package func runServer(_ words: [String], output: ServerOutput, remarks: ServerOutput) -> Int32 {
  guard words.count == 3, words[1] == "--data", ["audit", "export"].contains(words[0]) else {
    remarks.writeLine(usage)
    return words == ["help"] || words == ["--help"] ? ServerExit.fine : ServerExit.trouble
  }
  let utc = ZoneTable(identifier: "UTC", transitions: [], offsets: [0])
  do throws(StorageError) {
    let reader = try LedgerReader(folder: words[2], zone: utc)
    return words[0] == "audit"
      ? try audit(reader, output) : try export(reader, output)
  } catch {
    remarks.writeLine("promo-server: \(words[2]): \(error)")
    return ServerExit.trouble
  }
}

/// Prints `ok` with counts, or each difference and then how many there are.
private func audit(_ reader: LedgerReader, _ output: ServerOutput) throws(StorageError) -> Int32 {
  let report = try reader.audit()
  for difference in report.differences { output.writeLine(difference) }
  output.writeLine(report.summary)
  return report.differences.isEmpty ? ServerExit.fine : ServerExit.differences
}
