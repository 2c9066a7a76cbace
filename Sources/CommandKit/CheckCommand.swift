import Findings
import Promo

/// `promo check`: every problem of every file in one pass.
func check(_ arguments: Arguments, _ console: Console) throws(CommandProblem) -> Int32 {
  let command = arguments.command
  guard !arguments.operands.isEmpty else { throw .missingOperand("PATH", command: command) }
  if arguments.has("fix"), arguments.operands.contains("-") {
    throw .conflict("--fix", "standard input", command: command)
  }
  let format = arguments.value("format") ?? "human"
  let showsCost = arguments.has("cost")
  if showsCost, format != "human", format != "json" {
    throw .conflict("--cost", "--format \(format)", command: command)
  }
  var loaded = try loadRules(arguments.operands, console)
  if arguments.has("fix") { loaded = try mended(loaded, console) }
  let findings = loaded.compilation.findings
  let style = outputStyle(arguments, console)
  let renderer = FindingRenderer(files: loaded.compilation.files, useColor: style.usesColor)
  let cost = showsCost ? loaded.compilation.rules.cost : nil
  switch format {
  case "json":
    console.output.write(renderer.json(findings, more: cost.map { ",\"cost\":\($0.json)" } ?? ""))
  case "github": console.output.write(renderer.github(findings))
  case "sarif": console.output.write(renderer.sarif(findings))
  default:
    console.output.write(renderer.human(findings))
    if !findings.isEmpty { console.output.writeLine() }
    console.output.writeLine(summary(of: loaded, style))
    if let cost { console.output.write("\n" + cost.table(style)) }
  }
  if loaded.errorCount > 0 { return ExitCode.findings }
  let deniesWarnings = arguments.value("deny") == "warnings"
  return deniesWarnings && loaded.warningCount > 0 ? ExitCode.deniedWarnings : ExitCode.fine
}

private func summary(of loaded: LoadedRules, _ style: TextStyle) -> String {
  let files = counted(loaded.sources.count, "file")
  let findings = loaded.compilation.findings
  guard !findings.isEmpty else { return style.green("\(files): no problems") }
  var parts: [String] = []
  if loaded.errorCount > 0 { parts.append(style.red(counted(loaded.errorCount, "error"))) }
  if loaded.warningCount > 0 { parts.append(style.yellow(counted(loaded.warningCount, "warning"))) }
  var text = "\(files): \(parts.joined(separator: ", "))"
  let fixable = findings.count { $0.repairs.first(where: \.isSafe) != nil }
  if fixable > 0 { text += "; promo check --fix mends \(fixable)" }
  return text
}

/// Applies safe repairs until none is left, writes what changed, and says what was done.
private func mended(_ first: LoadedRules, _ console: Console) throws(CommandProblem) -> LoadedRules
{
  // One repair may uncover another problem; each round mends at least one, and this bounds them.
  let roundsMaximum = 8
  var loaded = first
  var repairCount = 0
  for _ in 0..<roundsMaximum {
    var sources = loaded.sources
    var roundCount = 0
    for index in sources.indices {
      let repairs = loaded.compilation.findings
        .filter { $0.span.file == Int32(index) }
        .compactMap { $0.repairs.first(where: \.isSafe) }
      let applied = apply(repairs, to: loaded.compilation.files[index])
      roundCount += applied.count
      sources[index].bytes = applied.bytes
    }
    guard roundCount > 0 else { break }
    repairCount += roundCount
    loaded = compile(sources, console)
  }
  for (before, after) in zip(first.sources, loaded.sources) where before.bytes != after.bytes {
    try replace(after.path, with: after.bytes)
    console.note("promo: mended \(printable(after.path))")
  }
  if repairCount > 0 {
    console.note("promo: \(repairCount) \(repairCount == 1 ? "fix" : "fixes") applied")
  }
  return loaded
}
