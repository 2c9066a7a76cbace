/// A figure that is to be reached.
struct Mark {
  var name: String
  /// Nil where nothing was measured.
  var figure: Double?
  var limit: Double
  var unit: String
  /// Whether the figure is to be at least the limit, not at most.
  var isLeast = false

  /// Whether it is reached; nil where nothing was measured.
  var isMet: Bool? { figure.map { isLeast ? $0 >= limit : $0 <= limit } }
}

extension Report {
  /// The marks, in the order of the work they speak of.
  var marks: [Mark] {
    [against("W1", 8), against("W2", 4.5)]
      + [
        faster("W2", than: "luajit", 3), faster("W2", than: "expr", 10),
        faster("W2", than: "zen", 85), against("W3", 2.5), faster("W3", than: "luajit", 4),
        faster("W3", than: "oscar", 10_000), against("W4", 5), against("W5", 2.5),
        of(FigureName.threads, 1.7, "x one", isLeast: true),
        of(FigureName.campaigns, 1.5, "x the time"),
        // What differs by less cannot be told from what the machine does meanwhile.
        of(FigureName.quantity, 1.05, "x the time"), of(FigureName.json, 5, "ms"),
        of(FigureName.jsonEvaluation, 100.0 / 3, "percent"), compileAgainstLuaJIT,
        of(FigureName.compileAll, 60, "ms"), of(FigureName.lineBytes, 48, "bytes"),
        of(FigureName.campaignBytes, 600, "bytes"), allocations,
        of(FigureName.tail, 2, "x the median"),
      ]
  }

  private func row(_ name: String) -> WorkloadRow? { rows.first { $0.shape.name == name } }

  private func against(_ name: String, _ limit: Double) -> Mark {
    Mark(name: "\(name) against C", figure: row(name)?.ratio, limit: limit, unit: "x C")
  }

  private func faster(_ name: String, than peer: String, _ limit: Double) -> Mark {
    let ours = row(name).map { $0.ours / 1e3 }
    let theirs = peers[peer, name]
    return Mark(
      name: "\(name) against \(peer)", figure: ours.flatMap { ours in theirs.map { $0 / ours } },
      limit: limit, unit: "x faster", isLeast: true)
  }

  private func of(
    _ name: String, _ limit: Double, _ unit: String, isLeast: Bool = false
  ) -> Mark {
    let figure = figures.first { $0.name == name }?.value
    return Mark(name: name, figure: figure, limit: limit, unit: unit, isLeast: isLeast)
  }

  private var compileAgainstLuaJIT: Mark {
    let ours = figures.first { $0.name == FigureName.compileEach }?.value
    let theirs = peers["luajit", "compile"]
    return Mark(
      name: "compile against luajit", figure: ours.flatMap { ours in theirs.map { ours / $0 } },
      limit: 1, unit: "x its time")
  }

  /// The most that any workload allocates.
  private var allocations: Mark {
    Mark(
      name: "allocations for a cart, once warm", figure: rows.compactMap(\.allocations).max(),
      limit: 0, unit: "allocations")
  }
}
