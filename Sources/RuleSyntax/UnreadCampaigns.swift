import Findings

/// The campaigns of a file, of which only the names and places are known yet.
///
/// Of ten thousand campaigns each tree is short-lived then: it is read, checked and let go before
/// the next one is begun.
package struct UnreadCampaigns: Sendable {
  /// A campaign's name, and the tokens from its first word to its closing brace.
  package struct Outline: Sendable {
    package var name: Name
    fileprivate var start: Int32
    fileprivate var end: Int32
  }

  /// In the order written.
  package let outlines: [Outline]
  private var parser: Parser

  init(_ outlines: [Outline], _ parser: Parser) {
    self.outlines = outlines
    self.parser = parser
  }

  /// The tree of one campaign.
  ///
  /// - Throws: Where a finding would have to be told.
  package mutating func read(_ place: Int) throws(Mismatch) -> CampaignSyntax {
    let campaign = try parser.campaign(outlines[place].name, from: Int(outlines[place].start))
    guard parser.findings.isEmpty, parser.index == outlines[place].end else { throw Mismatch() }
    return campaign
  }
}

extension Parser {
  /// Finds the campaign at hand by its braces and steps behind it; nil where there is none.
  mutating func campaignOutline() -> UnreadCampaigns.Outline? {
    guard at(.campaign), index + 1 < tokens.count, tokens[index + 1].kind == .word,
      let end = blockEnd(behind: index + 2)
    else { return nil }
    let name = tokens[index + 1]
    defer { index = end }
    return UnreadCampaigns.Outline(
      name: Name(text: Lexer.name(of: name, in: bytes), span: name.span(in: file)),
      start: Int32(index), end: Int32(end))
  }

  /// The place behind the brace that closes the next block; nil where none does.
  private func blockEnd(behind start: Int) -> Int? {
    let tokens = tokens.span
    var depth = 0
    for place in start..<tokens.count {
      if tokens[place].kind == .leftBrace { depth += 1 }
      guard tokens[place].kind == .rightBrace else { continue }
      depth -= 1
      if depth <= 0 { return depth == 0 ? place + 1 : nil }
    }
    return nil
  }

  /// Reads the campaign that begins at a token, of which the name is known.
  fileprivate mutating func campaign(
    _ name: Name, from start: Int
  ) throws(Mismatch) -> CampaignSyntax {
    nodeCount = 0
    nesting = 0
    isInWhere = false
    index = start + 2
    return try campaign(name, start)
  }
}
