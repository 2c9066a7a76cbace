import Foundation

/// Measures what the ledger keeps for certain, and how quickly it can be asked.
@main struct LedgerBenchmarks {
  static func main() {
    guard let options = LedgerOptions(CommandLine.arguments.dropFirst()) else {
      tell(LedgerOptions.usage)
      exit(2)
    }
    do {
      var report = LedgerReport()
      try report.measure(options) { tell("\($0)\n") }
      let text = options.isJSON ? String(decoding: report.json, as: UTF8.self) : report.table
      FileHandle.standardOutput.write(Data(text.utf8))
    } catch {
      tell("\(error)\n")
      exit(1)
    }
  }

  private static func tell(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
