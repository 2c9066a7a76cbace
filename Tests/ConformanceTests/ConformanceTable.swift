/// How many cases of a peer came to which verdict.
struct ConformanceTally: Hashable, Sendable {
  var cases = 0
  var passes = 0
  var differences = 0
  var unsupported = 0
  var failures = 0
  /// Cases whose outcome does not hang on a habit of the peer's own.
  var ordinary = 0
  var ordinaryPasses = 0

  mutating func add(_ verdict: Verdict, isPeculiar: Bool) {
    cases += 1
    switch verdict {
    case .pass: passes += 1
    case .difference: differences += 1
    case .unsupported: unsupported += 1
    case .failure: failures += 1
    }
    guard !isPeculiar else { return }
    ordinary += 1
    if verdict == .pass { ordinaryPasses += 1 }
  }

  static func + (left: ConformanceTally, right: ConformanceTally) -> ConformanceTally {
    ConformanceTally(
      cases: left.cases + right.cases, passes: left.passes + right.passes,
      differences: left.differences + right.differences,
      unsupported: left.unsupported + right.unsupported,
      failures: left.failures + right.failures, ordinary: left.ordinary + right.ordinary,
      ordinaryPasses: left.ordinaryPasses + right.ordinaryPasses)
  }

  /// Passes of the ordinary cases in tenths of a per cent, cut down.
  var rate: String {
    guard ordinary > 0 else { return "-" }
    let perMille = ordinaryPasses * 1000 / ordinary
    return "\(perMille / 10).\(perMille % 10) %"
  }

  fileprivate var cells: [String] {
    [cases, passes, differences, unsupported, failures, ordinary].map { String($0) }
      + [rate]
  }
}

extension ConformanceCorpus {
  /// Files that are no promotion engine's: points that are kept, and amounts that are shared.
  static let otherPeers = ["allocation", "loyalty"]

  func tally(of file: CaseFile) -> ConformanceTally {
    var tally = ConformanceTally()
    for each in file.cases {
      tally.add(verdicts[each.id] ?? .failure([]), isPeculiar: each.isPeculiar)
    }
    return tally
  }

  /// All promotion cases, or with `others` every case there is.
  func tally(others: Bool) -> ConformanceTally {
    files.filter { others || !Self.otherPeers.contains($0.peer) }
      .map(tally).reduce(ConformanceTally(), +)
  }

  /// A row for each peer, then the promotion engines together, then everything.
  var table: String {
    let head = [
      "peer", "cases", "pass", "difference", "unsupported", "failed", "ordinary", "of them pass",
    ]
    var rows = [head]
    let (others, engines) = (
      files.filter { Self.otherPeers.contains($0.peer) },
      files.filter { !Self.otherPeers.contains($0.peer) }
    )
    rows += engines.map { [$0.peer] + tally(of: $0).cells }
    rows.append(["promotion engines"] + tally(others: false).cells)
    rows += others.map { [$0.peer] + tally(of: $0).cells }
    rows.append(["all"] + tally(others: true).cells)
    let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.indices.map { column in
        let blanks = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 0 ? row[column] + blanks : blanks + row[column]
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
