package import Findings
package import LocalTime
package import RuleSyntax

/// Turns syntax trees into checked rules: names, types, units, stages and static warnings.
package enum RuleChecker {
  /// Checks the files of one rule set together.
  ///
  /// Nothing is thrown: every problem is a finding, and what a mistake touches is left out of the
  /// rules while everything else stays.
  ///
  /// - Parameters:
  ///   - files: The files in the order given; a file's position is the `file` of its spans.
  ///   - lists: The skus of each `listed in "…"` file, by the name written in the rules.
  ///   - today: The day against which a schedule counts as over; nil asks for no such warning.
  ///   - isComplete: Whether the parser read every item; warnings about what is *not* there are
  ///     given only then.
  ///   - syntaxFindings: What the parser found, so that a mistake it told of is not told again;
  ///     nil has incomplete files read once more to know.
  ///   - knowsTimezone: Whether the time zone database has a name; nil accepts every name.
  package static func check(
    _ files: [(source: SourceFile, tree: SyntaxFile)], lists: [String: [String]],
    today: CivilDate? = nil, isComplete: Bool = true,
    syntaxFindings: [Finding]? = nil, knowsTimezone: ((String) -> Bool)? = nil
  ) -> (rules: CheckedRules, findings: [Finding]) {
    let sources = files.map(\.source)
    let told = syntaxFindings ?? (isComplete ? [] : syntaxErrors(in: sources))
    let damage = SyntaxDamage(told, isComplete: isComplete, sources: sources)
    let checked = run(
      files.map(\.tree), Checker(sources: sources, lists: lists, damage: damage), today: today,
      knowsTimezone)
    guard let checked else { preconditionFailure("only an outline can turn out unreadable") }
    return checked
  }

  /// Checks files that were outlined: their campaigns are read one by one as they are checked.
  ///
  /// Nil when one cannot be read; then the files are to be parsed, which tells why, and checked.
  package static func check(
    outlines files: [(source: SourceFile, tree: SyntaxFile)], lists: [String: [String]],
    today: CivilDate?, knowsTimezone: @escaping (String) -> Bool
  ) -> (rules: CheckedRules, findings: [Finding])? {
    let sources = files.map(\.source)
    let damage = SyntaxDamage([], isComplete: true, sources: sources)
    return run(
      files.map(\.tree), Checker(sources: sources, lists: lists, damage: damage), today: today,
      knowsTimezone)
  }

  private static func run(
    _ trees: [SyntaxFile], _ checker: consuming Checker, today: CivilDate?,
    _ knowsTimezone: ((String) -> Bool)?
  ) -> (rules: CheckedRules, findings: [Finding])? {
    checker.expect(trees)
    for (index, tree) in trees.enumerated() {
      checker.collectFile(tree, index: index, knowsTimezone: knowsTimezone)
    }
    checker.lowerBalances(trees)
    checker.lowerSets()
    guard checker.lowerCampaigns(trees) else { return nil }
    checker.lowerLoyalty(trees)
    checker.checkTests(trees)
    checker.warn(trees, today: today)
    return (checker.rules, Checker.inOrder(checker.findings))
  }

  private static func syntaxErrors(in sources: [SourceFile]) -> [Finding] {
    sources.enumerated().flatMap { parse($1, index: Int32($0)).findings }
  }
}
