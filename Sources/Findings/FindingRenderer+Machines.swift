extension FindingRenderer {
  /// Findings as one JSON object, one finding a line.
  ///
  /// Lines and columns count from 1, columns in characters; `start` and `end` are byte offsets.
  ///
  /// - Parameter more: Further members of the object, as JSON text that begins with a comma.
  package func json(_ findings: [Finding], more: String = "") -> String {
    let errorCount = findings.count { $0.severity == .error }
    var text = "{\"formatVersion\":1,\"errors\":\(errorCount)"
    text += ",\"warnings\":\(findings.count - errorCount),\"findings\":["
    text += findings.map { "\n" + json($0) }.joined(separator: ",")
    return text + (findings.isEmpty ? "]" : "\n]") + more + "}\n"
  }

  /// Findings as one JSON array without spaces, to stand inside another document.
  package func jsonArray(_ findings: [Finding]) -> String {
    "[" + findings.map(json).joined(separator: ",") + "]"
  }

  private func json(_ finding: Finding) -> String {
    let words = words(of: finding)
    var members = [
      member("code", finding.code.rawValue), member("severity", finding.severity.rawValue),
      member("title", words.title), member("label", words.label),
    ]
    if !words.help.isEmpty { members.append(member("help", words.help)) }
    members.append(contentsOf: place(finding.span))
    let facts = finding.facts.sorted { $0.key < $1.key }.map { member($0.key, $0.value) }
    members.append("\"facts\":{\(facts.joined(separator: ","))}")
    let related = finding.related.map { related in
      "{" + (place(related.span) + [member("label", related.label)]).joined(separator: ",") + "}"
    }
    members.append("\"related\":[\(related.joined(separator: ","))]")
    let repairs = finding.repairs.map { repair in
      let edits = repair.edits.map { edit in
        "{\"start\":\(edit.span.start),\"end\":\(edit.span.end),"
          + member("replacement", edit.replacement) + "}"
      }
      return "{\(member("title", repair.title)),\"isSafe\":\(repair.isSafe),"
        + "\"edits\":[\(edits.joined(separator: ","))]}"
    }
    members.append("\"repairs\":[\(repairs.joined(separator: ","))]")
    return "{" + members.joined(separator: ",") + "}"
  }

  private func place(_ span: SourceSpan) -> [String] {
    let file = file(of: span)
    let start = file.position(of: span.start)
    let end = file.position(of: span.end)
    return [
      member("path", file.path), "\"line\":\(start.line)", "\"column\":\(start.column)",
      "\"endLine\":\(end.line)", "\"endColumn\":\(end.column)", "\"start\":\(span.start)",
      "\"end\":\(span.end)",
    ]
  }

  /// Findings as workflow commands that GitHub shows beside the changed lines.
  package func github(_ findings: [Finding]) -> String {
    findings.map { finding in
      let file = file(of: finding.span)
      let start = file.position(of: finding.span.start)
      let end = file.position(of: finding.span.end)
      let properties = [
        "file=\(escaped(file.path, "%\r\n:,"))", "line=\(start.line)", "endLine=\(end.line)",
        "col=\(start.column)", "endColumn=\(end.column)", "title=\(finding.code.rawValue)",
      ].joined(separator: ",")
      let message = escaped(message(finding), "%\r\n")
      return "::\(finding.severity.rawValue) \(properties)::\(message)\n"
    }.joined()
  }

  /// Characters that end a workflow command or one of its properties, as percent escapes.
  private func escaped(_ text: String, _ special: String) -> String {
    text.unicodeScalars.map { scalar in
      guard special.unicodeScalars.contains(scalar) else { return String(scalar) }
      return "%" + hexadecimal(UInt8(truncatingIfNeeded: scalar.value))
    }.joined()
  }

  func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }

  func member(_ name: String, _ value: String) -> String {
    "\(quoted(name)):\(quoted(value))"
  }

  /// A text as a JSON string.
  func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        quoted += "\\u00" + hexadecimal(UInt8(truncatingIfNeeded: scalar.value))
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
