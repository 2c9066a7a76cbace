import Findings
import LocalTime
package import Promo
import ReferenceInterpreter
import RuleSyntax

/// One rule set that both evaluators read, and carts to try on it.
package struct Trial {
  package let seed: UInt64
  /// The rules after campaigns that the checker refuses were left out.
  package private(set) var rules: RuleText
  package let visits: [Visit]
  /// How many campaigns the checker refused.
  package private(set) var refusedCount = 0
  package let engine: RuleSet
  private let book: RuleBook

  /// Writes rules and carts from a seed; nil when nothing of the rules passes the checker.
  package init?(seed: UInt64, visitCount: Int) {
    var writer = RuleWriter(Dice(seed: seed))
    let written = writer.rules()
    guard let accepted = Trial.accepted(written) else { return nil }
    self.seed = seed
    rules = accepted.rules
    engine = accepted.engine
    refusedCount = written.campaignCount - accepted.rules.campaignCount
    book = Trial.book(rules)
    guard var carts = CartWriter(Dice(seed: seed ^ 0xCA27), rules: rules) else { return nil }
    visits = (0..<visitCount).map { _ in carts.visit() }
  }

  /// The same rules with other text, for one cart.
  package init?(seed: UInt64, rules: RuleText, visits: [Visit]) {
    guard let engine = try? RuleSet(sources: rules.sources) else { return nil }
    self.seed = seed
    self.rules = rules
    self.visits = visits
    self.engine = engine
    book = Trial.book(rules)
  }

  private static func book(_ rules: RuleText) -> RuleBook {
    RuleBook(
      rules.files.map { SyntaxFile.parse(text: $0.text).tree }, zones: Zones.tables,
      lists: RuleText.lists)
  }

  /// Leaves out campaigns in which the checker finds an error, until it finds none.
  private static func accepted(_ written: RuleText) -> (rules: RuleText, engine: RuleSet)? {
    var rules = written
    while rules.campaignCount > 0 {
      let compilation = RuleSet.compile(sources: rules.sources)
      guard compilation.hasErrors else { return (rules, compilation.rules) }
      var refused: Set<[Int]> = []
      for finding in compilation.findings where finding.severity == .error {
        let file = Int(finding.span.file)
        guard let campaign = rules.files[file].campaign(holding: Int(finding.span.start)) else {
          return nil
        }
        refused.insert([file, campaign])
      }
      for file in rules.files.indices {
        rules.files[file].campaigns = rules.files[file].campaigns.enumerated()
          .filter { !refused.contains([file, $0.offset]) }.map(\.element)
      }
    }
    return nil
  }

  /// Whether the rules or the carts speak of gifts.
  var holdsGifts: Bool {
    rules.files.contains { $0.text.contains("give gift") }
      || visits.contains { $0.cart.lines.contains { $0.gift != nil } }
  }

  /// Where the two evaluators differ on a cart; nil when they agree.
  package func difference(on visit: Visit) -> Difference? {
    do {
      let answer = try book.quote(visit.cart, at: visit.at)
      let quote = try engine.quote(visit.cart, at: visit.at)
      return Comparison.difference(quote, answer)
    } catch {
      return Difference(field: "the quote", engine: "\(error)", reference: "\(error)")
    }
  }
}
