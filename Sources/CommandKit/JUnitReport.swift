import Promo

/// A test report as build servers read it: a suite for each rule file.
func junitReport(_ report: TestReport) -> String {
  var files: [String] = []
  var results: [String: [TestResult]] = [:]
  for result in report.results {
    if results[result.file] == nil { files.append(result.file) }
    results[result.file, default: []].append(result)
  }
  var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  let counts = "tests=\"\(report.results.count)\" failures=\"\(report.failedCount)\""
  text += "<testsuites name=\"promo\" \(counts)>\n"
  for file in files {
    let own = results[file] ?? []
    let failed = own.count { !$0.hasPassed }
    text += "  <testsuite name=\(attribute(file)) tests=\"\(own.count)\" failures=\"\(failed)\">\n"
    for result in own { text += testCase(result) }
    text += "  </testsuite>\n"
  }
  return text + "</testsuites>\n"
}

private func testCase(_ result: TestResult) -> String {
  let head =
    "    <testcase classname=\(attribute(result.file)) name=\(attribute(result.name))"
    + " file=\(attribute(result.file)) line=\"\(result.line)\""
  guard !result.hasPassed else { return head + "/>\n" }
  var text = head + ">\n"
  for failure in result.failures {
    let message = "expected \(failure.expected), but it is \(failure.actual)"
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
