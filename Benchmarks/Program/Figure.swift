/// One measured number that is no workload's time.
struct Figure {
  var name: String
  var value: Double
  var unit: String
  /// How it came about, where the name does not say it.
  var note = ""
}

/// Names of figures that marks look for.
enum FigureName {
  static let campaigns = "100 to 10,000 campaigns"
  static let quantity = "quantity 5 to 5,000,000"
  static let json = "JSON to JSON"
  static let jsonEvaluation = "evaluation in JSON to JSON"
  static let compileEach = "compile, 10,000 campaigns, each"
  static let compileAll = "compile, 10,000 campaigns"
  static let lineBytes = "memory of a line"
  static let campaignBytes = "memory of a campaign"
  static let tail = "W2 tail"
  static let threads = "W5 on two threads"
  static let referenceThreads = "W5 on two threads, C"
}
