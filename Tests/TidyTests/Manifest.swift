import Foundation

/// What Package.swift says of targets, read as text.
struct Manifest {
  struct Target {
    var kind: String
    var name: String
    var dependencies: [String]
    /// Where its files are.
    var folder: String
    /// From 1.
    var line: Int
  }

  /// In the order written.
  var targets: [Target] = []

  /// Reads every `.target(`, `.executableTarget(`, `.testTarget(` and `.systemLibrary(`.
  init(_ file: TextFile) {
    let text = file.text
    let declaration = /\.(target|executableTarget|testTarget|systemLibrary)\(\s*name: "([^"]+)"/
    for match in text.matches(of: declaration) {
      let body = Manifest.parentheses(text[match.range.lowerBound...])
      let name = String(match.2)
      let kind = String(match.1)
      let base = kind == "testTarget" ? "Tests" : "Sources"
      targets.append(
        Target(
          kind: kind, name: name, dependencies: Manifest.list("dependencies", in: body),
          folder: body.firstMatch(of: /path: "([^"]+)"/).map { String($0.1) } ?? "\(base)/\(name)",
          line: text[..<match.range.lowerBound].count { $0 == "\n" } + 1))
    }
  }

  /// Rooms: what stands in Sources.
  var rooms: [Target] { targets.filter { $0.folder.hasPrefix("Sources/") } }

  /// From a declaration to the parenthesis that closes it.
  private static func parentheses(_ text: Substring) -> Substring {
    var depth = 0
    for index in text.indices {
      if text[index] == "(" { depth += 1 }
      if text[index] == ")" {
        depth -= 1
        if depth == 0 { return text[...index] }
      }
    }
    return text
  }

  private static func list(_ label: String, in body: Substring) -> [String] {
    guard let start = body.range(of: "\(label): [") else { return [] }
    let inside = body[start.upperBound...].prefix { $0 != "]" }
    return inside.matches(of: /"([^"]+)"/).map { String($0.1) }
  }
}
