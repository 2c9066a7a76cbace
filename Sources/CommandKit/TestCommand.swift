import Promo

/// `promo test`: runs the tests inside rule files.
func test(_ arguments: Arguments, _ console: Console) throws(CommandProblem) -> Int32 {
  guard !arguments.operands.isEmpty else {
    throw .missingOperand("PATH", command: arguments.command)
  }
  let loaded = try loadRules(arguments.operands, console)
  guard let rules = loaded.soundRules else {
    showErrors(of: loaded, arguments, console)
    if let junit = arguments.value("junit") {
      try write(junitReport(errorsOf: loaded.compilation), to: junit, console)
    }
    return ExitCode.findings
  }
  let filter = arguments.value("filter")
  let report = rules.runTests(filter: filter)
  if let filter, report.results.isEmpty { throw .noSuchTest(filter) }
  let junit = arguments.value("junit")
  if junit != "-" {
    let style = outputStyle(arguments, console)
    console.output.write(humanReport(report, fileCount: loaded.sources.count, style))
    if arguments.has("coverage") { console.output.write(coverageReport(report.coverage, style)) }
  }
  if let junit { try write(junitReport(report), to: junit, console) }
  return report.failedCount == 0 ? ExitCode.fine : ExitCode.findings
}

private func write(_ report: String, to path: String, _ console: Console) throws(CommandProblem) {
  if path == "-" {
    console.output.write(report)
  } else {
    try replace(path, with: Array(report.utf8))
  }
}

/// What failed, with what the cart came to, and the counts.
private func humanReport(_ report: TestReport, fileCount: Int, _ style: TextStyle) -> String {
  var lines: [String] = []
  for result in report.results where !result.hasPassed {
    let place = printable("\(result.file):\(result.line)")
    lines.append(
      "\(style.red("failed")) \(style.bold(printable(result.name)))  \(style.dim(place))")
    for failure in result.failures {
      lines.append("  line \(failure.line): expected \(printable(failure.expected))")
      lines.append("  \(indent(of: failure))but \(printable(failure.actual))")
    }
    lines += result.receipt.split(separator: "\n").map { "    " + style.dim(printable(String($0))) }
    lines.append("")
  }
  let files = counted(fileCount, "file")
  let passed = counted(report.passedCount, "test")
  if report.results.isEmpty {
    lines.append("\(files): no tests")
  } else if report.failedCount == 0 {
    lines.append(style.green("\(files): \(passed) passed"))
  } else {
    lines.append("\(files): \(passed) passed, \(style.red("\(report.failedCount) failed"))")
  }
  return lines.joined(separator: "\n") + "\n"
}

/// Blanks that put what there was below what was expected.
private func indent(of failure: TestFailure) -> String {
  String(repeating: " ", count: "line \(failure.line): ".utf8.count)
}

/// What no test shows, campaign by campaign, and how much is shown in all.
private func coverageReport(_ coverage: [CampaignCoverage], _ style: TextStyle) -> String {
  var lines = ["", style.bold("Coverage")]
  for campaign in coverage where campaign.coveredCount < campaign.sideCount {
    let place = style.dim(printable("\(campaign.file):\(campaign.line)"))
    lines.append("  \(campaign.campaign)  \(campaign.percent)%  \(place)")
    for item in campaign.items where !item.uncovered.isEmpty {
      let kind = item.kind.rawValue.replacing("_", with: " ")
      let text = printable(item.text)
      let what = text.hasPrefix(kind) ? style.dim(text) : "\(kind) \(style.dim(text))"
      let missing = style.yellow(item.uncovered.joined(separator: ", "))
      lines.append("    line \(item.line), \(what): no test shows \(missing)")
    }
  }
  let covered = coverage.reduce(0) { $0 + $1.coveredCount }
  let all = coverage.reduce(0) { $0 + $1.sideCount }
  let percent = all == 0 ? 100 : 100 * covered / all
  lines.append("  \(covered) of \(counted(all, "side")) shown, \(percent)%")
  return lines.joined(separator: "\n") + "\n"
}
