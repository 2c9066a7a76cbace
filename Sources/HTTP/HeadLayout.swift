import CMicroHTTPD

/// Where the parts of a head lie in the memory that they were read into.
///
/// The library ends a line at a lone line feed, cuts a value off at a zero byte, and joins a folded
/// line to the name before it. Names and values do not show it, but places do: between two parts of a
/// head as it should be there is the end of a line, and nothing else.
struct HeadLayout {
  /// Whether this library's memory is known to be so; later ones refuse such heads themselves.
  static let isKnown = String(cString: MHD_get_version()) == "0.9.75"

  /// A part's first byte, and the one behind its last.
  struct Part {
    var start: UInt
    var end: UInt

    /// From the start of one text to the end of another.
    init(from first: UnsafePointer<CChar>, to last: UnsafePointer<CChar>) {
      start = UInt(bitPattern: first)
      var end = last
      while end.pointee != 0 { end += 1 }
      self.end = UInt(bitPattern: end)
    }
  }

  /// The request line, and each header from its name to its value.
  var parts: [Part]
  /// The byte behind the empty line.
  var end: UInt

  /// Whether lines end and go on as they should.
  var isPlain: Bool {
    guard Self.isKnown, let last = parts.last else { return true }
    return last.end + 4 == end
      && zip(parts, parts.dropFirst()).allSatisfy { $0.end + 2 == $1.start }
  }
}
