package import Findings

/// Lays a rule text out in the one canonical way; nil if it has errors.
///
/// Only blanks and line ends change: the tokens and comments stay as they are, so the tree does too.
package func format(_ file: SourceFile) -> [UInt8]? {
  var lexer = Lexer(file, index: 0)
  lexer.run()
  guard !lexer.findings.contains(where: { $0.severity == .error }) else { return nil }
  var parser = Parser(bytes: file.bytes, file: 0, tokens: lexer.tokens)
  parser.layout = Layout()
  while !parser.sees(.endOfFile) {
    do throws(Mismatch) { _ = try parser.item() } catch { return nil }
  }
  guard parser.findings.isEmpty, let layout = parser.layout else { return nil }
  var formatter = Formatter(
    bytes: file.bytes, tokens: lexer.tokens, comments: lexer.comments, layout: layout)
  return formatter.run()
}

/// Arranges tokens and comments in lines.
struct Formatter {
  /// One line of the result, before it is broken to the width.
  struct Line {
    /// Blanks before its first token.
    var indent: Int
    /// Indices of its tokens; empty for a line that is only a comment.
    var tokens: Range<Int>
    var comment: Comment?
    /// Whether a blank line stands before it.
    var followsBlank: Bool
    /// Whether it begins an item, not counting comments before it.
    var opensItem = false
    /// Whether it goes on with what the line before began.
    var isContinuation = false
    /// Columns that its second token is set to, to stand under its like.
    var alignment: (token: Int, width: Int)?
  }

  static let widthMaximum = 100

  let bytes: [UInt8]
  let tokens: [Token]
  let comments: [Comment]
  let layout: Layout
  private(set) var lines: [Line] = []
  /// Whether each block around the token at hand stands on several lines.
  private var openBlocks: [Bool] = []
  private var nextComment = 0
  /// Where the token or comment before ends.
  private var lastEnd = 0
  /// The partner of each opening brace.
  private let partners: [Int: Int]

  init(bytes: [UInt8], tokens: [Token], comments: [Comment], layout: Layout) {
    self.bytes = bytes
    self.tokens = tokens
    self.comments = comments
    self.layout = layout
    var partners: [Int: Int] = [:]
    var open: [Int] = []
    for (index, token) in tokens.enumerated() {
      if token.kind == .leftBrace { open.append(index) }
      if token.kind == .rightBrace, let partner = open.popLast() { partners[partner] = index }
    }
    self.partners = partners
  }

  mutating func run() -> [UInt8] {
    for index in tokens.indices { place(index) }
    separateItems()
    align()
    return rendered()
  }

  private var depth: Int { openBlocks.count { $0 } }

  /// Puts a token, and the comments before it, where they belong.
  private mutating func place(_ index: Int) {
    let token = tokens[index]
    let closesTall = token.kind == .rightBrace && openBlocks.last == true
    let indent = lineIndent(index, closesTall)
    var mustBreak = false
    while nextComment < comments.count,
      comments[nextComment].start < token.start
        || token.kind == .endOfFile
    {
      place(comments[nextComment], indent: closesTall ? depth * 2 : indent ?? continuationIndent)
      nextComment += 1
      mustBreak = true
    }
    defer { lastEnd = Int(token.end) }
    guard token.kind != .endOfFile else { return }
    if closesTall || (token.kind == .rightBrace && openBlocks.last == false) {
      openBlocks.removeLast()
    }
    if let indent {
      lines.append(
        Line(
          indent: indent, tokens: index..<index + 1,
          followsBlank: !closesTall && blankFollows(lastEnd, Int(token.start)) && !isFirstInBlock,
          opensItem: layout.items.contains(index)))
    } else if mustBreak || lines.isEmpty {
      lines.append(
        Line(
          indent: continuationIndent, tokens: index..<index + 1, followsBlank: false,
          isContinuation: true))
    } else {
      lines[lines.count - 1].tokens = lines[lines.count - 1].tokens.lowerBound..<index + 1
    }
    if token.kind == .leftBrace { openBlocks.append(standsTall(index)) }
  }

  private mutating func place(_ comment: Comment, indent: Int) {
    if !comment.opensLine, !lines.isEmpty {
      lines[lines.count - 1].comment = comment
    } else {
      lines.append(
        Line(
          indent: indent, tokens: 0..<0, comment: comment,
          followsBlank: blankFollows(lastEnd, Int(comment.start)) && !isFirstInBlock))
    }
    lastEnd = Int(comment.end)
  }

  /// The indent of the line that a token begins; nil if it begins none.
  private func lineIndent(_ index: Int, _ closesTall: Bool) -> Int? {
    if tokens[index].kind == .endOfFile || layout.items.contains(index) { return 0 }
    if closesTall { return (depth - 1) * 2 }
    if layout.entries.contains(index), openBlocks.last == true { return depth * 2 }
    return nil
  }

  /// The indent of what goes on with the line at hand.
  private var continuationIndent: Int {
    guard let last = lines.last(where: { !$0.tokens.isEmpty }) else { return 0 }
    return last.isContinuation ? last.indent : last.indent + 4
  }

  /// Whether the line above opens the block at hand, or nothing stands above.
  private var isFirstInBlock: Bool {
    guard let last = lines.last else { return true }
    guard let token = last.tokens.last else { return false }
    return tokens[token].kind == .leftBrace
  }

  /// Whether the author left a line blank between two places.
  private func blankFollows(_ start: Int, _ end: Int) -> Bool {
    var count = 0
    var offset = start
    while offset < end {
      if bytes[offset] == 0x0D, offset + 1 < end, bytes[offset + 1] == 0x0A { offset += 1 }
      if bytes[offset] == 0x0A || bytes[offset] == 0x0D { count += 1 }
      offset += 1
    }
    return count > 1
  }

  /// Whether a block stands on several lines.
  private func standsTall(_ open: Int) -> Bool {
    guard let close = partners[open] else { return true }
    let inside = tokens[open].end..<tokens[close].start
    if comments.contains(where: { inside.contains($0.start) }) { return true }
    if close == open + 1 { return false }
    guard layout.blocks[open] == .asWritten else { return true }
    if tokens[(open + 1)...close].contains(where: \.opensLine) { return true }
    guard let line = lines.last else { return true }
    let whole = line.tokens.lowerBound..<close + 1
    return line.indent + width(of: whole) > Self.widthMaximum
  }
}

extension Formatter {
  /// A blank line stands between two items unless both are one line.
  private mutating func separateItems() {
    let starts = lines.indices.filter { lines[$0].opensItem }
    for (position, start) in starts.enumerated().dropFirst() {
      let last = starts[position - 1]
      var before = start
      while before > last + 1, lines[before - 1].tokens.isEmpty, lines[before - 1].indent == 0 {
        before -= 1
      }
      let next = position + 1 < starts.count ? starts[position + 1] : lines.count
      let isTall = before > last + 1 || isTallItem(start, next)
      guard isTall, !(before...start).contains(where: { lines[$0].followsBlank }) else { continue }
      lines[before].followsBlank = true
    }
  }

  private func isTallItem(_ start: Int, _ next: Int) -> Bool {
    guard start + 1 < next else { return false }
    return !lines[start + 1].tokens.isEmpty || lines[start + 1].indent > 0
  }

  /// Sets the equals signs of neighbouring sets, and the attributes of a block, under one another.
  private mutating func align() {
    var start = 0
    while start < lines.count {
      var end = start
      while end < lines.count, isAlignable(end), end == start || !lines[end].followsBlank {
        end += 1
      }
      let names = (start..<end).map { lines[$0].tokens.lowerBound + 1 }
      let width = names.map { self.width(of: $0..<$0 + 1) }.max() ?? 0
      for (line, name) in zip(start..<end, names) { lines[line].alignment = (name, width) }
      start = max(end, start + 1)
    }
    for (index, line) in lines.enumerated() {
      guard let first = line.tokens.first, line.opensItem, tokens[first].keyword == .attributes
      else { continue }
      let close = lines[index...].firstIndex { $0.indent == 0 && $0.tokens.first != first }
      let rows = (index + 1..<(close ?? lines.count)).filter {
        !lines[$0].tokens.isEmpty && !lines[$0].isContinuation
      }
      let owners = rows.map { lines[$0].tokens.lowerBound }
      let width = owners.map { self.width(of: $0..<$0 + 1) }.max() ?? 0
      for (row, owner) in zip(rows, owners) { lines[row].alignment = (owner, width) }
    }
  }

  /// Whether a line is a set that stands on it alone.
  private func isAlignable(_ index: Int) -> Bool {
    let line = lines[index]
    guard line.opensItem, let first = line.tokens.first, tokens[first].keyword == .set else {
      return false
    }
    if index + 1 < lines.count, lines[index + 1].indent > 0 { return false }
    return width(of: line.tokens) <= Self.widthMaximum
  }
}
