import Money
import WireFormat

extension BenchRun {
  /// The measurements as a table for people.
  func table(_ style: TextStyle) -> String {
    var header = ["campaigns", "lines", "carts", "compile", "p50", "p99", "carts/s", "from JSON/s"]
    let countsAllocations = rows.contains { $0.allocationsPerCart != nil }
    if countsAllocations { header.append("allocations") }
    var cells = [header]
    for row in rows {
      var line = [
        grouped(row.campaignCount), grouped(row.lineCount), grouped(row.cartCount),
        time(row.compileNanoseconds), time(row.medianNanoseconds), time(row.p99Nanoseconds),
        grouped(row.cartsPerSecond), grouped(row.jsonCartsPerSecond),
      ]
      if countsAllocations { line.append(row.allocationsPerCart.map(grouped) ?? "") }
      cells.append(line)
    }
    let widths = header.indices.map { column in
      cells.map { columnCount(of: $0[column]) }.max() ?? 0
    }
    var text = ""
    for (index, line) in cells.enumerated() {
      let shown = zip(line, widths).map { paddedLeft($0, to: $1) }.joined(separator: "  ")
      text += (index == 0 ? style.bold(shown) : shown) + "\n"
    }
    text += "\nchecking 1,000 campaigns   \(time(checkNanoseconds))\n"
    if let startNanoseconds { text += "cold start of version      \(time(startNanoseconds))\n" }
    return text + "one core; seed \(seed)\n"
  }

  /// The measurements as one JSON object.
  var json: [UInt8] {
    var writer = JSONWriter(style: .pretty)
    writer.beginObject()
    writer.field("formatVersion", 1)
    writer.key("version")
    writer.string(promoVersion)
    writer.field("seed", seed)
    writer.key("rows")
    writer.beginArray()
    for row in rows {
      writer.beginObject()
      writer.field("campaigns", row.campaignCount)
      writer.field("lines", row.lineCount)
      writer.field("carts", row.cartCount)
      writer.field("compileNanoseconds", Int(row.compileNanoseconds))
      writer.field("p50Nanoseconds", Int(row.medianNanoseconds))
      writer.field("p99Nanoseconds", Int(row.p99Nanoseconds))
      writer.field("cartsPerSecond", row.cartsPerSecond)
      writer.field("jsonCartsPerSecond", row.jsonCartsPerSecond)
      if let allocations = row.allocationsPerCart {
        writer.field("allocationsPerCart", allocations)
      }
      writer.endObject()
    }
    writer.endArray()
    writer.field("check1000CampaignsNanoseconds", Int(checkNanoseconds))
    if let startNanoseconds { writer.field("coldStartNanoseconds", Int(startNanoseconds)) }
    writer.endObject()
    writer.endLine()
    return writer.bytes
  }

  /// Nanoseconds in the unit that reads best, with one decimal.
  private func time(_ nanoseconds: Int64) -> String {
    switch nanoseconds {
    case ..<1_000: "\(nanoseconds) ns"
    case ..<1_000_000: AmountText.text(nanoseconds / 100, decimals: 1) + " us"
    case ..<1_000_000_000: AmountText.text(nanoseconds / 100_000, decimals: 1) + " ms"
    default: AmountText.text(nanoseconds / 100_000_000, decimals: 1) + " s"
    }
  }
}

extension JSONWriter {
  fileprivate mutating func field(_ name: String, _ value: Int) {
    key(name)
    number(Int64(value))
  }
}
