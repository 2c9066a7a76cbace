import Findings
import Promo
import RuleSyntax

/// `promo fmt`: the canonical layout, written, listed or shown.
func format(_ arguments: Arguments, _ console: Console) throws(CommandProblem) -> Int32 {
  guard !arguments.operands.isEmpty else {
    throw .missingOperand("PATH", command: arguments.command)
  }
  let onlyLooks = arguments.has("check") || arguments.has("diff")
  let files = try readRules(arguments.operands, console)
    .map { SourceFile(path: $0.path, bytes: $0.bytes) }
  var changedCount = 0
  var damaged: [Finding] = []
  for (index, file) in files.enumerated() {
    let formatted = RuleSyntax.format(file)
    if formatted == nil { damaged += parse(file, index: Int32(index)).findings }
    if file.path == "-", !onlyLooks {
      console.output.write(bytes: formatted ?? file.bytes)
      continue
    }
    guard let formatted, formatted != file.bytes else { continue }
    changedCount += 1
    if !onlyLooks { try replace(file.path, with: formatted) }
    if arguments.has("diff") {
      let diff = unifiedDiff(from: file.bytes, to: formatted, path: printable(file.path))
      console.output.write(colored(diff, outputStyle(arguments, console)))
    } else {
      console.output.writeLine(printable(file.path))
    }
  }
  return report(damaged, in: files, changedCount, onlyLooks, arguments, console)
}

/// Writes a file so that nobody sees half of it.
func replace(_ path: String, with bytes: [UInt8]) throws(CommandProblem) {
  if case .failure(let error) = SystemCalls.replaceFile(path, with: bytes) {
    throw .file(FileProblem(path: path, verb: .write, errorNumber: error.number))
  }
}

private func report(
  _ damaged: [Finding], in files: [SourceFile], _ changedCount: Int, _ onlyLooks: Bool,
  _ arguments: Arguments, _ console: Console
) -> Int32 {
  if !damaged.isEmpty {
    let style = errorStyle(arguments, console)
    console.output.flush()
    console.error.write(FindingRenderer(files: files, useColor: style.usesColor).human(damaged))
    let count = Set(damaged.map(\.span.file)).count
    console.note(
      "promo: \(count == 1 ? "1 file has" : "\(count) files have") mistakes and "
        + "\(count == 1 ? "was" : "were") left alone")
  }
  if changedCount > 0 {
    let verb = onlyLooks ? "would change" : "changed"
    console.note("promo: \(changedCount) of \(counted(files.count, "file")) \(verb)")
  }
  return damaged.isEmpty && (changedCount == 0 || !onlyLooks) ? ExitCode.fine : ExitCode.findings
}

/// Additions green, removals red, places blue.
private func colored(_ diff: String, _ style: TextStyle) -> String {
  guard style.usesColor else { return diff }
  return diff.split(separator: "\n", omittingEmptySubsequences: false).map { line in
    let line = String(line)
    return switch line.utf8.first {
    case UInt8(ascii: "+"): style.green(line)
    case UInt8(ascii: "-"): style.red(line)
    case UInt8(ascii: "@"): style.cyan(line)
    default: line
    }
  }.joined(separator: "\n")
}
