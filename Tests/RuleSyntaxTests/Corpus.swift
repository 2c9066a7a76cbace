import Foundation

/// Rule texts to hold the laws against: those of this test target and those the project ships.
enum Corpus {
  /// Rule files in the folder `Rules`, by name.
  static let shipped: [String: String] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.appending(path: "Rules")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    var texts: [String: String] = [:]
    for name in names where name.hasSuffix(".promo") {
      texts[name] = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
    return texts
  }()

  /// All of them.
  static let texts: [String] =
    [FirstFile.text, EveryForm.text] + shipped.sorted { $0.key < $1.key }.map(\.value)
}
