/// Words that may stand before `func`, `init` and the like, with the attributes in use.
private let modifiers: Set = [
  "public", "package", "internal", "fileprivate", "private", "static", "final", "override",
  "mutating", "nonmutating", "consuming", "borrowing", "convenience", "required", "indirect",
  "nonisolated", "set", "discardableResult", "inlinable", "usableFromInline", "inline", "never",
  "frozen", "lazy", "unowned", "weak",
]
/// Words that declare a type.
private let typeWords: Set = ["struct", "enum", "class", "protocol", "actor", "typealias"]
/// Words that declare something with a value.
private let valueWords: Set = ["func", "init", "subscript", "var", "let", "case"]
/// What a protocol of the standard library asks for needs no words of ours.
private let obviousNames: Set = ["hash", "description", "rawValue", "errorDescription"]

/// What a line declares.
struct Declaration {
  enum Access { case others, package, inside }
  var access = Access.inside
  /// The word that declares it.
  var keyword: String
  /// Empty for operators and initialisers.
  var name: String
  /// Whether it stands inside another declaration.
  var isNested: Bool

  /// Reads a line of code; nil when it declares nothing.
  init?(_ line: Line) {
    let start = line.firstIndex { $0 != space } ?? line.endIndex
    guard start < line.endIndex, isWordByte(line[start]) || line[start] == UInt8(ascii: "@") else {
      return nil
    }
    let parts = words(of: line)
    guard let place = parts.firstIndex(where: { !modifiers.contains($0) }) else { return nil }
    let keyword = parts[place]
    guard typeWords.contains(keyword) || valueWords.contains(keyword) else { return nil }
    self.keyword = keyword
    isNested = start > line.startIndex
    name = Declaration.name(after: keyword, in: line, parts)
    for part in parts[..<place] {
      if part == "public" { access = .others }
      if part == "package" { access = .package }
    }
  }

  private static func name(after keyword: String, in line: Line, _ parts: [String]) -> String {
    guard keyword != "init", keyword != "subscript", let place = parts.firstIndex(of: keyword),
      place + 1 < parts.count
    else { return "" }
    let name = parts[place + 1]
    return line.contains("\(keyword) \(name)".utf8) ? name : ""
  }

  var isType: Bool { typeWords.contains(keyword) }
  var hasBody: Bool { ["func", "init", "subscript"].contains(keyword) }

  /// Whether a reader needs a sentence about it.
  ///
  /// Public things need one, but for operators and what the standard library asks for. Of what only
  /// our own rooms see, types that stand by themselves and functions do.
  var needsDocumentation: Bool {
    if obviousNames.contains(name) || keyword == "func" && name.isEmpty { return false }
    switch access {
    case .others: return keyword != "case"
    case .package: return isType && !isNested || keyword == "func"
    case .inside: return false
    }
  }
}

extension Repository {
  /// Declarations for others without a comment that says what they are for.
  func undocumentedDeclarations() -> [Breach] {
    swiftFiles(in: "Sources/").flatMap { file in
      let lines = file.lines
      return file.codeLines.enumerated().compactMap { index, line -> Breach? in
        guard let declaration = Declaration(line), declaration.needsDocumentation,
          !isDocumented(lines, index)
        else { return nil }
        let name = declaration.name.isEmpty ? declaration.keyword : declaration.name
        return Breach(file.path, line: index + 1, "\(name) has no doc comment")
      }
    }
  }
}

/// Whether the line above a declaration and its attributes ends a doc comment.
private func isDocumented(_ lines: [Line], _ index: Int) -> Bool {
  for line in lines[..<index].reversed() {
    let start = line.drop { $0 == space }
    if start.first == UInt8(ascii: "@") { continue }
    return start.starts(with: "///".utf8)
  }
  return false
}

/// The functions of a text that have a body, with their lines from first word to last brace.
func functions(in lines: [Line]) -> [(line: Int, lineCount: Int)] {
  var found: [(line: Int, lineCount: Int)] = []
  for (start, line) in lines.enumerated() where Declaration(line)?.hasBody == true {
    var (round, curly) = (0, 0)
    search: for (offset, line) in lines[start...].enumerated() {
      for byte in line {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "["): round += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"): round -= 1
        case UInt8(ascii: "{") where round == 0 || curly > 0: curly += 1
        case UInt8(ascii: "}") where round == 0 || curly > 0:
          curly -= 1
          if curly > 0 { continue }
          if curly == 0 { found.append((start + 1, offset + 1)) }
          break search
        default: break
        }
      }
    }
  }
  return found
}
