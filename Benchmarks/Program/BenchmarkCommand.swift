import Foundation

/// Measures the engine beside a till written by hand in C that prices every line to the same cent.
@main struct BenchmarkCommand {
  static func main() {
    guard var options = Options(CommandLine.arguments.dropFirst()) else {
      tell(Options.usage)
      exit(2)
    }
    do {
      exit(try run(&options))
    } catch {
      tell("\(error)\n")
      exit(1)
    }
  }

  private static func run(_ options: inout Options) throws -> Int32 {
    if options.isCheck {
      for line in try CheckRun.run(options) { print(line) }
      return 0
    }
    if let folder = options.export {
      try Export.write(options, into: folder)
      return 0
    }
    var report = Report()
    if let path = options.peers {
      report.peers = PeerTimes(try String(contentsOfFile: path, encoding: .utf8))
    }
    try report.measure(options) { tell("\($0)\n") }
    if let path = options.plot { try write(CostPlot(report.rows).svg, to: path) }
    let text = options.isJSON ? String(decoding: report.json, as: UTF8.self) : report.table
    FileHandle.standardOutput.write(Data(text.utf8))
    return 0
  }

  private static func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  private static func tell(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
