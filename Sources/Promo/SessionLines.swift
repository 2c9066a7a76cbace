import Pricing

/// The lines of a session in the places of its columns, and what is known of each.
struct SessionLines: Sendable {
  /// Each with its id; nil where a line has been taken out, and where there is room for more.
  private(set) var lines: [Cart.Line?] = []
  /// What became of each as it was last told; nil where nothing was.
  var results: [Quote.Line?] = []
  /// The bytes of results; empty where they are to be written.
  var bytes: [[UInt8]] = []
  private var places = TextTable<Int>()
  /// Where the next line goes.
  private(set) var end = 0
  private(set) var count = 0
  /// Lines that accept a gift.
  private(set) var giftCount = 0

  init(_ lines: [Cart.Line]) {
    for line in lines {
      self.lines.append(line)
      note(line, at: self.lines.count - 1)
    }
    end = lines.count
    results = Array(repeating: nil, count: end)
    bytes = Array(repeating: [], count: end)
  }

  private mutating func note(_ line: Cart.Line, at place: Int) {
    if let id = line.id { places[id.utf8] = place }
    count += 1
    if line.gift != nil { giftCount += 1 }
  }

  /// The line of an id.
  func place(of id: String) -> Int? { places[id.utf8] }

  /// Whether another line fits without moving the others up.
  var hasRoom: Bool { end < lines.count }

  /// All lines, in order.
  var all: [Cart.Line] { lines.compactMap { $0 } }

  /// How many lines stand before a place.
  func position(of place: Int) -> Int { lines[..<place].count { $0 != nil } }

  subscript(place: Int) -> Cart.Line? { lines[place] }

  mutating func append(_ line: Cart.Line) {
    if hasRoom {
      lines[end] = line
    } else {
      lines.append(line)
      results.append(nil)
      bytes.append([])
    }
    note(line, at: end)
    end += 1
  }

  mutating func remove(_ place: Int) {
    guard let line = lines[place] else { return }
    if let id = line.id { places[id.utf8] = nil }
    count -= 1
    if line.gift != nil { giftCount -= 1 }
    lines[place] = nil
    results[place] = nil
    bytes[place] = []
  }

  mutating func change(_ place: Int, _ change: (inout Cart.Line) -> Void) {
    guard var line = lines[place] else { return }
    change(&line)
    lines[place] = line
  }

  /// Moves lines up to where others were taken out, and makes room behind them.
  mutating func settle(room: Int) {
    var kept = 0
    for place in 0..<end {
      guard let line = lines[place] else { continue }
      if kept < place {
        lines[kept] = line
        results[kept] = results[place]
        bytes[kept] = bytes[place]
        if let id = line.id { places[id.utf8] = kept }
      }
      kept += 1
    }
    end = kept
    lines.removeSubrange(kept...)
    results.removeSubrange(kept...)
    bytes.removeSubrange(kept...)
    lines += Array(repeating: nil, count: room)
    results += Array(repeating: nil, count: room)
    bytes += Array(repeating: [], count: room)
  }
}
