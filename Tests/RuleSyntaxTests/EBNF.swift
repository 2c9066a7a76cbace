import RuleSyntax

/// A grammar in EBNF, read and followed without any code of the parser.
///
/// Predictive: at each place the next token alone decides, as the grammar promises.
struct EBNF: Sendable {
  indirect enum Form: Sendable {
    case word(String)
    case classOfLexer(String)
    case name(String)
    case rule(String)
    case sequence([Form])
    case choice([Form])
    case optional(Form)
    case loop(Form)
  }

  /// What may begin a form.
  struct First: Sendable {
    var words: Set<String> = []
    var classes: Set<String> = []
    var names: Set<String> = []
    var isNullable = false

    mutating func formUnion(_ other: First) {
      words.formUnion(other.words)
      classes.formUnion(other.classes)
      names.formUnion(other.names)
    }
  }

  private(set) var rules: [String: Form] = [:]
  private(set) var start = ""
  /// What may begin a rule, outside and inside `where`.
  private var firsts: [Key: First] = [:]

  private struct Key: Hashable {
    var rule: String
    var isInWhere: Bool
  }

  init(_ text: String) {
    var pieces = Self.pieces(text)[...]
    while let name = pieces.popFirst() {
      _ = pieces.popFirst()
      if start.isEmpty { start = name }
      rules[name] = Self.choice(&pieces)
      _ = pieces.popFirst()
    }
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for name in rules.keys {
        for isInWhere in [false, true] {
          guard let form = rules[name] else { continue }
          let key = Key(rule: name, isInWhere: isInWhere)
          let next = first(form, isInWhere)
          let known = firsts[key] ?? First()
          if next.words != known.words || next.classes != known.classes || next.names != known.names
            || next.isNullable != known.isNullable || firsts[key] == nil
          {
            firsts[key] = next
            hasChanged = true
          }
        }
      }
    }
  }

  private static func pieces(_ text: String) -> [String] {
    var pieces: [String] = []
    var characters = Array(text)[...]
    while let character = characters.first {
      if character.isWhitespace {
        characters.removeFirst()
      } else if character == "(", characters.dropFirst().first == "*" {
        while let next = characters.popFirst() {
          if next == "*", characters.first == ")", characters.count > 0 {
            characters.removeFirst()
            break
          }
        }
      } else if character == "\"" {
        let inner = characters.dropFirst().prefix { $0 != "\"" }
        pieces.append("\"" + String(inner))
        characters = characters.dropFirst(inner.count + 2)
      } else if character.isLetter {
        let word = characters.prefix { $0.isLetter || $0 == "_" }
        pieces.append(String(word))
        characters = characters.dropFirst(word.count)
      } else {
        pieces.append(String(character))
        characters.removeFirst()
      }
    }
    return pieces
  }

  private static func choice(_ pieces: inout ArraySlice<String>) -> Form {
    var parts = [sequence(&pieces)]
    while pieces.first == "|" {
      pieces.removeFirst()
      parts.append(sequence(&pieces))
    }
    return parts.count == 1 ? parts[0] : .choice(parts)
  }

  private static func sequence(_ pieces: inout ArraySlice<String>) -> Form {
    var parts: [Form] = []
    while let piece = pieces.first, !["|", ")", "]", "}", ";"].contains(piece) {
      pieces.removeFirst()
      switch piece {
      case "(", "[", "{":
        let inner = choice(&pieces)
        _ = pieces.popFirst()
        parts.append(piece == "[" ? .optional(inner) : piece == "{" ? .loop(inner) : inner)
      case _ where piece.hasPrefix("\""): parts.append(.word(String(piece.dropFirst())))
      case _ where piece.hasSuffix("_NAME"): parts.append(.name(piece))
      case _ where piece.first?.isUppercase == true: parts.append(.classOfLexer(piece))
      default: parts.append(.rule(piece))
      }
    }
    return .sequence(parts)
  }

  /// Whether a form may stand for nothing.
  func isNullable(_ form: Form, _ isInWhere: Bool) -> Bool {
    switch form {
    case .word, .classOfLexer, .name: false
    case .optional, .loop: true
    case .choice(let parts): parts.contains { isNullable($0, isInWhere) }
    case .rule, .sequence: first(form, isInWhere).isNullable
    }
  }

  func first(_ form: Form, _ isInWhere: Bool) -> First {
    var result = First()
    switch form {
    case .word(let word): result.words = [word]
    case .classOfLexer(let name): result.classes = [name]
    case .name(let name): result.names = [name]
    // Stands for nothing, and only in `where`: elsewhere nothing can begin it.
    case .rule("here"): result.isNullable = isInWhere
    case .rule(let name): result = firsts[Key(rule: name, isInWhere: isInWhere)] ?? First()
    case .choice(let parts):
      for part in parts {
        let next = first(part, isInWhere)
        result.formUnion(next)
        result.isNullable = result.isNullable || next.isNullable
      }
    case .optional(let part), .loop(let part):
      result = first(part, isInWhere)
      result.isNullable = true
    case .sequence(let parts):
      var isInWhere = isInWhere
      result.isNullable = true
      for part in parts {
        let next = first(part, isInWhere)
        result.formUnion(next)
        if !next.isNullable {
          result.isNullable = false
          break
        }
        if case .word("where") = part { isInWhere = true }
      }
    }
    return result
  }
}

/// Says whether a sequence of tokens is a sentence of a grammar.
struct Recogniser {
  let grammar: EBNF
  let tokens: [Token]
  let bytes: [UInt8]
  var index = 0

  init(_ grammar: EBNF, tokens: [Token], bytes: [UInt8]) {
    self.grammar = grammar
    self.tokens = tokens
    self.bytes = bytes
  }

  /// Whether the tokens, up to the end of the file, follow the grammar.
  mutating func accepts() -> Bool {
    read(.rule(grammar.start), false) && tokens[index].kind == .endOfFile
  }

  private mutating func read(_ form: EBNF.Form, _ isInWhere: Bool) -> Bool {
    switch form {
    case .word, .classOfLexer, .name:
      guard canBegin(form, isInWhere) else { return false }
      index += 1
      return true
    case .rule("here"): return isInWhere
    case .rule(let name):
      guard let body = grammar.rules[name] else { return false }
      return read(body, isInWhere)
    case .optional(let part):
      return canBegin(part, isInWhere) ? read(part, isInWhere) : true
    case .loop(let part):
      while canBegin(part, isInWhere) {
        guard read(part, isInWhere) else { return false }
      }
      return true
    case .choice(let parts):
      // A word of the language goes before a name.
      for isName in [false, true] {
        for part in parts where canBegin(part, isInWhere, asName: isName) {
          return read(part, isInWhere)
        }
      }
      return parts.contains { grammar.first($0, isInWhere).isNullable }
    case .sequence(let parts):
      var isInWhere = isInWhere
      for part in parts {
        guard read(part, isInWhere) else { return false }
        if case .word("where") = part { isInWhere = true }
      }
      return true
    }
  }

  private func canBegin(_ form: EBNF.Form, _ isInWhere: Bool) -> Bool {
    canBegin(form, isInWhere, asName: false) || canBegin(form, isInWhere, asName: true)
  }

  private func canBegin(_ form: EBNF.Form, _ isInWhere: Bool, asName: Bool) -> Bool {
    switch form {
    case .choice(let parts): return parts.contains { canBegin($0, isInWhere, asName: asName) }
    case .optional(let part), .loop(let part): return canBegin(part, isInWhere, asName: asName)
    case .sequence(let parts):
      var isInWhere = isInWhere
      for part in parts {
        if canBegin(part, isInWhere, asName: asName) { return true }
        guard grammar.isNullable(part, isInWhere) else { return false }
        if case .word("where") = part { isInWhere = true }
      }
      return false
    default: return canBegin(grammar.first(form, isInWhere), asName: asName)
    }
  }

  private func canBegin(_ first: EBNF.First, asName: Bool) -> Bool {
    let token = tokens[index]
    if asName { return token.kind == .word && !first.names.isEmpty }
    switch token.kind {
    case .endOfFile, .unknown: return false
    case .string: return first.classes.contains("STRING")
    case .code: return first.classes.contains("CODE")
    case .integer: return first.classes.contains("INT")
    case .decimal: return first.classes.contains("DECIMAL")
    case .money: return first.classes.contains("MONEY")
    case .percent: return first.classes.contains("PERCENT")
    case .date: return first.classes.contains("DATE")
    case .dateTime: return first.classes.contains("DATETIME")
    case .time: return first.classes.contains("TIME")
    default:
      let written = bytes[Int(token.start)..<Int(token.end)]
      return first.words.contains(String(decoding: written, as: UTF8.self))
    }
  }
}
