import Findings
import LocalTime
import RuleChecking
import RuleSyntax

/// Runs the tests of a rule set: each becomes a cart, is quoted, and is held to what it expects.
struct TestRunner {
  let rules: CheckedRules
  let files: [SourceFile]
  /// Zones of the rules, by name.
  let zone: (String) -> ZoneTable?
  /// Quotes the cart of a test with everything explained, or runs its event.
  let run: (TestCase) throws(CartError) -> TestOutcome

  /// Runs the tests whose name or file holds a text, in file order.
  ///
  /// - Parameter filter: Compared without regard to ASCII case; nil runs all.
  func report(filter: String?) -> TestReport {
    var coverage = CoverageCollector(rules: rules, files: files)
    var results: [TestResult] = []
    for test in rules.tests where isWanted(test, filter) {
      results.append(result(of: test, coverage: &coverage))
    }
    return TestReport(results: results, coverage: coverage.campaigns)
  }

  private func isWanted(_ test: CheckedTest, _ filter: String?) -> Bool {
    guard let filter else { return true }
    let wanted = filter.utf8.map(lowered)
    return [test.syntax.name.text, rules.files[test.file].path].contains { text in
      let bytes = text.utf8.map(lowered)
      return wanted.isEmpty
        || bytes.indices.contains { bytes[$0...].starts(with: wanted) }
    }
  }

  private func lowered(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  private func result(of test: CheckedTest, coverage: inout CoverageCollector) -> TestResult {
    let builder = TestCaseBuilder(rules: rules, test: test, zone: zone)
    var result = TestResult(
      file: rules.files[test.file].path, name: test.syntax.name.text,
      line: line(test.syntax.span), failures: [], receipt: "")
    let testCase: TestCase
    let outcome: TestOutcome
    do {
      testCase = try builder.build()
    } catch {
      result.failures = [
        failure(error.span, expected: "a test that can be run", actual: error.message)
      ]
      return result
    }
    do {
      outcome = try run(testCase)
    } catch {
      result.failures = [
        failure(test.syntax.span, expected: "a cart that can be priced", actual: error.description)
      ]
      return result
    }
    coverage.add(outcome, of: testCase)
    let expectations = TestExpectations(
      quote: outcome.quote, testCase: testCase, builder: builder)
    for step in test.syntax.steps {
      guard case .expect(let expectation) = step.kind,
        let actual = expectations.mismatch(expectation)
      else { continue }
      result.failures.append(
        failure(step.span, expected: files.text(of: step.span, without: "expect"), actual: actual))
    }
    if !result.failures.isEmpty {
      result.receipt = TestReceipt.text(of: outcome.quote, only: testCase.only)
    }
    return result
  }

  private func failure(_ span: SourceSpan, expected: String, actual: String) -> TestFailure {
    TestFailure(line: line(span), expected: expected, actual: actual)
  }

  private func line(_ span: SourceSpan) -> Int { files.line(of: span) }
}

extension [SourceFile] {
  /// The line that a stretch begins on, from 1.
  func line(of span: SourceSpan) -> Int {
    indices.contains(Int(span.file)) ? self[Int(span.file)].position(of: span.start).line : 1
  }

  /// The words of a stretch on one line, without a first word.
  func text(of span: SourceSpan, without first: String? = nil) -> String {
    guard indices.contains(Int(span.file)) else { return "" }
    let bytes = self[Int(span.file)].bytes
    let end = Swift.min(Int(span.end), bytes.count)
    guard span.start >= 0, Int(span.start) < end else { return "" }
    var words = bytes[Int(span.start)..<end]
      .split(whereSeparator: { [0x20, 0x09, 0x0A, 0x0D].contains($0) })
      .map { String(decoding: $0, as: UTF8.self) }
    if let first, words.first == first { words.removeFirst() }
    return words.joined(separator: " ")
  }
}
