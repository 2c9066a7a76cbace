import Foundation
import Testing

@testable import Promo

#if canImport(Glibc)
  import Glibc
#endif

@Suite("reading rule files") struct RuleFilesTests {
  @Test("a folder gives its rule files by the bytes of their names, and nothing else")
  func folder() throws {
    try inFolder { folder in
      for name in ["b.promo", "B.promo", "a.promo", "notes.txt", ".hidden.promo", "a.promo~"] {
        try write(name, to: "\(folder)/\(name)")
      }
      try FileManager.default.createDirectory(
        atPath: "\(folder)/inside", withIntermediateDirectories: false)
      try write("x", to: "\(folder)/inside/x.promo")
      let sources = try RuleFiles.read([folder])
      #expect(sources.map(\.path) == ["B.promo", "a.promo", "b.promo"].map { "\(folder)/\($0)" })
      #expect(sources.map { String(decoding: $0.bytes, as: UTF8.self) }.first == "B.promo")
      #expect(try RuleFiles.read([folder + "/"]) == sources)
    }
  }

  @Test("files come in the order given, and one that is named twice comes once")
  func order() throws {
    try inFolder { folder in
      try write("a", to: "\(folder)/a.promo")
      try write("b", to: "\(folder)/b.rules")
      let paths = ["\(folder)/b.rules", "\(folder)/a.promo", folder, "\(folder)/./b.rules"]
      #expect(try RuleFiles.read(paths).map(\.path) == Array(paths.prefix(2)))
    }
  }

  @Test("lists that a text names are read beside it, and one that is missing is left out")
  func lists() throws {
    try inFolder { folder in
      try write(
        """
        # items listed in "comment.txt"
        set a = items listed in "a.txt"
        set b = items listed
          in "lists/b.txt"
        set c = items in category "listed in"
        set d = items listed in "missing.txt"
        set e = items listed in "a.txt"
        """, to: "\(folder)/x.promo")
      try FileManager.default.createDirectory(
        atPath: "\(folder)/lists", withIntermediateDirectories: false)
      try write("\u{FEFF}A\r\n\r\n  B 2 \n#C\n", to: "\(folder)/a.txt")
      try write("D", to: "\(folder)/lists/b.txt")
      let sources = try RuleFiles.read([folder])
      #expect(sources.first?.lists.keys.sorted() == ["a.txt", "lists/b.txt"])
      let lists = sources.first?.lists.mapValues { RuleSource.skus(inList: $0) }
      #expect(lists == ["a.txt": ["A", "B 2", "#C"], "lists/b.txt": ["D"]])
    }
  }

  @Test("two folders may not say two things with one list's name")
  func twoLists() throws {
    try inFolder { folder in
      for name in ["a", "b"] {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(name)", withIntermediateDirectories: false)
        try write("set s = items listed in \"l.txt\"", to: "\(folder)/\(name)/x.promo")
        try write("A", to: "\(folder)/\(name)/l.txt")
      }
      let folders = ["\(folder)/a", "\(folder)/b"]
      #expect(try RuleFiles.read(folders).count == 2)
      try write("B", to: "\(folder)/b/l.txt")
      #expect(try trouble(folders) == .twoLists)
    }
  }

  @Test(
    "a list may not lead out of its folder",
    arguments: ["../x.txt", "/etc/passwd", "a/../../x", "..", "", "a//b", "a/.."])
  func outside(name: String) throws {
    try inFolder { folder in
      try write("set a = items listed in \"\(name)\"", to: "\(folder)/x.promo")
      #expect(try trouble([folder]) == .outsideFolder)
    }
  }

  @Test("trouble is named, and a pipe nobody writes to holds nothing up")
  func trouble() throws {
    try inFolder { folder in
      #expect(try trouble(["\(folder)/none.promo"]) == .notFound)
      #expect(try trouble([folder]) == .noRuleFiles)
      #expect(try trouble(["\(folder)/a\0b"]) == .badText)
      #expect(try trouble([""]) == .notFound)

      #expect(mkfifo("\(folder)/pipe.promo", 0o600) == 0)
      #expect(try trouble(["\(folder)/pipe.promo"]) == .isNoFile)
      #expect(try trouble([folder]) == .isNoFile)
      try FileManager.default.removeItem(atPath: "\(folder)/pipe.promo")

      #expect(symlink("b.promo", "\(folder)/a.promo") == 0)
      #expect(symlink("a.promo", "\(folder)/b.promo") == 0)
      #expect(try trouble(["\(folder)/a.promo"]) == .linksInCircle)
      try FileManager.default.removeItem(atPath: "\(folder)/a.promo")
      try FileManager.default.removeItem(atPath: "\(folder)/b.promo")

      try FileManager.default.createDirectory(
        atPath: "\(folder)/f.promo", withIntermediateDirectories: false)
      #expect(try trouble([folder]) == .isFolder)
      #expect(try trouble(["/dev/null"]) == .isNoFile)
    }
  }

  @Test("a file that cannot be read says so", .enabled(if: geteuid() != 0))
  func unreadable() throws {
    try inFolder { folder in
      try write("a", to: "\(folder)/a.promo")
      #expect(chmod("\(folder)/a.promo", 0) == 0)
      #expect(try trouble([folder]) == .notReadable)
    }
  }

  @Test("a file is refused by its size before it is read, at one byte too many")
  func size() throws {
    try inFolder { folder in
      let path = "\(folder)/big.promo"
      try write("", to: path)
      #expect(truncate(path, RuleFileLimits.ruleFileBytes) == 0)
      #expect(try RuleFiles.read([path]).first?.bytes.count == RuleFileLimits.ruleFileBytes)
      #expect(truncate(path, RuleFileLimits.ruleFileBytes + 1) == 0)
      #expect(try trouble([path]) == .tooLarge)
      #expect(truncate(path, 300 << 30) == 0)
      #expect(try trouble([path]) == .tooLarge)
      try write("set a = items listed in \"l.txt\"", to: path)
      try write("", to: "\(folder)/l.txt")
      #expect(truncate("\(folder)/l.txt", RuleFileLimits.listBytes + 1) == 0)
      #expect(try trouble([path]) == .tooLarge)
    }
  }

  @Test("a list is UTF-8 without NUL")
  func badLists() throws {
    try inFolder { folder in
      try write("set a = items listed in \"l.txt\"", to: "\(folder)/x.promo")
      try Data([0x41, 0xFF]).write(to: URL(fileURLWithPath: "\(folder)/l.txt"))
      #expect(try trouble([folder]) == .badText)
      try Data([0x41, 0x00]).write(to: URL(fileURLWithPath: "\(folder)/l.txt"))
      #expect(try trouble([folder]) == .badText)
    }
  }

  private func trouble(_ paths: [String]) throws -> RuleFileError.Code {
    try #require(throws: RuleFileError.self) { try RuleFiles.read(paths) }.code
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
