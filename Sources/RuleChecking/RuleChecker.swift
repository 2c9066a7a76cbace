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
  ///   - knowsTimezone: Whether the time zone database has a name; nil accepts every name.
  package static func check(
    _ files: [(source: SourceFile, tree: SyntaxFile)], lists: [String: [String]],
    today: CivilDate? = nil, isComplete: Bool = true,
    knowsTimezone: ((String) -> Bool)? = nil
  ) -> (rules: CheckedRules, findings: [Finding]) {
    var checker = Checker(sources: files.map(\.source), lists: lists, isComplete: isComplete)
    let trees = files.map(\.tree)
    for (index, tree) in trees.enumerated() {
      checker.collectFile(tree, index: index, knowsTimezone: knowsTimezone)
    }
    checker.lowerBalances(trees)
    checker.lowerSets()
    checker.lowerCampaigns(trees)
    checker.lowerLoyalty(trees)
    checker.checkTests(trees)
    checker.warn(trees, today: today)
    return (checker.rules, checker.findings.sorted(by: Checker.standsEarlier))
  }
}
