import CAllocations
import Promo

/// What it takes to compile rules from text, and to keep them.
enum CompileFigures {
  static func measure() throws(BenchProblem) -> [Figure] {
    var figures: [Figure] = []
    for name in ["W2", "W4"] {
      guard let shape = WorkloadShape.all.first(where: { $0.name == name }) else { continue }
      let sources = Workload(shape).sources
      let count = shape.campaignCount
      guard EngineUnderTest.rules(sources) != nil else { throw .refused(name) }
      // No quote is without the identity of its rules, so that it belongs to what compiling takes.
      let time = Timing.median { _ = EngineUnderTest.rules(sources)?.identity }
      let bytes = sources.reduce(0) { $0 + $1.bytes.count }
      let isLarge = count == 10_000
      figures += [
        Figure(
          name: isLarge ? FigureName.compileEach : "compile, \(count) campaigns, each",
          value: time / 1e3 / Double(count), unit: "us",
          note: "from \(bytes / count) bytes of text"),
        Figure(
          name: isLarge ? FigureName.compileAll : "compile, \(count) campaigns",
          value: time / 1e6, unit: "ms"),
      ]
      guard isLarge else { continue }
      let unidentified = Timing.median { _ = EngineUnderTest.rules(sources) }
      figures.append(
        Figure(
          name: "compile without identity", value: unidentified / 1e6, unit: "ms",
          note: "before the digest, which is worked out when it is first asked for"))
      guard allocations_can_be_counted() != 0 else { continue }
      figures += memory(of: sources, count: count)
    }
    return figures
  }

  /// Growth of the heap, for what pricing reads and for all that a rule set keeps.
  private static func memory(of sources: [RuleSource], count: Int) -> [Figure] {
    let before = allocated_bytes()
    var rules = EngineUnderTest.rules(sources)
    let all = allocated_bytes() - before
    let program = rules.map { EngineUnderTest.program(of: $0) }
    rules = nil
    let priced = allocated_bytes() - before
    return withExtendedLifetime(program) {
      [
        Figure(
          name: FigureName.campaignBytes, value: Double(priced) / Double(count), unit: "bytes",
          note: "what pricing reads"),
        Figure(
          name: "memory of a campaign in a rule set", value: Double(all) / Double(count),
          unit: "bytes", note: "with its text and meaning, for explanations"),
      ]
    }
  }
}
