import Foundation
import SocketClient
import Testing

/// `promo-server serve` as a process of its own, over a folder of its own.
final class RunningServer {
  /// Beside the program that runs the tests; nil when only some of the package was built.
  static var program: URL? {
    let url = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("promo-server")
    return FileManager.default.isExecutableFile(atPath: url.path) ? url : nil
  }

  let folder: URL
  let port: UInt16
  private let process = Process()
  private let output = Pipe()
  /// What it said before it listened.
  private(set) var greeting = ""

  /// Starts it, and waits until it listens.
  init(_ rules: String, _ arguments: [String] = [], in folder: URL) throws {
    self.folder = folder
    let rulesFolder = folder.appendingPathComponent("rules")
    try FileManager.default.createDirectory(at: rulesFolder, withIntermediateDirectories: true)
    try Data(rules.utf8).write(to: rulesFolder.appendingPathComponent("shop.promo"))
    port = try freePort()
    process.executableURL = Self.program
    process.arguments =
      [
        "serve", "--rules", rulesFolder.path, "--data", folder.appendingPathComponent("data").path,
        "--port", "\(port)", "--quiet",
      ] + arguments
    process.standardOutput = output
    try process.run()
    while !greeting.contains("listening on") {
      let part = output.fileHandleForReading.availableData
      guard !part.isEmpty else { break }
      greeting += String(decoding: part, as: UTF8.self)
    }
    try #require(greeting.contains("listening on 127.0.0.1:\(port)"), "\(greeting)")
  }

  deinit {
    if process.isRunning { process.terminate() }
    try? FileManager.default.removeItem(at: folder)
  }

  /// Asks it to stop; how it ended.
  func stop() -> Int32 {
    process.terminate()
    process.waitUntilExit()
    return process.terminationStatus
  }
}

/// A folder that nobody has.
func emptyFolder() throws -> URL {
  let url = FileManager.default.temporaryDirectory
    .appendingPathComponent("running-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  return url
}

/// Runs a line of a shell: what it printed, and how it ended.
func shell(_ line: String) throws -> (output: String, status: Int32) {
  let process = Process()
  let pipe = Pipe()
  process.executableURL = URL(fileURLWithPath: "/bin/sh")
  process.arguments = ["-c", line]
  process.standardOutput = pipe
  process.standardError = pipe
  try process.run()
  let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (String(decoding: bytes, as: UTF8.self), process.terminationStatus)
}

/// A port that nobody listens on just now.
private func freePort() throws -> UInt16 {
  for _ in 0..<100 {
    let port = UInt16.random(in: 20_000...32_000)
    if SocketClient(port: port) == nil { return port }
  }
  return try #require(nil, "every port is taken")
}
