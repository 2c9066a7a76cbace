/// Prices every workload with both tills and times nothing.
enum CheckRun {
  /// Small carts of few skus, besides the workloads.
  private static let crowdCount = 500
  /// What `--only` calls them.
  static let crowd = "crowd"

  /// - Throws: `BenchProblem.different` at the first workload that is priced differently.
  /// - Returns: What was compared, one line each.
  static func run(_ options: Options) throws(BenchProblem) -> [String] {
    var lines: [String] = []
    for shape in WorkloadShape.all where options.includes(shape.name) {
      do {
        lines.append("\(shape.name): \(try Bench(Workload(shape)).checked())")
      } catch {
        guard case .refused = error else { throw error }
        lines.append("\(error)")
      }
    }
    guard options.includes(crowd) else { return lines }
    for number in 1...crowdCount { try Bench(Workload(.crowded(number))).checked() }
    return lines + ["\(crowdCount) small carts of few skus"]
  }
}
