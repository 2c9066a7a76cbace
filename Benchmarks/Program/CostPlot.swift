/// Cost against lines and against campaigns as an SVG: both axes in powers of ten.
struct CostPlot {
  private struct Series {
    var name: String
    var color: String
    var points: [(x: Double, y: Double)]
  }

  private struct Panel {
    var title: String
    var axis: String
    var series: [Series]
  }

  private let panels: [Panel]
  private static let size = (width: 460.0, height: 380.0)
  private static let margin = (left: 74.0, right: 26.0, top: 52.0, bottom: 56.0)

  /// A plot of the rows that grow in one thing only.
  init(_ rows: [WorkloadRow]) {
    func series(_ shapes: [WorkloadShape], _ x: (WorkloadShape) -> Int) -> [Series] {
      let names = Set(shapes.map(\.name))
      let own = rows.filter { names.contains($0.shape.name) }
      return [
        Series(
          name: "Promo", color: "#0b63ce",
          points: own.map { (Double(x($0.shape)), $0.ours / 1e3) }),
        Series(
          name: "C, by hand", color: "#c2410c",
          points: own.map { (Double(x($0.shape)), $0.reference / 1e3) }),
      ]
    }
    panels = [
      Panel(
        title: "200 campaigns, 50 match", axis: "lines of the cart",
        series: series(WorkloadShape.growingLines, \.lineCount)),
      Panel(
        title: "30 lines, 5 campaigns match", axis: "campaigns",
        series: series(WorkloadShape.growingCampaigns, \.campaignCount)),
    ]
  }

  /// The whole document.
  var svg: String {
    let width = Self.size.width * Double(panels.count)
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(fixed(width, decimals: 0))" \
      height="\(fixed(Self.size.height, decimals: 0))" font-family="sans-serif" font-size="13">
      <title>Time to price one cart</title>
      <rect width="100%" height="100%" fill="white"/>

      """
    for (index, panel) in panels.enumerated() {
      text +=
        "<g transform=\"translate(\(fixed(Double(index) * Self.size.width, decimals: 0)),0)\">\n"
      text += draw(panel) + "</g>\n"
    }
    return text + "</svg>\n"
  }

  private func draw(_ panel: Panel) -> String {
    let points = panel.series.flatMap(\.points)
    guard !points.isEmpty else {
      return label(Self.size.width / 2, Self.size.height / 2, "nothing measured", "middle")
    }
    let across = Scale(
      points.map(\.x), from: Self.margin.left, to: Self.size.width - Self.margin.right)
    let up = Scale(
      points.map(\.y), from: Self.size.height - Self.margin.bottom, to: Self.margin.top)
    var text = label(Self.size.width / 2, 24, panel.title, "middle", isBold: true)
    for power in across.powers {
      let x = across.place(tenTo(power))
      text += line((x, up.start), (x, up.end), "#dddddd")
      text += label(x, up.start + 18, grouped(power), "middle")
    }
    for power in up.powers {
      let y = up.place(tenTo(power))
      text += line((across.start, y), (across.end, y), "#dddddd")
      text += label(across.start - 8, y + 4, duration(power), "end")
    }
    text += line((across.start, up.start), (across.end, up.start), "#444444")
    text += line((across.start, up.start), (across.start, up.end), "#444444")
    text += label(
      (across.start + across.end) / 2, Self.size.height - 14, panel.axis, "middle")
    for (index, series) in panel.series.enumerated() {
      text += draw(series, across, up)
      let y = Self.margin.top + 14 + Double(index) * 20
      text += line((across.start + 12, y), (across.start + 36, y), series.color, width: 2)
      text += label(across.start + 44, y + 4, series.name, "start")
    }
    return text
  }

  private func draw(_ series: Series, _ across: Scale, _ up: Scale) -> String {
    let places = series.points.sorted { $0.x < $1.x }.map { point in
      (x: fixed(across.place(point.x), decimals: 1), y: fixed(up.place(point.y), decimals: 1))
    }
    let path = places.map { "\($0.x),\($0.y)" }.joined(separator: " ")
    return
      "<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(series.color)\" stroke-width=\"2\"/>\n"
      + places.map {
        "<circle cx=\"\($0.x)\" cy=\"\($0.y)\" r=\"3.5\" fill=\"\(series.color)\"/>\n"
      }
      .joined()
  }

  private func line(
    _ from: (x: Double, y: Double), _ to: (x: Double, y: Double), _ color: String, width: Int = 1
  ) -> String {
    let places = [from.x, from.y, to.x, to.y].map { fixed($0, decimals: 1) }
    return "<line x1=\"\(places[0])\" y1=\"\(places[1])\" x2=\"\(places[2])\" y2=\"\(places[3])\" "
      + "stroke=\"\(color)\" stroke-width=\"\(width)\"/>\n"
  }

  private func label(
    _ x: Double, _ y: Double, _ text: String, _ anchor: String, isBold: Bool = false
  ) -> String {
    "<text x=\"\(fixed(x, decimals: 1))\" y=\"\(fixed(y, decimals: 1))\" text-anchor=\"\(anchor)\""
      + "\(isBold ? " font-weight=\"bold\"" : "")>\(text)</text>\n"
  }

  private func grouped(_ power: Int) -> String {
    power < 3
      ? fixed(tenTo(power), decimals: 0) : "1" + String(repeating: "0", count: power - 3) + ",000"
  }

  /// A power of ten in microseconds, in the unit that reads best.
  private func duration(_ power: Int) -> String {
    switch power {
    case ..<0: fixed(tenTo(power + 3), decimals: 0) + " ns"
    case ..<3: fixed(tenTo(power), decimals: 0) + " us"
    case ..<6: fixed(tenTo(power - 3), decimals: 0) + " ms"
    default: fixed(tenTo(power - 6), decimals: 0) + " s"
    }
  }
}

/// Ten to a power.
private func tenTo(_ power: Int) -> Double {
  var value: Double = 1
  for _ in 0..<abs(power) { value = power < 0 ? value / 10 : value * 10 }
  return value
}
