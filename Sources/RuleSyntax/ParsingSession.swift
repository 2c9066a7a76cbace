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
      do throws(Mismatch) {
        let item = try parser.item()
        findings += parser.findings
        if parser.findings.isEmpty, !tokens[start..<parser.index].contains(where: \.isMended) {
          tree.items.append(item)
        } else {
          noteNames(tokens[start..<parser.index])
        }
      } catch {
        findings += parser.findings
        if parser.findings.isEmpty {
          findings.append(Finding(code: .unexpected, span: parser.span))
        }
        skip(&parser)
        noteNames(tokens[start..<parser.index])
      }
    }
  }

  private func skip(_ parser: inout Parser) {
    parser.advance()
    while !parser.sees(.endOfFile), !(parser.token.opensLine && isItemStart(parser.token)) {
      parser.advance()
    }
  }

  private func isItemStart(_ token: Token) -> Bool {
    switch token.keyword {
    case .currency, .timezone, .rounding, .choose, .attributes, .set, .campaign, .balance,
      .convert, .group, .test:
      true
    default: false
    }
  }

  private mutating func noteNames(_ tokens: ArraySlice<Token>) {
    for (word, name) in zip(tokens, tokens.dropFirst()) where name.kind == .word {
      let text = String(decoding: bytes[Int(name.start)..<Int(name.end)], as: UTF8.self)
      switch word.keyword {
      case .set: tree.damagedNames.sets.insert(text)
      case .campaign: tree.damagedNames.campaigns.insert(text)
      case .balance: tree.damagedNames.balances.insert(text)
      default: break
      }
    }
  }
}
