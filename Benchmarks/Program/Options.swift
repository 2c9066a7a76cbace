/// What the command was asked.
struct Options {
  /// The pieces to measure; empty for all.
  private(set) var only: Set<String> = []
  private(set) var isJSON = false
  /// Prices everything with both tills and times nothing.
  private(set) var isCheck = false
  /// The SVG file to write.
  private(set) var plot: String?
  /// The file of other engines' times to read.
  private(set) var peers: String?
  /// The folder to write workloads to, for other engines.
  private(set) var export: String?

  static let usage = """
    usage: benchmarks [--only NAME,...] [--format table|json] [--plot FILE.svg]
                      [--peers FILE] [--check] [--export FOLDER]
    names: \(Report.pieceNames.joined(separator: " "))

    """

  /// Reads arguments; nil when they say something else.
  init?(_ arguments: some Collection<String>) {
    var rest = Array(arguments)[...]
    while let name = rest.popFirst() {
      if name == "--check" {
        isCheck = true
        continue
      }
      guard let value = rest.popFirst() else { return nil }
      switch name {
      case "--only":
        only = Set(value.split(separator: ",").map(String.init))
        guard only.isSubset(of: Report.pieceNames) else { return nil }
      case "--format" where value == "table" || value == "json": isJSON = value == "json"
      case "--plot": plot = value
      case "--peers": peers = value
      case "--export": export = value
      default: return nil
      }
    }
  }

  /// Whether a piece is asked for.
  func includes(_ name: String) -> Bool { only.isEmpty || only.contains(name) }
}
