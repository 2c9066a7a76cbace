/// Reads rules written in EBNF.
struct GrammarReader {
  /// The right side of a rule.
  indirect enum Form {
    case terminal(Terminal)
    case rule(String)
    case sequence([Form])
    case choice([Form])
    case optional(Form)
    case loop(Form)
  }

  private var pieces: [Substring] = []
  private var index = 0

  init(_ text: String) {
    var rest = Substring(text)
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if rest.hasPrefix("(*") {
        rest = rest.range(ofEndOf: "*)").map { rest[$0...] } ?? ""
      } else if first == "\"" {
        let length = rest.dropFirst().prefix { $0 != "\"" }.count + 2
        pieces.append(rest.prefix(length))
        rest = rest.dropFirst(length)
      } else if first.isLetter {
        let word = rest.prefix { $0.isLetter || $0 == "_" }
        pieces.append(word)
        rest = rest.dropFirst(word.count)
      } else {
        pieces.append(rest.prefix(1))
        rest = rest.dropFirst()
      }
    }
  }

  /// All rules by name.
  mutating func rules() -> [String: Form] {
    var rules: [String: Form] = [:]
    while index + 1 < pieces.count {
      let name = String(pieces[index])
      index += 2
      rules[name] = choice()
      index += 1
    }
    return rules
  }

  private mutating func choice() -> Form {
    var parts = [sequence()]
    while index < pieces.count, pieces[index] == "|" {
      index += 1
      parts.append(sequence())
    }
    return parts.count == 1 ? parts[0] : .choice(parts)
  }

  private mutating func sequence() -> Form {
    var parts: [Form] = []
    while index < pieces.count, let part = piece() { parts.append(part) }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func piece() -> Form? {
    let piece = pieces[index]
    switch piece {
    case "|", ")", "]", "}", ";": return nil
    default: break
    }
    index += 1
    switch piece {
    case "(", "[", "{":
      let inner = choice()
      index += 1
      return piece == "[" ? .optional(inner) : piece == "{" ? .loop(inner) : inner
    default: return leaf(piece)
    }
  }

  private func leaf(_ piece: Substring) -> Form {
    if piece.hasPrefix("\"") {
      let word = String(piece.dropFirst().dropLast())
      if let keyword = Keyword(rawValue: word) { return .terminal(.word(keyword)) }
      let mark = (0...UInt8.max).lazy.compactMap(Token.Kind.init).first { $0.mark == word }
      return .terminal(.kind(mark ?? .unknown))
    }
    if piece.hasSuffix("_NAME") { return .terminal(.name(String(piece))) }
    if let kind = Self.classes[String(piece)] { return .terminal(.kind(kind)) }
    return .rule(String(piece))
  }

  private static let classes: [String: Token.Kind] = [
    "STRING": .string, "DATETIME": .dateTime, "DATE": .date, "TIME": .time, "MONEY": .money,
    "PERCENT": .percent, "DECIMAL": .decimal, "INT": .integer, "CODE": .code,
  ]
}

extension Substring {
  /// The index behind the first occurrence of a two-character mark.
  fileprivate func range(ofEndOf mark: String) -> Index? {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(mark) { return self.index(index, offsetBy: mark.count) }
      index = self.index(after: index)
    }
    return nil
  }
}
