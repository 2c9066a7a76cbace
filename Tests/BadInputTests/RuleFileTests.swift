import Foundation
import Promo
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// The catalogue of bad rule texts, last part: what lies on a disk where a rule file should.
@Suite("bad rule files") struct RuleFileTests {
  @Test("R5: a file of 300 GiB is refused by its size, before anything is read")
  func r5() throws {
    try inFolder { (folder: String) throws in
      let path = "\(folder)/large.promo"
      try write("", to: path)
      #expect(truncate(path, 300 << 30) == 0)
      #expect(try trouble(path) == .tooLarge)
    }
  }

  @Test("R47: a pipe is refused at once, though nobody writes to it", .timeLimit(.minutes(10)))
  func r47Pipe() throws {
    try inFolder { (folder: String) throws in
      #expect(mkfifo("\(folder)/pipe.promo", 0o600) == 0)
      #expect(try trouble("\(folder)/pipe.promo") == .isNoFile)
      #expect(try trouble(folder) == .isNoFile)
      #expect(try trouble("/dev/zero") == .isNoFile)
    }
  }

  @Test("R47: a folder without rules, links in a circle and a path to nothing are named")
  func r47Folders() throws {
    try inFolder { (folder: String) throws in
      #expect(try trouble(folder) == .noRuleFiles)
      #expect(try trouble("\(folder)/none.promo") == .notFound)
      #expect(try trouble("") == .notFound)
      #expect(symlink("b.promo", "\(folder)/a.promo") == 0)
      #expect(symlink("a.promo", "\(folder)/b.promo") == 0)
      #expect(try trouble("\(folder)/a.promo") == .linksInCircle)
      #expect(try trouble(folder) == .linksInCircle)
      #expect(unlink("\(folder)/a.promo") == 0 && unlink("\(folder)/b.promo") == 0)
      #expect(mkdir("\(folder)/inside.promo", 0o700) == 0)
      #expect(try trouble(folder) == .isFolder)
    }
  }

  @Test("R47: a file that may not be read says so", .enabled(if: geteuid() != 0))
  func r47Unreadable() throws {
    try inFolder { (folder: String) throws in
      try write(head, to: "\(folder)/a.promo")
      #expect(chmod("\(folder)/a.promo", 0) == 0)
      #expect(try trouble("\(folder)/a.promo") == .notReadable)
    }
  }

  // A path given by hand may go anywhere; a list named inside a text may not.
  @Test(
    "R47: a list does not lead out of the folder of its rule file",
    arguments: ["../x.txt", "/etc/passwd", "a/../../x", "..", "a//b"])
  func r47Lists(name: String) throws {
    try inFolder { (folder: String) throws in
      try write("set a = items listed in \"\(name)\"\n", to: "\(folder)/a.promo")
      #expect(try trouble(folder) == .outsideFolder)
    }
  }

  @Test("R48: rules are what was read at once; their identity is of those bytes")
  func r48() throws {
    try inFolder { (folder: String) throws in
      let path = "\(folder)/a.promo"
      try write(give("$1 off order"), to: path)
      let sources = try RuleFiles.read([path])
      try write(give("$2 off order"), to: path)
      let rules = try RuleSet(sources: sources)
      let read = try Cart.read(json: Array(cart().utf8))
      let quote = try rules.quote(read.cart, at: try #require(read.at))
      #expect(quote.total.minorUnits == 1900 && quote.rules == rules.identity)
      #expect(rules.identity.hasPrefix("sha256:"))
      let changed = try RuleSet(sources: try RuleFiles.read([path]))
      #expect(changed.identity != rules.identity)
      try write(give("$1 off order"), to: path)
      #expect(try RuleSet(sources: try RuleFiles.read([path])).identity == rules.identity)
    }
  }

  private func trouble(_ path: String) throws -> RuleFileError.Code {
    let error = try #require(throws: RuleFileError.self) { try RuleFiles.read([path]) }
    #expect(!error.message.isEmpty)
    return error.code
  }

  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  /// Works in a folder of its own that is gone afterwards.
  private func inFolder(_ work: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("promo-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try work(folder)
  }
}
