extension Formatter {
  /// All lines as bytes.
  func rendered() -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    for (index, line) in lines.enumerated() {
      if line.followsBlank, index > 0 { text.append(0x0A) }
      render(line, into: &text)
      text.append(0x0A)
    }
    return text
  }

  private func render(_ line: Line, into text: inout [UInt8]) {
    let pieces = pieces(of: line)
    append(blanks: line.indent, to: &text)
    var start = pieces.startIndex
    var indent = line.indent
    while start < pieces.endIndex {
      let end = lineEnd(pieces, start, indent)
      for index in start..<end {
        if index > start, pieces[index].hasBlankBefore { text.append(0x20) }
        text += pieces[index].text
        if index + 1 < end { append(blanks: pieces[index].padding, to: &text) }
      }
      start = end
      guard start < pieces.endIndex else { break }
      indent = line.isContinuation ? line.indent : line.indent + 4
      text.append(0x0A)
      append(blanks: indent, to: &text)
    }
    guard let comment = line.comment else { return }
    if !line.tokens.isEmpty { text += [0x20, 0x20] }
    var end = Int(comment.end)
    while end > Int(comment.start), bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    text += bytes[Int(comment.start)..<end]
  }

  private func append(blanks count: Int, to text: inout [UInt8]) {
    text.append(contentsOf: repeatElement(0x20, count: max(0, count)))
  }

  /// A token as it is written, and what its neighbours need to know.
  private struct Piece {
    var text: [UInt8]
    var width: Int
    var hasBlankBefore: Bool
    /// Blanks that set what follows under its like.
    var padding = 0
    /// How willingly a line ends before it: 0 not at all, 2 gladly.
    var breakBefore = 0
  }

  private func pieces(of line: Line) -> [Piece] {
    line.tokens.map { index in
      let text = text(of: index)
      var piece = Piece(
        text: text, width: columns(text), hasBlankBefore: index > 0 && hasBlank(before: index))
      if let alignment = line.alignment, alignment.token == index {
        piece.padding = alignment.width - piece.width
      }
      if index > line.tokens.lowerBound {
        if layout.breaks.contains(index - 1) || layout.breaksBefore.contains(index) {
          piece.breakBefore = 2
        } else if tokens[index - 1].kind == .comma {
          piece.breakBefore = 1
        }
      }
      return piece
    }
  }

  /// The piece before which a line ends that begins with some piece.
  private func lineEnd(_ pieces: [Piece], _ start: Int, _ indent: Int) -> Int {
    var width = indent
    var last = 0
    var lastGlad = 0
    for index in start..<pieces.endIndex {
      let piece = pieces[index]
      if index > start {
        if piece.breakBefore > 0, width <= Self.widthMaximum || last == 0 {
          last = index
          // Half a line behind `and` reads better than a full one that ends inside a list.
          if piece.breakBefore == 2, width > Self.widthMaximum / 2 { lastGlad = index }
        }
        width += pieces[index - 1].padding + (piece.hasBlankBefore ? 1 : 0)
      }
      width += piece.width
      if width > Self.widthMaximum, last > 0 { return lastGlad > 0 ? lastGlad : last }
    }
    return pieces.endIndex
  }

  /// The columns that some tokens take side by side.
  func width(of range: Range<Int>) -> Int {
    range.reduce(0) { width, index in
      let blank = index > range.lowerBound && hasBlank(before: index) ? 1 : 0
      return width + blank + columns(text(of: index))
    }
  }

  /// A token as it stands in the file, with one blank inside an amount.
  private func text(of index: Int) -> [UInt8] {
    let token = tokens[index]
    let written = bytes[Int(token.start)..<Int(token.end)]
    guard token.kind == .money, token.currency != 0 else { return Array(written) }
    let number = written.prefix { $0 != 0x20 && $0 != 0x09 }
    return Array(number) + [0x20] + Array(written.suffix(3))
  }

  private func columns(_ text: [UInt8]) -> Int {
    text.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }

  /// Whether a blank stands between a token and the one before it on its line.
  private func hasBlank(before index: Int) -> Bool {
    let (left, right) = (tokens[index - 1], tokens[index])
    switch (left.kind, right.kind) {
    case (.leftParen, _), (_, .rightParen), (_, .comma), (_, .colon), (.dot, _), (_, .dot):
      return false
    case (.word, .leftParen):
      return ![.min, .max, .floor, .round].contains(left.keyword)
    case (.minus, .integer):
      return
        !(index > 1 && tokens[index - 2].keyword == .priority
        && layout.entries.contains(index - 2))
    default: return true
    }
  }
}
