import Foundation

/// Rule texts to hold the laws against: those of this test target and those the project ships.
enum Corpus {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Rule files in the folder `Rules`, by name.
  static let shipped = files(in: root.appending(path: "Rules"), suffix: ".promo")

  private static func files(in folder: URL, suffix: String) -> [String: String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    var texts: [String: String] = [:]
    for name in names where name.hasSuffix(suffix) {
      texts[name] = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
    return texts
  }

  /// Rule texts of the conformance cases.
  static let conformance: [String] = {
    let folder = root.appending(path: "Tests/ConformanceTests/Cases")
    return files(in: folder, suffix: ".cases").sorted { $0.key < $1.key }.flatMap { _, text in
      text.components(separatedBy: "\n--- rules\n").dropFirst().compactMap {
        $0.components(separatedBy: "\n--- ").first.map { $0 + "\n" }
      }
    }
  }()

  /// All of them.
  static let texts: [String] =
    [FirstFile.text, EveryForm.text] + shipped.sorted { $0.key < $1.key }.map(\.value)
    + conformance
}
