import Testing

@Suite("pages help their readers") struct DocumentTests {
  @Test("README is short and shows the two commands")
  func readme() {
    let breaches = Repository.here.readmeThatLeavesReadersAlone()
    #expect(breaches.isEmpty, "\(list(breaches))")
  }

  @Test("every change is tested by the command in README")
  func tests() {
    let breaches = Repository.here.testsRunAnotherWay()
    #expect(breaches.isEmpty, "\(list(breaches))")
  }

  @Test("links lead somewhere")
  func links() {
    let breaches = Repository.here.brokenLinks()
    #expect(breaches.isEmpty, "\(list(breaches))")
  }
}

@Suite("rules of pages catch what breaks them") struct DocumentRuleTests {
  @Test("a README of 151 lines without a command, and a script that runs another")
  func readme() {
    let repository = Repository([
      "README.md": "bash .ci/setup && swift test\n" + String(repeating: "\n", count: 150),
      ".ci/run": "make check\n",
    ])
    #expect(repository.readmeThatLeavesReadersAlone().count == 2)
    #expect(repository.testsRunAnotherWay().count == 1)
  }

  @Test("links that lead nowhere")
  func links() {
    let repository = Repository([
      "README.md": """
      [here](Rules/a.promo), [a folder](Rules), [outside](https://example.org/)
      [nowhere](Rules/b.promo)
      ```
      [code](nothing)
      ```
      """,
      "Rules/a.promo": "",
      "Sources/A/A.docc/A.md":
        "<doc:B> and <doc:C>\n[up](../../../README.md#a)\n[out](../../../../x)",
      "Sources/A/A.docc/B.md": "",
    ])
    #expect(
      repository.brokenLinks() == [
        Breach("README.md", line: 2, "Rules/b.promo leads nowhere"),
        Breach("Sources/A/A.docc/A.md", line: 1, "doc:C leads nowhere"),
        Breach("Sources/A/A.docc/A.md", line: 3, "../../../../x leads nowhere"),
      ])
  }
}
