import Findings
import Promo

/// A test report as build servers read it: a suite for each rule file.
func junitReport(_ report: TestReport) -> String {
  var suites: [Suite] = []
  var indices: [String: Int] = [:]
  for result in report.results {
    let index = indices[result.file] ?? suites.count
    if index == suites.count {
      suites.append(Suite(file: result.file))
      indices[result.file] = index
    }
    suites[index].testCount += 1
    suites[index].failureCount += result.hasPassed ? 0 : 1
    suites[index].cases += testCase(result)
  }
  return junitReport(suites)
}

/// A report on rules that were not tested: each file with an error is a test that failed.
func junitReport(errorsOf compilation: RuleCompilation) -> String {
  let suites = compilation.files.enumerated().compactMap { index, file -> Suite? in
    let errors = compilation.findings.filter { $0.severity == .error && $0.span.file == index }
    guard let first = errors.first else { return nil }
    let renderer = FindingRenderer(files: compilation.files, useColor: false)
    let count = errors.count == 1 ? "an error" : "\(errors.count) errors"
    let line = file.position(of: first.span.start).line
    let message = "the rules have \(count), so no test ran"
    let cases =
      head(file: file.path, name: "the rules can be read", line: line) + ">\n"
      + "      <failure message=\(attribute(message))>\(escaped(renderer.human(errors)))</failure>\n"
      + "    </testcase>\n"
    return Suite(file: file.path, testCount: 1, failureCount: 1, cases: cases)
  }
  return junitReport(suites)
}

/// The tests of one file.
private struct Suite {
  var file: String
  var testCount = 0
  var failureCount = 0
  var cases = ""
}

private func junitReport(_ suites: [Suite]) -> String {
  func counts(_ tests: Int, _ failures: Int) -> String {
    "tests=\"\(tests)\" failures=\"\(failures)\""
  }
  let tests = suites.reduce(0) { $0 + $1.testCount }
  let failures = suites.reduce(0) { $0 + $1.failureCount }
  var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  text += "<testsuites name=\"promo\" \(counts(tests, failures))>\n"
  for suite in suites {
    let counts = counts(suite.testCount, suite.failureCount)
    text += "  <testsuite name=\(attribute(suite.file)) \(counts)>\n"
    text += suite.cases + "  </testsuite>\n"
  }
  return text + "</testsuites>\n"
}

private func head(file: String, name: String, line: Int) -> String {
  "    <testcase classname=\(attribute(file)) name=\(attribute(name))"
    + " file=\(attribute(file)) line=\"\(line)\""
}

private func testCase(_ result: TestResult) -> String {
  let head = head(file: result.file, name: result.name, line: result.line)
  guard !result.hasPassed else { return head + "/>\n" }
  var text = head + ">\n"
  for failure in result.failures {
    let message = "expected \(failure.expected), but \(failure.actual)"
    text += "      <failure message=\(attribute(message))>"
    text += escaped("\(result.file):\(failure.line)\n\(result.receipt)") + "</failure>\n"
  }
  return text + "    </testcase>\n"
}

private func attribute(_ text: String) -> String {
  "\"\(escaped(text).replacing("\n", with: "&#10;"))\""
}

/// A text inside XML; what XML cannot hold becomes a question mark.
private func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "\n", "\t": result.unicodeScalars.append(scalar)
    case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
      result += "?"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
