import Foundation

/// All cases of all peers, run once.
struct ConformanceCorpus: Sendable {
  var files: [CaseFile]
  /// By id; two cases of one id are told apart by `doubledIDs`.
  var verdicts: [String: Verdict]
  var doubledIDs: [String]

  /// The corpus that lies beside this file.
  static let run = Result { try ConformanceCorpus() }

  private init() throws {
    files = try Self.peers().map { peer in
      try CaseFile(peer: peer, text: Self.text(of: "\(peer).cases"))
    }
    verdicts = [:]
    doubledIDs = []
    for file in files {
      for each in file.cases where verdicts.updateValue(each.verdict(), forKey: each.id) != nil {
        doubledIDs.append(each.id)
      }
    }
  }

  /// The ids that must be there, by peer.
  static func index() throws -> [String: [String]] {
    var index: [String: [String]] = [:]
    for line in try text(of: "index.txt").split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ")
      guard words.count > 2 else { continue }
      index[String(words[0])] = words[2...].map { "\(words[1])-\($0)" }
    }
    return index
  }

  private static func peers() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".cases") }.map { String($0.dropLast(6)) }.sorted()
  }

  private static func text(of name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  private static var folder: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Cases")
  }
}
