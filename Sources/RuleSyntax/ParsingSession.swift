import Findings

/// One pass over the tokens of a file: sound items go into the tree, damaged ones only their names.
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
      findings += furtherFindings(recovery)
      if recovery.findings.isEmpty, findings.isEmpty {
        findings.append(Finding(code: .notReadable, span: parser.span))
      }
    }
    let touchesBefore = recovery.isRemnant || recovery.firstMended < failed
    if from < failed, touchesBefore { tree.items.removeLast() }
    let damaged = touchesBefore ? from : failed
    noteNames(tokens[damaged..<recovery.index])
    let startOffset = tokens[damaged].start
    noteNames(recovery.mended.filter { $0.start >= startOffset }[...])
    parser.index = recovery.index
  }

  /// Mistakes that only the parser knows, elsewhere in an item that has been mended.
  private func furtherFindings(_ recovery: Recovery) -> [Finding] {
    let end = Token(kind: .endOfFile, start: bytes.count, end: bytes.count)
    var parser = Parser(bytes: bytes, file: file, tokens: recovery.mended + [end])
    while !parser.sees(.endOfFile) {
      do throws(Mismatch) { _ = try parser.item() } catch { break }
    }
    return parser.findings.filter { finding in
      !recovery.findings.contains { touch($0.span, finding.span) }
    }
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
    String(decoding: bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
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
