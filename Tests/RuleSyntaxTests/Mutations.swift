import Findings
import RuleSyntax

/// Rule texts with one token deleted, doubled or replaced.
struct Mutations {
  enum Kind: CaseIterable { case deletion, doubling, replacement }

  /// What became of the mutants that are no longer valid.
  struct Tally {
    var invalid = 0
    var withOneError = 0
    /// The mutants with more than one error, and where.
    var others: [String] = []

    var perMille: Int { invalid == 0 ? 1_000 : withOneError * 1_000 / invalid }
  }

  /// A stretch of whole items, so that a mutant need not be read with its whole file.
  static func stretches(of text: String) -> [String] {
    var stretches: [String] = []
    var current: [Substring] = []
    var items = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let opensItem = line.first.map { $0.isLetter } ?? false
      if opensItem, items >= 3 {
        stretches.append(current.joined(separator: "\n") + "\n")
        current = []
        items = 0
      }
      if opensItem { items += 1 }
      current.append(line)
    }
    stretches.append(current.joined(separator: "\n") + "\n")
    return stretches
  }

  static func tally(_ kind: Kind, of text: String, random: inout SeededRandom) -> Tally {
    var tally = Tally()
    for stretch in stretches(of: text) {
      let bytes = Array(stretch.utf8)
      var lexer = Lexer(SourceFile(path: "mutant.promo", bytes: bytes), index: 0)
      lexer.run()
      let tokens = lexer.tokens.dropLast()
      for token in tokens {
        let range = Int(token.start)..<Int(token.end)
        var mutant = bytes
        switch kind {
        case .deletion: mutant.removeSubrange(range)
        case .doubling: mutant.insert(contentsOf: [0x20] + bytes[range], at: range.upperBound)
        case .replacement:
          let other = tokens[random.below(tokens.count)]
          mutant.replaceSubrange(range, with: bytes[Int(other.start)..<Int(other.end)])
        }
        let file = SourceFile(path: "mutant.promo", bytes: mutant)
        let findings = parse(file, index: 0).findings
        guard !findings.isEmpty else { continue }
        tally.invalid += 1
        if findings.count == 1 {
          tally.withOneError += 1
        } else {
          let place = file.position(of: token.start)
          let lines = String(decoding: mutant, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
          let found = findings.map { finding in
            let at = file.position(of: finding.span.start)
            return "\(finding.code.rawValue) \(at.line):\(at.column) \(finding.facts)"
          }
          tally.others.append(
            (["\(place): \(lines[place.line - 1])"] + found).joined(separator: "\n    "))
        }
      }
    }
    return tally
  }
}

/// A small generator that gives the same numbers for the same seed everywhere.
struct SeededRandom {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 2 + 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
