import Dispatch
import LocalTime
import Testing

@testable import CommandKit

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("promo quote --batch") struct BatchTests {
  private let rules = """
    currency USD

    campaign tenth "Ten percent" {
      when quantity of items >= 3
      give 10% off items
    }
    """

  private func carts(_ count: Int) -> [String] {
    (0..<count).map { index in
      "{\"currency\":\"USD\",\"at\":\"2026-06-05T12:00:00Z\",\"lines\":[{\"sku\":\"S\(index)\","
        + "\"price\":\"\(1 + index % 90).99\",\"quantity\":\(1 + index % 5)}]}"
    }
  }

  @Test("a line in, a line out, in order, the same for any number of workers")
  func order() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("r.promo", rules)
    let input = carts(800).joined(separator: "\n") + "\n"
    let one = Call("quote", "--rules", path, "--batch", "-", "--jobs", "1", input: input)
    #expect(one.code == 0, "\(one.error)")
    #expect(one.error.isEmpty)
    let lines = one.output.split(separator: "\n")
    #expect(lines.count == 800)
    for (index, line) in lines.enumerated() { #expect(line.contains("\"sku\":\"S\(index)\"")) }
    for jobs in ["2", "3", "16"] {
      let many = Call("quote", "--rules", path, "--batch", "-", "--jobs", jobs, input: input)
      #expect(many.output == one.output)
    }
  }

  @Test("a bad line has its error in its place, and the rest is priced") func badLines() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("r.promo", rules)
    var lines = carts(4)
    lines[1] = "{\"currency\":\"USD\",\"lines\":[{\"sku\":\"A\",\"price\":1.005,\"quantity\":1}]}"
    lines[2] = ""
    let batch = try folder.file("carts.jsonl", lines.joined(separator: "\r\n"))
    let call = Call("quote", "--rules", path, "--batch", batch)
    #expect(call.code == 1)
    #expect(call.error.contains("2 lines could not be priced"))
    let answers = call.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(answers.count == 5)
    #expect(answers[0].contains("\"sku\":\"S0\""))
    #expect(
      answers[1].hasPrefix(
        "{\"error\":{\"code\":\"too_many_decimals\",\"pointer\":\"/lines/0/price\","))
    #expect(answers[1].hasSuffix("\"line\":2}}"))
    #expect(answers[2].contains("\"code\":\"expected_object\""))
    #expect(answers[2].hasSuffix("\"line\":3}}"))
    #expect(answers[3].contains("\"sku\":\"S3\""))
    #expect(answers[4].isEmpty)
  }

  @Test("a line is answered before the next one is asked") func streaming() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("r.promo", rules)
    var question: [Int32] = [-1, -1]
    var reply: [Int32] = [-1, -1]
    try #require(pipe(&question) == 0 && pipe(&reply) == 0)
    let (input, output) = (question[0], reply[1])
    DispatchQueue.global().async {
      let console = Console(
        input: ByteSource(descriptor: input),
        output: ByteSink(descriptor: output, writesThrough: false),
        error: ByteSink(), environment: { _ in nil }, monotonicNanoseconds: { 0 },
        now: { Instant(secondsSince1970: 0) })
      _ = run(arguments: ["quote", "--rules", path, "--batch", "-"], console: console)
      close(input)
      close(output)
    }
    let answers = ByteSource(descriptor: reply[0])
    for (index, cart) in carts(5).enumerated() {
      // The second half of a cart may come late.
      let bytes = Array((cart + "\n").utf8)
      for part in [bytes[..<20], bytes[20...]] {
        #expect(write(question[1], Array(part), part.count) == part.count)
      }
      var line: [UInt8] = []
      while line.last != 0x0A { line += try answers.read(atMost: 1 << 16, path: "answers") }
      #expect(String(decoding: line, as: UTF8.self).contains("\"sku\":\"S\(index)\""))
    }
    close(question[1])
    #expect(try answers.readToEnd(path: "answers").isEmpty)
    close(reply[0])
  }

  @Test("more than fits under way at once is answered all the same") func plenty() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("r.promo", "currency USD\ncampaign a { give 10% off items }\n")
    let long = String(repeating: "x", count: 300_000)
    var lines = (0..<12).map { "{\"\(long)\(String(repeating: "y", count: $0 * 100_000))\":1}" }
    lines += carts(3)
    let call = Call(
      "quote", "--rules", path, "--batch", "-", "--jobs", "2", input: lines.joined(separator: "\n"))
    let answers = call.output.split(separator: "\n")
    #expect(answers.count == 15)
    for (index, answer) in answers.prefix(12).enumerated() {
      #expect(answer.hasSuffix("\"line\":\(index + 1)}}"))
    }
    #expect(answers.last?.contains("\"sku\":\"S2\"") == true)
  }

  @Test("no lines give no lines") func empty() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("r.promo", rules)
    let call = Call("quote", "--rules", path, "--batch", "-", input: "")
    #expect(call.code == 0)
    #expect(call.output.isEmpty)
  }

  @Test("the shipped batch is priced without an error") func shipped() {
    let root = fixture("../../")
    let call = Call(
      "quote", "--rules", root + "Rules", "--batch", root + "Rules/carts/batch.jsonl")
    #expect(call.code == 0, "\(call.error)")
    #expect(!call.output.contains("\"error\":{"))
  }
}

@Suite("progress") struct ProgressTests {
  private func progress(isTerminal: Bool, times: [Int64]) -> String {
    let error = ByteSink(pretendingToBeTerminal: isTerminal)
    let clock = Clock(times)
    let console = Console(
      input: ByteSource(bytes: []), output: ByteSink(), error: error, environment: { _ in nil },
      monotonicNanoseconds: { clock.next() }, now: { .init(secondsSince1970: 0) })
    var progress = Progress(of: "carts", console)
    for count in 1..<times.count { progress.update(count: count * 1_000, part: (count, 4)) }
    progress.finish()
    return error.text
  }

  @Test("nothing is shown in the first half second, or where nobody looks") func patience() {
    #expect(progress(isTerminal: true, times: [0, 100_000_000, 499_000_000]).isEmpty)
    #expect(progress(isTerminal: false, times: [0, 900_000_000, 1_900_000_000]).isEmpty)
  }

  @Test("then a line says count, rate, part and time left, and goes away at the end")
  func shown() {
    let text = progress(isTerminal: true, times: [0, 1_000_000_000])
    #expect(text == "\r\u{1B}[K1,000 carts, 1,000/s, 25%, 3 s left\r\u{1B}[K")
  }
}

/// A clock that tells given times, then the last one for ever.
private final class Clock {
  private var times: [Int64]
  init(_ times: [Int64]) { self.times = times }
  func next() -> Int64 { times.count > 1 ? times.removeFirst() : times[0] }
}
