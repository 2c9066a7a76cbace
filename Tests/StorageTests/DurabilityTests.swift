#if os(Linux)
  import Foundation
  import Testing

  @Suite("what was acknowledged is kept") struct DurabilityTests {
    private let folder: TestFolder

    /// In memory where the system has a place for that: these tests sync a great deal, and what they
    /// find does not depend on what the disk does.
    init() throws {
      let memory = "/dev/shm/"
      let isWritable = FileManager.default.isWritableFile(atPath: memory)
      folder = try TestFolder(in: isWritable ? memory : NSTemporaryDirectory())
    }

    /// Runs the program that lies beside these tests.
    private func durability(_ words: String...) throws -> (code: Int32, text: String) {
      let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      let process = Process()
      process.executableURL = URL(fileURLWithPath: tests).deletingLastPathComponent()
        .appendingPathComponent("durability")
      process.arguments = words
      process.environment = ["SWIFT_BACKTRACE": "enable=no"]
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let text = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }

    private func record(_ synchronous: String) throws {
      let (code, text) = try durability(
        "record", "--data", folder.path + "/data", "--log", folder.path + "/log",
        "--requests", "90", "--synchronous", synchronous)
      #expect(code == 0, "\(text)")
    }

    @Test("when the power is cut at any instant")
    func powerCuts() throws {
      try record("FULL")
      let (code, text) = try durability(
        "cut", "--log", folder.path + "/log", "--states", "80", "--scratch", folder.path)
      #expect(code == 0, "\(text)")
      #expect(text.contains("ok: 80 power cuts"))
    }

    @Test("a store that syncs less is found out", arguments: ["NORMAL", "OFF"])
    func lessSure(synchronous: String) throws {
      try record(synchronous)
      let (code, text) = try durability(
        "cut", "--log", folder.path + "/log", "--states", "200", "--scratch", folder.path)
      #expect(code == 1)
      #expect(text.hasPrefix("violation: seed 1, state "))
      let state = text.split(separator: " ")[4].dropLast()
      let again = try durability(
        "cut", "--log", folder.path + "/log", "--state", "\(state)", "--scratch", folder.path)
      #expect(again.code == 1)
      #expect(again.text == text)
    }

    @Test("when the process is killed")
    func kills() throws {
      let (code, text) = try durability("kill", "--rounds", "3", "--scratch", folder.path)
      #expect(code == 0, "\(text)")
      #expect(text.contains("ok: 3 processes killed"))
    }

    @Test("when a write or a sync fails, in error, for want of room, or in its middle")
    func failures() throws {
      let (code, text) = try durability(
        "fail", "--requests", "20", "--step", "23", "--scratch", folder.path)
      #expect(code == 0, "\(text)")
      #expect(text.split(separator: "\n").count == 3)
    }
  }
#endif
