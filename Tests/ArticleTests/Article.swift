import Foundation
import Testing

/// A page of prose in the repository, and the blocks of code in it.
struct Article {
  /// A fenced block: its language and its text, each line ended.
  struct Block {
    var language: String
    var text: String
  }

  /// From the top of the repository.
  let path: String
  let fullPath: String
  let text: String

  init(_ path: String) throws {
    self.path = path
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    fullPath = root.appendingPathComponent(path).path
    text = try String(contentsOfFile: fullPath, encoding: .utf8)
  }

  var blocks: [Block] {
    var blocks: [Block] = []
    var open: Block?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        if let block = open { blocks.append(block) }
        open = open == nil ? Block(language: String(line.dropFirst(3)), text: "") : nil
      } else {
        open?.text += line + "\n"
      }
    }
    return blocks
  }

  func blocks(in language: String) -> [String] {
    blocks.filter { $0.language == language }.map(\.text)
  }

  func block(in language: String) throws -> String {
    try #require(blocks(in: language).first, "\(path) has no block in \(language)")
  }
}

extension Article {
  static let all = [
    "README.md",
    "Sources/Promo/Promo.docc/CartsAndQuotes.md",
    "Sources/Promo/Promo.docc/GettingStarted.md",
    "Sources/Promo/Promo.docc/Internals.md",
    "Sources/Promo/Promo.docc/JourneyOfACart.md",
    "Sources/Promo/Promo.docc/Problem.md",
    "Sources/Promo/Promo.docc/Promo.md",
  ]
}
