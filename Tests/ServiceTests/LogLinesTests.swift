import Testing

@testable import Service

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("lines for operators") struct LogLinesTests {
  @Test("whoever writes them does not wait for a reader that stands still; lost ones are counted")
  func stalled() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    let log = LogLines(descriptor: ends[1])
    let line = String(repeating: "x", count: 99)
    // More than the pipe and the room for lines hold together: this would wait for ever.
    let count = 2 * ServiceLimits.logLinesMaximum
    for _ in 0..<count { log.write(line) }
    var text: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    var (written, dropped) = (0, 0)
    while written + dropped < count {
      let size = read(ends[0], &part, part.count)
      try #require(size > 0)
      text += part.prefix(size)
      while let end = text.firstIndex(of: 0x0A) {
        let found = String(decoding: text[..<end], as: UTF8.self)
        text.removeSubrange(...end)
        if found == line {
          written += 1
        } else {
          let number = found.split(separator: ":").last?.dropLast()
          dropped += try #require(number.flatMap { Int($0) })
        }
      }
    }
    #expect(dropped > 0 && written >= ServiceLimits.logLinesMaximum)
    #expect(written + dropped == count)
  }
}
