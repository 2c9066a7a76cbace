/// Shows findings to people and machines; all words come from the catalogue.
package struct FindingRenderer: Sendable {
  let files: [SourceFile]
  let useColor: Bool

  /// A renderer for the findings of a rule set.
  ///
  /// - Parameters:
  ///   - files: The files of the rule set, in the order their spans count them.
  ///   - useColor: Whether the human form is coloured for a terminal.
  package init(files: [SourceFile], useColor: Bool) {
    self.files = files
    self.useColor = useColor
  }

  /// Findings as a person reads them, each with its line, what is marked in it, and its fix.
  package func human(_ findings: [Finding]) -> String {
    findings.map(human).joined(separator: "\n")
  }

  /// One finding as a person reads it.
  package func human(_ finding: Finding) -> String {
    let words = words(of: finding)
    let tint: Tint = finding.severity == .error ? .red : .yellow
    let head = "\(finding.severity.rawValue)[\(finding.code.rawValue)]"
    var text = painted(head, tint) + painted(": \(words.title)", .bold) + "\n"
    let excerpt = Excerpt(finding: finding, label: words.label, files: files)
    let gutter = String(repeating: " ", count: excerpt.gutterWidth)
    text += excerpt.text { painted($0, $1) }
    if !words.help.isEmpty { text += "\(gutter) \(painted("=", .blue)) help: \(words.help)\n" }
    let isChoice = finding.repairs.count > 1
    for (index, repair) in finding.repairs.enumerated() {
      let word = isChoice ? (index == 0 ? "either" : "or") : "fix"
      let offer = repair.isSafe && !isChoice ? "   (promo check --fix)" : ""
      let title = FindingCatalogue.filled("{title}", ["title": repair.title])
      text += "\(gutter) \(painted("=", .blue)) \(painted(word, .green)): \(title)\(offer)\n"
    }
    return text
  }

  /// One line of text: the title, and what the marked piece is.
  package func message(_ finding: Finding) -> String {
    let words = words(of: finding)
    return words.label.isEmpty ? words.title : "\(words.title): \(words.label)"
  }

  /// The words of a finding, filled with its facts.
  func words(of finding: Finding) -> (title: String, label: String, help: String) {
    guard let entry = FindingCatalogue.entry(for: finding.code) else {
      let facts = finding.facts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      return ("a problem of kind \(finding.code.rawValue)", facts.joined(separator: ", "), "")
    }
    func filled(_ template: String) -> String {
      FindingCatalogue.filled(template, finding.facts)
    }
    return (filled(entry.title), filled(entry.label), filled(entry.help))
  }

  /// The file of a span; an empty one if the span names a file that is not there.
  func file(of span: SourceSpan) -> SourceFile {
    files.indices.contains(Int(span.file))
      ? files[Int(span.file)] : SourceFile(path: "", bytes: [])
  }

  /// How a piece of the human form is set off.
  enum Tint: String {
    case red = "1;31"
    case yellow = "1;33"
    case blue = "34"
    case green = "32"
    case bold = "1"
  }

  private func painted(_ text: String, _ tint: Tint) -> String {
    useColor ? "\u{1B}[\(tint.rawValue)m\(text)\u{1B}[0m" : text
  }
}
