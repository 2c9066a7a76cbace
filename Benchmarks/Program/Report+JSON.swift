import WireFormat

extension Report {
  /// The measurements as one JSON object that ends with the marks.
  var json: [UInt8] {
    var writer = JSONWriter(style: .pretty)
    writer.beginObject()
    writer.key("formatVersion")
    writer.number(1)
    writer.objects("workloads", rows) { writer, row in
      writer.text("name", row.shape.name)
      writer.count("lines", row.shape.lineCount)
      writer.count("campaigns", row.shape.campaignCount)
      writer.count("matches", row.matchCount)
      writer.figure("oursMicroseconds", row.ours / 1e3)
      writer.figure("referenceMicroseconds", row.reference / 1e3)
      writer.figure("ratio", row.ratio)
      writer.figure("nanosecondsPerLine", row.perLine)
      writer.figure("nanosecondsPerLineAndCampaign", row.perLineAndCampaign)
      writer.figure("allocations", row.allocations)
      writer.figure("verdictsAsValuesMicroseconds", row.valued / 1e3)
    }
    writer.objects("figures", figures) { writer, figure in
      writer.text("name", figure.name)
      writer.figure("figure", figure.value)
      writer.text("unit", figure.unit)
      writer.text("note", figure.note)
    }
    writer.objects("peers", peers.all) { writer, peer in
      writer.text("name", peer.name)
      writer.figure("microseconds", peer.time)
    }
    writer.key("notMeasured")
    writer.beginArray()
    for gap in gaps { writer.string(gap) }
    writer.endArray()
    writer.objects("marks", marks) { writer, mark in
      writer.text("name", mark.name)
      writer.figure("figure", mark.figure)
      writer.figure("limit", mark.limit)
      writer.text("unit", mark.unit + (mark.isLeast ? ", at least" : ", at most"))
      writer.key("met")
      if let isMet = mark.isMet { writer.bool(isMet) } else { writer.null() }
    }
    writer.endObject()
    writer.endLine()
    return writer.bytes
  }
}

extension JSONWriter {
  fileprivate mutating func objects<Element>(
    _ name: String, _ elements: [Element], write: (inout JSONWriter, Element) -> Void
  ) {
    key(name)
    beginArray()
    for element in elements {
      beginObject()
      write(&self, element)
      endObject()
    }
    endArray()
  }

  fileprivate mutating func text(_ name: String, _ text: String) {
    key(name)
    string(text)
  }

  fileprivate mutating func count(_ name: String, _ count: Int) {
    key(name)
    number(Int64(count))
  }

  /// A measured number with six decimals; null where there is none.
  fileprivate mutating func figure(_ name: String, _ value: Double?) {
    key(name)
    guard let value else { return null() }
    number(Int64((value * 1e6).rounded()), decimals: 6)
  }
}
