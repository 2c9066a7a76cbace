/// What a cart takes when only one thing about it grows.
enum ScalingFigures {
  /// W2 with every quantity 5, and with every quantity 5,000,000, in alternation.
  static func quantities(_ shape: WorkloadShape) throws(BenchProblem) -> [Figure] {
    let growth = try growth(
      from: Workload(shape, quantity: 5), to: Workload(shape, quantity: 5_000_000))
    return [Figure(name: FigureName.quantity, value: growth, unit: "x the time")]
  }

  /// 100 and 10,000 campaigns of which five match, in alternation.
  static func campaigns() throws(BenchProblem) -> [Figure] {
    let shapes = WorkloadShape.growingCampaigns
    let growth = try growth(from: Workload(shapes[1]), to: Workload(shapes[3]))
    return [
      Figure(name: FigureName.campaigns, value: growth, unit: "x the time", note: "5 match")
    ]
  }

  /// How many times as long the second takes, once both are known to be priced right.
  private static func growth(
    from less: Workload, to more: Workload
  ) throws(BenchProblem) -> Double {
    let few = try Bench(less)
    let many = try Bench(more)
    try few.checked()
    try many.checked()
    var first = try few.engine()
    var second = try many.engine()
    return Timing.ratio({ first.price() }, { second.price() })
  }
}
