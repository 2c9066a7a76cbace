extension Report {
  /// The measurements for people.
  var table: String {
    var text = ""
    if !rows.isEmpty { text += lines(of: [Self.rowHeader] + rows.map(cells)) + "\n" }
    if !figures.isEmpty {
      text += lines(
        of: figures.map { [$0.name, short($0.value), $0.unit, $0.note] }, left: [0, 2, 3])
      text += "\n"
    }
    if !peers.all.isEmpty {
      text += lines(of: peers.all.map { [$0.name, short($0.time), "us"] }, left: [0, 2]) + "\n"
    }
    let header = ["mark", "figure", "", "limit", "unit", "met"]
    text += lines(of: [header] + marks.map(cells), left: [0, 2, 4, 5])
    for gap in gaps { text += "\nnot measured: \(gap)" }
    return text + (gaps.isEmpty ? "" : "\n")
  }

  private static let rowHeader = [
    "work", "lines", "campaigns", "match", "ours us", "C us", "ours/C", "ns/line",
    "ns/line.campaign", "allocations", "verdicts as values us",
  ]

  private func cells(_ row: WorkloadRow) -> [String] {
    [
      row.shape.name, String(row.shape.lineCount), String(row.shape.campaignCount),
      String(row.matchCount), short(row.ours / 1e3), short(row.reference / 1e3), short(row.ratio),
      short(row.perLine), short(row.perLineAndCampaign), row.allocations.map(short) ?? "",
      short(row.valued / 1e3),
    ]
  }

  private func cells(_ mark: Mark) -> [String] {
    [
      mark.name, mark.figure.map(short) ?? "", mark.isLeast ? ">=" : "<=", short(mark.limit),
      mark.unit, mark.isMet.map { $0 ? "yes" : "no" } ?? "not measured",
    ]
  }

  /// Rows of cells, each column as wide as its widest.
  ///
  /// - Parameter left: The columns of texts; all others hold numbers.
  private func lines(of rows: [[String]], left: Set<Int> = [0]) -> String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? $0[column].utf8.count : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let space = String(repeating: " ", count: widths[column] - cell.utf8.count)
        line += (column > 0 ? "  " : "") + (left.contains(column) ? cell + space : space + cell)
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}

/// A number with about four digits that say something.
func short(_ value: Double) -> String {
  let decimals =
    value == value.rounded() ? 0 : value >= 1_000 ? 0 : value >= 100 ? 1 : value >= 10 ? 2 : 3
  return fixed(value, decimals: value != 0 && abs(value) < 0.01 ? 5 : decimals)
}

/// A number with so many decimals.
func fixed(_ value: Double, decimals: Int) -> String {
  var factor: Double = 1
  for _ in 0..<decimals { factor *= 10 }
  let digits = String(Int64((abs(value) * factor).rounded()))
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
  let sign = value < 0 ? "-" : ""
  return decimals == 0
    ? sign + padded : "\(sign)\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
}
