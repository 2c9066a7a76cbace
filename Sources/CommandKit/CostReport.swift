import Promo
import WireFormat

extension RuleCost {
  /// The figures as a table for people, the dearest campaign first.
  func table(_ style: TextStyle) -> String {
    var rows: [[String]] = []
    for place in dearestFirst {
      let campaign = campaigns[place]
      rows.append(
        row(
          campaign.name, campaign.stepsPerLine, each: campaign.stepsPerPricing,
          times: campaign.pricingCount))
    }
    rows.append(row("(\(counted(sharedCount, "set or sum", "sets and sums")) shared)", sharedSteps))
    rows.append(row("(the cart itself)", cartSteps))
    let total = row("at most", stepsPerLine)
    let header = [
      "campaign", "each time", "times", "steps a line", "\(grouped(Self.lineCount)) lines",
    ]
    let widths = header.indices.map { column in
      ([header, total] + rows).map { columnCount(of: $0[column]) }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      let figures = zip(cells, widths).dropFirst().map { paddedLeft($0, to: $1) }
      return ([padded(cells[0], to: widths[0])] + figures).joined(separator: "  ")
    }
    var text = style.bold(line(header)) + "\n"
    for row in rows { text += line(row) + "\n" }
    text += style.bold(line(total)) + "\n\n"
    text += "A step is one look at one line; \(grouped(Self.stepsMaximum)) are allowed.\n"
    if choiceCount > 1 {
      text += "Campaigns that exclude each other make up to \(grouped(choiceCount)) choices, each "
      text += "priced as a whole.\n"
    }
    return text
  }

  private func row(
    _ name: String, _ steps: Int, each: Int? = nil, times: Int? = nil
  ) -> [String] {
    let (cart, overflow) = steps.multipliedReportingOverflow(by: Self.lineCount)
    return [
      printable(name), each.map(grouped) ?? "", times.map(grouped) ?? "", grouped(steps),
      grouped(overflow ? .max : cart),
    ]
  }

  private func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(grouped(count)) \(count == 1 ? one : many)"
  }

  /// The figures as one JSON object, campaigns in the order of the files.
  var json: String {
    var writer = JSONWriter(style: .compact)
    writer.beginObject()
    writer.field("lines", Self.lineCount)
    writer.field("steps", stepsPerCart)
    writer.field("stepsMaximum", Self.stepsMaximum)
    writer.field("stepsPerLine", stepsPerLine)
    writer.field("choices", choiceCount)
    writer.key("shared")
    writer.beginObject()
    writer.field("count", sharedCount)
    writer.field("stepsPerLine", sharedSteps)
    writer.endObject()
    writer.key("cart")
    writer.beginObject()
    writer.field("stepsPerLine", cartSteps)
    writer.endObject()
    writer.key("campaigns")
    writer.beginArray()
    for campaign in campaigns {
      writer.beginObject()
      writer.key("campaign")
      writer.string(campaign.name)
      writer.field("stepsPerPricing", campaign.stepsPerPricing)
      writer.field("pricings", campaign.pricingCount)
      writer.field("stepsPerLine", campaign.stepsPerLine)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

extension JSONWriter {
  fileprivate mutating func field(_ name: String, _ value: Int) {
    key(name)
    number(Int64(value))
  }
}
