/// What a cart takes when only one thing about it grows.
enum ScalingFigures {
  /// W2 with every quantity 5, and with every quantity 5,000,000, in alternation.
  static func quantities(_ shape: WorkloadShape) throws(BenchProblem) -> [Figure] {
    let few = try Bench(Workload(shape, quantity: 5))
    let many = try Bench(Workload(shape, quantity: 5_000_000))
    try few.checked()
    try many.checked()
    var first = try few.engine()
    var second = try many.engine()
    let times = Timing.race({ first.price() }, { second.price() })
    return [
      Figure(
        name: FigureName.quantity, value: times.second / times.first, unit: "x the time")
    ]
  }

  /// 100 and 10,000 campaigns of which five match, in alternation.
  static func campaigns() throws(BenchProblem) -> [Figure] {
    let shapes = WorkloadShape.growingCampaigns
    let few = try Bench(Workload(shapes[1]))
    let many = try Bench(Workload(shapes[3]))
    try few.checked()
    try many.checked()
    var first = try few.engine()
    var second = try many.engine()
    let times = Timing.race({ first.price() }, { second.price() })
    return [
      Figure(
        name: FigureName.campaigns, value: times.second / times.first, unit: "x the time",
        note: "5 match")
    ]
  }
}
