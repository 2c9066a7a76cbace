/// What the command was asked.
struct LedgerOptions {
  /// The pieces to measure; empty for all but `large`, which takes minutes.
  private(set) var only: Set<String> = []
  private(set) var isJSON = false
  /// Where data folders are made; nil for where the system says.
  private(set) var folder: String?
  /// Clients that ask at once.
  private(set) var clients = 64
  /// Clients that ask at once where the disk is slow, besides.
  private(set) var crowd = 1_024
  /// How long each load lasts.
  private(set) var seconds = 3
  /// What slow disks take longer to sync, one measurement each.
  private(set) var syncMicroseconds = [1_000, 2_000, 5_000, 10_000]
  /// Entries of the large ledger.
  private(set) var entries = 10_000_000

  static let names = ["load", "slow", "reads", "large"]
  static let usage = """
    usage: ledger-benchmarks [--only NAME,...] [--format table|json] [--folder DIR]
                             [--clients N] [--crowd N] [--seconds S]
                             [--sync-microseconds N,...] [--entries N]
    names: \(names.joined(separator: " ")); large only when it is named

    """

  /// Reads arguments; nil when they say something else.
  init?(_ arguments: some Collection<String>) {
    var rest = Array(arguments)[...]
    while let name = rest.popFirst() {
      guard let value = rest.popFirst() else { return nil }
      let number = Int(value).flatMap { $0 > 0 ? $0 : nil }
      switch (name, number) {
      case ("--only", _):
        only = Set(value.split(separator: ",").map(String.init))
        guard only.isSubset(of: Self.names) else { return nil }
      case ("--format", _) where value == "table" || value == "json": isJSON = value == "json"
      case ("--folder", _): folder = value
      case ("--clients", let number?): clients = number
      case ("--crowd", let number?): crowd = number
      case ("--seconds", let number?): seconds = number
      case ("--sync-microseconds", _):
        syncMicroseconds = value.split(separator: ",").compactMap { Int($0) }
        guard !syncMicroseconds.isEmpty, syncMicroseconds.allSatisfy({ $0 > 0 }) else {
          return nil
        }
      case ("--entries", let number?): entries = number
      default: return nil
      }
    }
  }

  /// Whether a piece is asked for.
  func includes(_ name: String) -> Bool {
    only.isEmpty ? name != "large" : only.contains(name)
  }
}
