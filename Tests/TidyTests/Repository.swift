import Foundation

/// The files of a repository as these tests see them; build products and history are left out.
struct Repository: Sendable {
  /// Sorted by path.
  var files: [TextFile]
  /// What stands at the top, folders included.
  var topNames: [String]

  /// The repository that these tests stand in.
  static let here = Repository(at: root)

  /// The folder two levels above this file's.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A made-up repository, to see that a rule catches what it should.
  init(_ texts: [String: String]) {
    files = texts.map { TextFile(path: $0.key, bytes: Array($0.value.utf8)) }
    files.sort { $0.path < $1.path }
    topNames = Set(texts.keys.map { String($0.prefix { $0 != "/" }) }).sorted()
  }

  private init(at root: URL) {
    let leftOut: Set = [".git", ".build", ".swiftpm", ".DS_Store", "DerivedData"]
    let manager = FileManager.default
    let names = (try? manager.contentsOfDirectory(atPath: root.path)) ?? []
    topNames = names.filter { !leftOut.contains($0) && $0 != "Package.resolved" }.sorted()
    files = []
    for top in topNames {
      let start = root.appendingPathComponent(top).path
      let inside = manager.subpaths(atPath: start).map { $0.map { "\(top)/\($0)" } } ?? []
      for path in [top] + inside {
        let full = root.appendingPathComponent(path)
        guard let data = try? Data(contentsOf: full), !path.hasSuffix(".o") else { continue }
        files.append(TextFile(path: path, bytes: [UInt8](data)))
      }
    }
    files.sort { $0.path < $1.path }
  }

  /// The file at a path.
  func file(_ path: String) -> TextFile? { files.first { $0.path == path } }

  /// Swift files below a folder; all of them when none is given.
  func swiftFiles(in folder: String = "") -> [TextFile] {
    files.filter { $0.path.hasPrefix(folder) && $0.path.hasSuffix(".swift") }
  }
}

/// A file of the repository.
struct TextFile: Sendable {
  /// From the top of the repository, parts separated by `/`.
  let path: String
  let bytes: [UInt8]
  /// Of a Swift file its lines without comments and the insides of strings.
  let codeLines: [Line]
  /// Of a Swift file the comments in its lines.
  let commentLines: [Line]

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    let swift = path.hasSuffix(".swift") ? SwiftText(bytes) : nil
    codeLines = TextFile.lines(of: swift?.code ?? [])
    commentLines = TextFile.lines(of: swift?.comments ?? [])
  }

  /// The text; bytes that are not UTF-8 are replaced.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  var lines: [Line] { TextFile.lines(of: bytes) }

  /// The last part of the path without what follows its last point.
  var baseName: String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }

  private static func lines(of bytes: [UInt8]) -> [Line] {
    bytes.split(separator: newLine, omittingEmptySubsequences: false)
  }
}

/// A place where a rule of the house is broken.
struct Breach: CustomStringConvertible, Equatable {
  let path: String
  /// From 1; nil for the whole file.
  let line: Int?
  let message: String

  init(_ path: String, line: Int? = nil, _ message: String) {
    self.path = path
    self.line = line
    self.message = message
  }

  var description: String {
    line.map { "\(path):\($0): \(message)" } ?? "\(path): \(message)"
  }
}

/// One breach a line, for a failing test.
func list(_ breaches: [Breach]) -> String {
  "\n" + breaches.map { "  \($0)" }.joined(separator: "\n")
}
