import Foundation

/// A place for a data folder that goes when nobody needs it any more; the folder itself is not made.
package final class TrialFolder {
  /// Where the data folder is to be.
  package let path: String
  private let parent: String

  /// A place within a folder, or where the system keeps what is temporary.
  package init(in folder: String? = nil) throws {
    let base = folder ?? NSTemporaryDirectory()
    parent = (base as NSString).appendingPathComponent("trial-" + UUID().uuidString)
    path = parent + "/data"
    try FileManager.default.createDirectory(
      atPath: parent, withIntermediateDirectories: true)
  }

  /// The path of a file beside the data folder.
  package func beside(_ name: String) -> String { parent + "/" + name }

  /// Makes the data folder hold files and nothing else; nil for no folder at all.
  func become(_ files: [String: [UInt8]]?) throws {
    try? FileManager.default.removeItem(atPath: path)
    guard let files else { return }
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false)
    for (name, bytes) in files {
      try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: parent) }
}
