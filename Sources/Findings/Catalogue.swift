/// What is said about one kind of finding.
///
/// Templates are filled with the facts of a finding: `{found}` becomes the fact of that name.
package struct CatalogueEntry: Sendable {
  /// The stable code.
  package var code: FindingCode
  /// What is wrong, in the rule author's words, lower case, no full stop.
  package var title: String
  /// What the marked piece is.
  package var label: String
  /// A line of advice below; may be empty.
  package var help: String
  /// Why it is refused and what to do, in whole sentences.
  package var explanation: String
  /// The smallest rule text that brings it about; nil where only size or bytes do.
  package var example: String?
  /// The same text as it should be.
  package var remedy: String?

  /// An entry of the catalogue.
  package init(
    _ code: FindingCode, title: String, label: String, help: String = "", explanation: String,
    example: String? = nil, remedy: String? = nil
  ) {
    self.code = code
    self.title = title
    self.label = label
    self.help = help
    self.explanation = explanation
    self.example = example
    self.remedy = remedy
  }
}

/// All kinds of findings, by code.
package enum FindingCatalogue {
  private static let entries: [FindingCode: CatalogueEntry] = Dictionary(
    (lexicalEntries + syntaxEntries + checkingEntries).map { ($0.code, $0) },
    uniquingKeysWith: { first, _ in first })

  /// Every code there is, in ascending order.
  package static var codes: [FindingCode] {
    entries.keys.sorted { $0.rawValue < $1.rawValue }
  }

  /// What is said about a code, if there is such a code.
  package static func entry(for code: FindingCode) -> CatalogueEntry? { entries[code] }

  /// The page that explains a code, for a reader at a terminal; nil for an unknown code.
  package static func page(of code: FindingCode) -> String? {
    guard let entry = entries[code] else { return nil }
    let title = filled(entry.title, ["found": "this", "missing": "something"])
    var page = "\(code.rawValue): \(title)\n\n\(wrapped(entry.explanation))\n"
    if let example = entry.example { page += "\nFor example\n\n\(indented(example))" }
    if let remedy = entry.remedy { page += "\nWrite\n\n\(indented(remedy))" }
    return page
  }

  /// A template with its places filled; a place without a fact becomes an ellipsis.
  static func filled(_ template: String, _ facts: [String: String]) -> String {
    var text = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{") {
      text += rest[..<open]
      guard let close = rest[open...].firstIndex(of: "}") else { break }
      let name = rest[rest.index(after: open)..<close]
      if name.utf8.allSatisfy({ $0 &- 0x61 < 26 }), !name.isEmpty {
        text += facts[String(name)].map(shown) ?? "…"
      } else {
        text += rest[open...close]
      }
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }

  /// A fact as it may be shown: one line, no control characters, not longer than a line.
  private static func shown(_ fact: String) -> String {
    let safe = fact.unicodeScalars.map { VisibleText.isSafe($0) ? String($0) : "·" }.joined()
    return safe.unicodeScalars.count > 100 ? String(safe.prefix(99)) + "…" : safe
  }

  private static func indented(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
  }

  /// Sentences broken to lines of at most 80 characters.
  private static func wrapped(_ text: String) -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if !line.isEmpty, line.count + 1 + word.count > 80 {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return (lines + [line]).joined(separator: "\n")
  }
}
