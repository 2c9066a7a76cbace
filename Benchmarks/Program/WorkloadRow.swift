/// One workload, priced by the engine and by the reference in alternation.
struct WorkloadRow {
  var shape: WorkloadShape
  /// Campaigns that took something off.
  var matchCount: Int
  /// Nanoseconds for one cart.
  var ours: Double
  var reference: Double
  /// Nanoseconds of the engine for one cart with its verdicts as values, not only in numbers.
  var valued: Double
  /// Of the engine, for one cart once warm.
  var allocations: Double?

  var ratio: Double { ours / reference }
  var perLine: Double { ours / Double(shape.lineCount) }
  var perLineAndCampaign: Double { perLine / Double(shape.campaignCount) }

  /// Checks that both tills price every line alike, then times them.
  static func measure(_ shape: WorkloadShape) throws(BenchProblem) -> WorkloadRow {
    let bench = try Bench(Workload(shape))
    let priced = try bench.checked()
    var engine = try bench.engine()
    let reference = ReferenceUnderTest(bench.workload)
    let times = Timing.race({ engine.price() }, { reference.price() })
    let valued = Timing.median { engine.toldAsValues() }
    let runs = max(1, min(100, Int(1e9 / times.first)))
    return WorkloadRow(
      shape: shape, matchCount: priced.appliedCount, ours: times.first, reference: times.second,
      valued: valued,
      allocations: Bench.allocations(runs) { engine.price() })
  }
}
