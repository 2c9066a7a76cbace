import Storage
import WireFormat

/// One measured number.
struct LedgerFigure {
  var name: String
  var value: Double
  var unit: String
  /// How it came about.
  var note = ""
  /// The least, or the most, it is to be; nil where nothing is asked.
  var limit: Double?
  /// Whether it is to be at least the limit, not at most.
  var isLeast = true

  /// Whether the limit is kept; nil without one.
  var isMet: Bool? { limit.map { isLeast ? value >= $0 : value <= $0 } }
}

/// What one call has measured.
struct LedgerReport {
  private(set) var figures: [LedgerFigure] = []

  /// Measures what is asked for, and tells of each piece before it begins.
  mutating func measure(_ options: LedgerOptions, progress: (String) -> Void) throws {
    if options.includes("load") || options.includes("slow") || options.includes("reads") {
      let shop = try BenchmarkShop(in: options.folder)
      let store = try shop.store()
      try BenchmarkShop.fill(store)
      let time = WriterTime()
      let queue = LedgerQueue(store) {
        time.look()
        return BenchmarkShop.now
      }
      if options.includes("load") {
        progress("load")
        try measureLoad(options, queue, time, shop.folder)
      }
      if options.includes("slow") {
        for (place, delay) in options.syncMicroseconds.enumerated() {
          progress("slow by \(delay) us")
          try measureSlow(options, queue, time, shop.folder, delay, name: 10 * (place + 1))
        }
      }
      if options.includes("reads") {
        progress("reads")
        try measureReads(shop.folder)
      }
    }
    if options.includes("large") { try measureLarge(options, progress) }
  }

  private mutating func measureReads(_ folder: String) throws {
    let accounts = BenchmarkShop.accounts
    let rate = try Reads.rate(folder, accounts: accounts, balance: "cashback")
    add("reads of a balance", rate, "a second", "one thread, its own time", atLeast: 200_000)
    for readers in [1, 2] {
      let rate = try Reads.wallRate(
        folder, accounts: accounts, balance: "cashback", readers: readers)
      add(
        "reads of a balance by the clock", rate, "a second",
        readers == 1 ? "one thread" : "\(readers) threads together", atLeast: 200_000)
    }
  }

  private mutating func measureLoad(
    _ options: LedgerOptions, _ queue: LedgerQueue, _ time: WriterTime, _ folder: String
  ) throws {
    let probe = try Load.probe(seconds: 1, in: folder)
    add("write and sync", probe.rate, "a second", "4 KiB and nothing else")
    let one = try Load.run(queue, clients: 1, seconds: options.seconds, name: 1)
    add("one checkout a commit", one.rate, "a second", "one client")
    let before = time.seconds
    let many = try Load.run(
      queue, clients: options.clients, seconds: options.seconds, name: 2)
    let writer = (time.seconds - before) * 1e6 / Double(max(1, many.requests))
    let clients = "\(options.clients) clients"
    add("checkouts", many.rate, "a second", clients)
    add("time of a core for each", many.coreMicroseconds, "us", clients)
    add("the writer's part of it", writer, "us", clients)
    add("checkouts a sync", many.requestsPerSync, "", clients, atLeast: 10)
    add("checkouts for each raw sync", many.rate / probe.rate, "x", clients)
    add("against one a commit", many.rate / one.rate, "x", clients)
  }

  /// What a crowd gets from a disk each of whose syncs takes longer, and what one client does.
  private mutating func measureSlow(
    _ options: LedgerOptions, _ queue: LedgerQueue, _ time: WriterTime, _ folder: String,
    _ delay: Int, name: Int
  ) throws {
    let slow = ", syncs \(delay) us longer"
    let probe = try Load.probe(seconds: 1, in: folder, slowedBy: delay)
    add("write and sync\(slow)", probe.rate, "a second", "4 KiB and nothing else")
    let one = try Load.run(
      queue, clients: 1, seconds: options.seconds, name: name, slowedBy: delay)
    add("one checkout a commit\(slow)", one.rate, "a second", "one client")
    for (place, count) in [options.clients, options.crowd].enumerated() {
      let before = time.seconds
      let many = try Load.run(
        queue, clients: count, seconds: options.seconds, name: name + 1 + place,
        slowedBy: delay)
      let writer = (time.seconds - before) * 1e6 / Double(max(1, many.requests))
      let clients = "\(count) clients"
      add("checkouts\(slow)", many.rate, "a second", clients)
      add("the writer's time for each\(slow)", writer, "us", clients)
      add("checkouts a sync\(slow)", many.requestsPerSync, "", clients, atLeast: 10)
      add(
        "against one a commit\(slow)", many.rate / one.rate, "x", clients,
        atLeast: count == options.crowd ? 60 : nil)
    }
  }

  private mutating func measureLarge(_ options: LedgerOptions, _ progress: (String) -> Void)
    throws
  {
    progress("large")
    let shop = try BenchmarkShop(in: options.folder)
    let start = ContinuousClock.now
    try LargeLedger.build(shop, entries: options.entries, progress: progress)
    add(
      "a large ledger is made", start.duration(to: .now) / Duration.seconds(1), "s",
      "\(options.entries) entries")
    add("it opens", try LargeLedger.openSeconds(shop), "s", "to the first answer", atMost: 1)
    let rate = try Reads.rate(shop.folder, accounts: LargeLedger.accounts, balance: "points")
    add("a balance of it", 1e6 / rate, "us", "\(LargeLedger.accounts) accounts", atMost: 50)
  }

  private mutating func add(
    _ name: String, _ value: Double, _ unit: String, _ note: String, atLeast: Double? = nil,
    atMost: Double? = nil
  ) {
    figures.append(
      LedgerFigure(
        name: name, value: value, unit: unit, note: note, limit: atLeast ?? atMost,
        isLeast: atMost == nil))
  }
}

extension LedgerReport {
  /// The measurements as one JSON object.
  var json: [UInt8] {
    var writer = JSONWriter(style: .pretty)
    writer.beginObject()
    writer.key("formatVersion")
    writer.number(1)
    writer.key("figures")
    writer.beginArray()
    for figure in figures {
      writer.beginObject()
      for (key, text) in [("name", figure.name), ("unit", figure.unit), ("note", figure.note)] {
        writer.key(key)
        writer.string(text)
      }
      writer.key("figure")
      writer.number(Int64((figure.value * 1e6).rounded()), decimals: 6)
      if let limit = figure.limit {
        writer.key(figure.isLeast ? "atLeast" : "atMost")
        writer.number(Int64(limit))
      }
      writer.key("met")
      if let isMet = figure.isMet { writer.bool(isMet) } else { writer.null() }
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    writer.endLine()
    return writer.bytes
  }

  /// The measurements for people.
  var table: String {
    let rows = figures.map { figure in
      [
        figure.name, Self.short(figure.value), figure.unit,
        figure.limit.map { (figure.isLeast ? ">= " : "<= ") + Self.short($0) } ?? "",
        figure.isMet.map { $0 ? "yes" : "no" } ?? "", figure.note,
      ]
    }
    let widths = (0..<6).map { column in rows.map(\.[column].count).max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let space = String(repeating: " ", count: widths[column] - cell.count)
        line += (column > 0 ? "  " : "") + (column == 1 ? space + cell : cell + space)
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  /// A number with about four digits that say something.
  private static func short(_ value: Double) -> String {
    if value == value.rounded() || value >= 1_000 { return "\(Int64(value.rounded()))" }
    let thousandths = Int64((value * 1_000).rounded())
    let decimals = "\(thousandths % 1_000 + 1_000)".dropFirst()
    return "\(thousandths / 1_000).\(value >= 100 ? decimals.prefix(1) : decimals)"
  }
}
