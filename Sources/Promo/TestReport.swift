/// What running the tests of a rule set came to.
public struct TestReport: Hashable, Sendable {
  /// One per test that ran, in file order.
  public var results: [TestResult]
  /// What the tests cover of each campaign, in file order.
  public var coverage: [CampaignCoverage]

  /// Tests that met all their expectations.
  public var passedCount: Int { results.count { $0.hasPassed } }
  /// Tests that did not.
  public var failedCount: Int { results.count - passedCount }
}

/// What one test came to.
public struct TestResult: Hashable, Sendable {
  /// The path of its rule file, as the user gave it.
  public var file: String
  /// The test's name.
  public var name: String
  /// The line of the file that it begins on, from 1.
  public var line: Int
  /// What it expected in vain; empty for a test that passed.
  public var failures: [TestFailure]
  /// The quote in a few lines, for a test that failed; empty for one that passed.
  public var receipt: String

  /// Whether every expectation was met.
  public var hasPassed: Bool { failures.isEmpty }
}

/// One expectation that was not met.
public struct TestFailure: Hashable, Sendable {
  /// The line of the file it stands on, from 1.
  public var line: Int
  /// What was expected, in the words of the test: `discount $12.75`.
  public var expected: String
  /// What there was instead, as a clause that can follow "but": `it is $10.00`.
  public var actual: String
}
