import Findings
import Promo
import RuleChecking

/// `promo explain`: the page of a finding, or a campaign in plain sentences.
func explain(_ arguments: Arguments, _ console: Console) throws(CommandProblem) -> Int32 {
  let command = arguments.command
  guard let word = arguments.operands.last else {
    throw .missingOperand("CODE or CAMPAIGN", command: command)
  }
  var rulePaths = arguments.all("rules")
  guard !rulePaths.isEmpty else {
    try arguments.allowOperands(1)
    return try explainCode(word, arguments, console)
  }
  rulePaths += arguments.operands.dropLast()
  let loaded = try loadRules(rulePaths, console)
  return try explainCampaign(word, loaded, arguments, console)
}

private func explainCode(
  _ word: String, _ arguments: Arguments, _ console: Console
) throws(CommandProblem) -> Int32 {
  let written = fullCode(word)
  guard let page = FindingCatalogue.page(of: FindingCode(rawValue: written)) else {
    let nearest = nearestName(to: written, among: FindingCatalogue.codes.map(\.rawValue))
    throw .unknownTopic(word, nearest: nearest)
  }
  console.output.write(page)
  return ExitCode.fine
}

/// A code as it is printed, however a person may shorten it: `p207` and `207` are `P0207`.
private func fullCode(_ word: String) -> String {
  let upper = word.uppercased()
  let digits = upper.hasPrefix("P") ? upper.dropFirst() : upper[...]
  guard (1...4).contains(digits.utf8.count), digits.utf8.allSatisfy(isDigit) else { return upper }
  return "P" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
}

private func isDigit(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}

private func explainCampaign(
  _ name: String, _ loaded: LoadedRules, _ arguments: Arguments, _ console: Console
) throws(CommandProblem) -> Int32 {
  let rules = loaded.compilation.rules.checked
  guard let campaign = rules.campaigns.first(where: { $0.name.utf8.elementsEqual(name.utf8) })
  else {
    if loaded.errorCount > 0 {
      showErrors(of: loaded, arguments, console)
      return ExitCode.findings
    }
    throw .unknownCampaign(
      name, nearest: nearestName(to: name, among: rules.campaigns.map(\.name)))
  }
  let style = outputStyle(arguments, console)
  let told = CampaignSentences(campaign, of: rules)
  let width = min(console.columns ?? 80, 100)
  var lines = [style.bold(printable(campaign.title)) + style.dim(" (\(campaign.name))"), ""]
  for sentence in told.sentences {
    let indent = sentence.hasPrefix("  ") ? "    " : "  "
    let parts = wrapped(sentence, to: width - indent.utf8.count - 2)
    lines += parts.enumerated().map { indent + ($0.offset == 0 ? "" : "  ") + $0.element }
  }
  if !told.glossary.isEmpty {
    lines += ["", style.bold("Where")]
    for entry in told.glossary {
      lines += wrapped("\(entry.name) means \(entry.meaning)", to: width - 4).map { "  " + $0 }
    }
  }
  console.output.write(lines.joined(separator: "\n") + "\n")
  return ExitCode.fine
}
