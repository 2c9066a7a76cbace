/// What one call has measured.
struct Report {
  var rows: [WorkloadRow] = []
  var figures: [Figure] = []
  /// What could not be measured, and why.
  var gaps: [String] = []
  var peers = PeerTimes()

  /// Measures what is asked for, and tells of each piece when it is done.
  ///
  /// - Throws: `BenchProblem.different` when the tills price a line differently; then no time of
  ///   this call means anything.
  mutating func measure(_ options: Options, progress: (String) -> Void) throws(BenchProblem) {
    for piece in Self.pieces where options.includes(piece.name) {
      progress(piece.name)
      do {
        try piece.measure(&self)
      } catch {
        if case .different = error { throw error }
        gaps.append("\(error)")
      }
    }
  }

  private typealias Piece = (
    name: String, measure: (inout Report) throws(BenchProblem) -> Void
  )

  /// All that can be measured, by the names that `--only` knows.
  private static var pieces: [Piece] {
    var pieces: [Piece] = []
    for shape in WorkloadShape.all {
      pieces.append(
        (
          shape.name,
          { (report) throws(BenchProblem) in
            report.rows.append(try WorkloadRow.measure(shape))
          }
        ))
    }
    func add(_ name: String, _ figures: @escaping () throws(BenchProblem) -> [Figure]) {
      pieces.append((name, { (report) throws(BenchProblem) in report.figures += try figures() }))
    }
    let usual = WorkloadShape.usual
    add("compile") { () throws(BenchProblem) in try CompileFigures.measure() }
    add("json") { () throws(BenchProblem) in try CartFigures.measure(Bench(Workload(usual[2]))) }
    add("tail") { () throws(BenchProblem) in try TailFigures.measure(Bench(Workload(usual[1]))) }
    add("threads") { () throws(BenchProblem) in
      try ThreadFigures.measure(Bench(Workload(usual[4])))
    }
    add("quantity") { () throws(BenchProblem) in try ScalingFigures.quantities(usual[1]) }
    add("session") { () throws(BenchProblem) in
      let workload = Workload(usual[2])
      return try SessionFigures.measure(Bench(workload), "W3")
        + SessionFigures.measure(Bench(workload.seeingLinesAlone), "W3 line by line")
    }
    add("campaigns") { () throws(BenchProblem) in try ScalingFigures.campaigns() }
    return pieces
  }

  /// The names that `--only` knows.
  static var pieceNames: [String] { pieces.map(\.name) + [CheckRun.crowd] }
}
