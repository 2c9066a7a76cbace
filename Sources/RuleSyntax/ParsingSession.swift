import Findings

/// One pass over the tokens of a file: sound items go into the tree, damaged ones only their names.
struct ParsingSession {
  let bytes: [UInt8]
  let file: Int32
  let tokens: [Token]
  var tree = SyntaxFile(items: [])
  var findings: [Finding]

  init(lexer: Lexer, bytes: [UInt8], file: Int32) {
    self.bytes = bytes
    self.file = file
    tokens = lexer.tokens
    findings = lexer.findings
  }

  mutating func run() {
    var parser = Parser(bytes: bytes, file: file, tokens: tokens)
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
        } else {
          noteNames(range)
        }
      } catch {
        recover(&parser, from: start)
      }
    }
    finish()
  }

  /// Finds out what is wrong with an item that could not be read, and goes on behind it.
  private mutating func recover(_ parser: inout Parser, from start: Int) {
    let budget = max(0, Limits.errorsPerFile - findings.count)
    var recovery = Recovery(
      tokens: tokens, bytes: bytes, file: file, from: start, budget: budget)
    recovery.run()
    if parser.isTooDeep {
      findings += parser.findings
    } else {
      findings += recovery.findings
      findings += furtherFindings(recovery)
      if recovery.findings.isEmpty, findings.isEmpty {
        findings.append(Finding(code: .notReadable, span: parser.span))
      }
    }
    if recovery.isRemnant { dropLastBlock() }
    noteNames(tokens[start..<recovery.index])
    noteNames(recovery.mended[...])
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

  /// Takes out an item that ended before its author meant it to.
  private mutating func dropLastBlock() {
    guard let last = tree.items.last else { return }
    switch last {
    case .campaign(let campaign): tree.damagedNames.campaigns.insert(campaign.name.text)
    case .balance(let balance): tree.damagedNames.balances.insert(balance.name.text)
    case .set(let set): tree.damagedNames.sets.insert(set.name.text)
    case .attributes(let declarations, _):
      for declaration in declarations { tree.damagedNames.attributes.insert(declaration.name.text) }
    default: return
    }
    tree.items.removeLast()
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
    let facts = ["count": "\(errors.count - Limits.errorsPerFile)"]
    let more = Finding(code: .moreErrors, span: findings[first].span, facts: facts)
    findings.removeLast(findings.count - first)
    findings.append(more)
  }
}
