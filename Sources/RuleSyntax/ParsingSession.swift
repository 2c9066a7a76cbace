import Findings

/// One pass over the tokens of a file: sound items go into the tree, damaged ones apart from them.
struct ParsingSession {
  let bytes: [UInt8]
  let file: Int32
  let tokens: [Token]
  var tree = SyntaxFile(items: [])
  var findings: [Finding]
  /// Errors that were counted and not kept.
  private let unreportedCount: Int
  /// Mistakes for which ways to mend them are still tried; a bound on the time one file may take.
  private var mendsLeft = 2 * Limits.errorsPerFile

  init(lexer: Lexer, bytes: [UInt8], file: Int32) {
    self.bytes = bytes
    self.file = file
    tokens = lexer.tokens
    findings = lexer.findings
    unreportedCount = lexer.unreportedCount
  }

  mutating func run() {
    var parser = Parser(bytes: bytes, file: file, tokens: tokens)
    // Few items are shorter than some twenty words and marks.
    tree.items.reserveCapacity(tokens.count / 20)
    /// Where the item before begins, if it is sound.
    var before: Int?
    while !parser.sees(.endOfFile) {
      let start = parser.index
      parser.findings = []
      parser.isTooDeep = false
      do throws(Mismatch) {
        let item = try parser.item()
        findings += parser.findings
        let range = tokens[start..<parser.index]
        if parser.findings.isEmpty, !range.contains(where: \.isMended) {
          tree.items.append(item)
          before = start
        } else {
          noteNames(range)
          keep(item, range, parser.findings)
          before = nil
        }
      } catch {
        // What cannot begin an item may be left over from the one before.
        let from = parser.index == start && !parser.isTooDeep ? before ?? start : start
        recover(&parser, from: from, failed: start)
        before = nil
      }
    }
    finish()
  }

  /// Finds out what is wrong with an item that could not be read, and goes on behind it.
  ///
  /// - Parameters:
  ///   - from: Where reading begins once more: at the item, or at the sound one before it.
  ///   - failed: Where the item begins.
  private mutating func recover(_ parser: inout Parser, from: Int, failed: Int) {
    var recovery = Recovery(
      tokens: tokens, bytes: bytes, file: file, from: from, failed: failed,
      budget: parser.isTooDeep ? 0 : mendsLeft)
    recovery.run()
    if !parser.isTooDeep { mendsLeft = max(0, recovery.budget) }
    if parser.isTooDeep {
      findings += parser.findings
    } else {
      findings += recovery.findings
      if recovery.findings.isEmpty, findings.isEmpty {
        findings.append(Finding(code: .notReadable, span: parser.span))
      }
    }
    let touchesBefore = recovery.isRemnant || recovery.firstMended < failed
    if from < failed, touchesBefore { tree.items.removeLast() }
    let damaged = touchesBefore ? from : failed
    noteNames(tokens[damaged..<recovery.index])
    // What was put in before the first token stands where the token before that one ends.
    let startOffset = damaged > 0 ? tokens[damaged - 1].end : 0
    let mended = recovery.mended.filter { $0.start >= startOffset }
    noteNames(mended[...])
    if !parser.isTooDeep { readMended(mended, recovery) }
    parser.index = recovery.index
  }

  /// Reads what has been mended, for mistakes that only the parser or the checker knows.
  private mutating func readMended(_ mended: [Token], _ recovery: Recovery) {
    let end = Token(kind: .endOfFile, start: bytes.count, end: bytes.count)
    var parser = Parser(bytes: bytes, file: file, tokens: mended + [end])
    while !parser.sees(.endOfFile) {
      let start = parser.index
      parser.findings = []
      do throws(Mismatch) {
        let item = try parser.item()
        keep(item, parser.tokens[start..<parser.index], parser.findings, recovery)
      } catch {
        tell(parser.findings, beside: recovery)
        break
      }
    }
  }

  /// Notes what the parser says away from the mistakes that are known.
  private mutating func tell(_ found: [Finding], beside recovery: Recovery) {
    findings += found.filter { finding in
      !recovery.findings.contains { touch($0.span, finding.span) }
    }
  }

  /// Keeps an item that has been mended, and what the parser says of the rest of it.
  private mutating func keep(
    _ item: Item, _ range: ArraySlice<Token>, _ found: [Finding], _ recovery: Recovery
  ) {
    tell(found, beside: recovery)
    keep(
      item, range, found, recovery.mendedSpans,
      isComplete: recovery.isComplete && !recovery.isRemnant)
  }

  private mutating func keep(
    _ item: Item, _ range: ArraySlice<Token>, _ found: [Finding], _ spans: [SourceSpan] = [],
    isComplete: Bool = true
  ) {
    let mended = range.filter(\.isMended)
    // A text that is not closed may have swallowed what stands behind it.
    let hasOpenText = mended.contains { $0.kind == .string }
    tree.mendedItems.append(
      MendedItem(
        item: item, position: tree.items.count,
        mendedSpans: spans + found.map(\.span) + mended.map { $0.span(in: file) },
        isComplete: isComplete && !hasOpenText))
  }

  /// Whether two stretches share a line, so that one mistake may have made both findings.
  private func touch(_ left: SourceSpan, _ right: SourceSpan) -> Bool {
    let between = min(left.end, right.end)..<max(left.start, right.start, min(left.end, right.end))
    return !bytes[Int(between.lowerBound)..<Int(between.upperBound)].contains {
      $0 == 0x0A || $0 == 0x0D
    }
  }

  private mutating func noteNames(_ tokens: ArraySlice<Token>) {
    for (word, name) in zip(tokens, tokens.dropFirst()) {
      if name.kind == .colon, word.kind == .word {
        tree.damagedNames.attributes.insert(text(of: word))
      }
      guard name.kind == .word, name.end > name.start else { continue }
      switch word.keyword {
      case .set: tree.damagedNames.sets.insert(text(of: name))
      case .campaign: tree.damagedNames.campaigns.insert(text(of: name))
      case .balance: tree.damagedNames.balances.insert(text(of: name))
      default: break
      }
    }
  }

  private func text(of token: Token) -> String {
    Lexer.name(of: token, in: bytes)
  }

  /// Puts the findings in the order of the file and says how many errors are left untold.
  private mutating func finish() {
    findings.sort { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
    let errors = findings.indices.filter { findings[$0].severity == .error }
    guard errors.count > Limits.errorsPerFile else { return }
    let first = errors[Limits.errorsPerFile]
    let facts = ["count": "\(errors.count - Limits.errorsPerFile + unreportedCount)"]
    let more = Finding(code: .moreErrors, span: findings[first].span, facts: facts)
    findings.removeLast(findings.count - first)
    findings.append(more)
  }
}
