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

  /// A text with one of its tokens changed; nil if it has none.
  static func mutant(
    _ kind: Kind, of text: String, at position: Int? = nil, random: inout SeededRandom
  ) -> [UInt8]? {
    let bytes = Array(text.utf8)
    let tokens = tokens(of: bytes)
    guard !tokens.isEmpty else { return nil }
    let token = tokens[position ?? random.below(tokens.count)]
    let range = Int(token.start)..<Int(token.end)
    var mutant = bytes
    switch kind {
    case .deletion: mutant.removeSubrange(range)
    case .doubling: mutant.insert(contentsOf: [0x20] + bytes[range], at: range.upperBound)
    case .replacement:
      let other = tokens[random.below(tokens.count)]
      mutant.replaceSubrange(range, with: bytes[Int(other.start)..<Int(other.end)])
    }
    return mutant
  }

  private static func tokens(of bytes: [UInt8]) -> [Token] {
    var lexer = Lexer(SourceFile(path: "mutant.promo", bytes: bytes), index: 0)
    lexer.run()
    return Array(lexer.tokens.dropLast())
  }

  /// Changes every token in turn, or one in so many, and counts the errors that follow.
  static func tally(
    _ kind: Kind, of text: String, every step: Int = 1, random: inout SeededRandom
  ) -> Tally {
    var tally = Tally()
    for stretch in stretches(of: text) {
      let count = tokens(of: Array(stretch.utf8)).count
      for position in stride(from: step > 1 ? random.below(step) : 0, to: count, by: step) {
        guard let mutant = mutant(kind, of: stretch, at: position, random: &random) else {
          continue
        }
        let file = SourceFile(path: "mutant.promo", bytes: mutant)
        let findings = parse(file, index: 0).findings.filter { $0.severity == .error }
        guard !findings.isEmpty else { continue }
        tally.invalid += 1
        if findings.count == 1 {
          tally.withOneError += 1
        } else {
          let renderer = FindingRenderer(files: [file], useColor: false)
          tally.others.append(renderer.human(findings))
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
