extension FindingRenderer {
  /// Findings as a SARIF 2.1.0 log, which code hosts and editors read.
  package func sarif(_ findings: [Finding]) -> String {
    var codes: [FindingCode] = []
    for finding in findings where !codes.contains(finding.code) { codes.append(finding.code) }
    codes.sort { $0.rawValue < $1.rawValue }
    let rules = codes.map { code in
      let entry = FindingCatalogue.entry(for: code)
      let title = FindingCatalogue.filled(entry?.title ?? code.rawValue, [:])
      return "{\(member("id", code.rawValue)),\"shortDescription\":{\(member("text", title))},"
        + "\"fullDescription\":{\(member("text", entry?.explanation ?? title))}}"
    }
    let results = findings.map { result($0, codes) }
    return """
      {"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{\
      "tool":{"driver":{"name":"promo","rules":[\(rules.joined(separator: ","))]}},\
      "columnKind":"unicodeCodePoints","results":[\(results.joined(separator: ","))]}]}

      """
  }

  private func result(_ finding: Finding, _ codes: [FindingCode]) -> String {
    var members = [
      member("ruleId", finding.code.rawValue),
      "\"ruleIndex\":\(codes.firstIndex(of: finding.code) ?? 0)",
      member("level", finding.severity.rawValue),
      "\"message\":{\(member("text", message(finding)))}",
      "\"locations\":[{\(location(finding.span))}]",
    ]
    if !finding.related.isEmpty {
      let related = finding.related.map { related in
        "{\(location(related.span)),\"message\":{\(member("text", related.label))}}"
      }
      members.append("\"relatedLocations\":[\(related.joined(separator: ","))]")
    }
    if !finding.repairs.isEmpty {
      members.append("\"fixes\":[\(finding.repairs.map(fix).joined(separator: ","))]")
    }
    return "{" + members.joined(separator: ",") + "}"
  }

  private func location(_ span: SourceSpan) -> String {
    let file = file(of: span)
    let start = file.position(of: span.start)
    let end = file.position(of: span.end)
    return "\"physicalLocation\":{\(artifact(file)),\"region\":{\"startLine\":\(start.line),"
      + "\"startColumn\":\(start.column),\"endLine\":\(end.line),\"endColumn\":\(end.column),"
      + "\"byteOffset\":\(span.start),\"byteLength\":\(span.end - span.start)}}"
  }

  private func artifact(_ file: SourceFile) -> String {
    "\"artifactLocation\":{\(member("uri", uri(file.path)))}"
  }

  private func fix(_ repair: Repair) -> String {
    let changes = repair.edits.map { edit in
      "{\"deletedRegion\":{\"byteOffset\":\(edit.span.start),"
        + "\"byteLength\":\(edit.span.end - edit.span.start)},"
        + "\"insertedContent\":{\(member("text", edit.replacement))}}"
    }
    guard let first = repair.edits.first else { return "{}" }
    let file = file(of: first.span)
    return "{\"description\":{\(member("text", repair.title))},\"artifactChanges\":[{"
      + "\(artifact(file)),\"replacements\":[\(changes.joined(separator: ","))]}]}"
  }

  /// A path as a relative reference: every byte that means something else there is escaped.
  private func uri(_ path: String) -> String {
    path.utf8.map { byte in
      let isPlain =
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
        || "-._~/".utf8.contains(byte)
      return isPlain ? String(UnicodeScalar(byte)) : "%" + hexadecimal(byte)
    }.joined()
  }
}
