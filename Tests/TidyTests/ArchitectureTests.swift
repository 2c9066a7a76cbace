import Testing

@Suite("the picture of the house is true") struct ArchitectureTests {
  @Test("every arrow in Package.swift is in the picture")
  func arrows() {
    let breaches = Repository.here.arrowsOutsidePicture()
    #expect(breaches.isEmpty, "\(list(breaches))")
  }

  @Test("arrows go one way")
  func circles() {
    let breaches = Repository.here.roomsInCircles()
    #expect(breaches.isEmpty, "\(list(breaches))")
  }

  @Test("every target has its folder and every folder its target")
  func folders() {
    let breaches = Repository.here.targetsAndFoldersThatDiffer()
    #expect(breaches.isEmpty, "\(list(breaches))")
  }

  @Test("every import is declared")
  func imports() {
    let breaches = Repository.here.undeclaredImports()
    #expect(breaches.isEmpty, "\(list(breaches))")
  }

  @Test("every arrow between rooms is used")
  func unused() {
    let breaches = Repository.here.unusedArrows()
    #expect(breaches.isEmpty, "\(list(breaches))")
  }

  @Test("the reference interpreter shares no code with what it checks")
  func reference() {
    let breaches = Repository.here.codeSharedWithReference()
    #expect(breaches.isEmpty, "\(list(breaches))")
  }

  @Test("Foundation is asked in one place only")
  func foundation() {
    let breaches = Repository.here.importsOfFoundation()
    #expect(breaches.isEmpty, "\(list(breaches))")
  }

  @Test("no packages have to be downloaded")
  func packages() {
    let breaches = Repository.here.packageDependencies()
    #expect(breaches.isEmpty, "\(list(breaches))")
  }

  @Test("only what belongs there stands at the top")
  func top() {
    let breaches = Repository.here.strangersAtTop()
    #expect(breaches.isEmpty, "\(list(breaches))")
  }
}

@Suite("rules of the picture catch what breaks them") struct ArchitectureRuleTests {
  private let repository = Repository([
    "Package.swift": """
    let package = Package(
      name: "p", dependencies: [.package(url: "https://example.org/x", from: "1.0.0")],
      targets: [
        .target(name: "Money", dependencies: ["Pricing"]),
        .target(
          name: "Pricing", dependencies: ["LocalTime", "Money"]),
        .target(name: "LocalTime"),
        .target(name: "Attic"),
        .testTarget(name: "MoneyTests", dependencies: ["Money"]),
        .target(name: "R", dependencies: ["Pricing"], path: "Tests/ReferenceInterpreter"),
      ])
    """,
    "Sources/Money/Money.swift": "import Pricing\n// import Nothing\nlet s = \"import No\"\n",
    "Sources/Pricing/Pricer.swift": "public import Money\n#if x\n  import Foundation\n#endif\n",
    "Sources/LocalTime/Zone.swift": "import WireFormat\n",
    "Sources/Cellar/Zone.swift": "",
    "Tests/MoneyTests/MoneyTests.swift": "@testable import Money\nimport Testing\n",
    "Tests/ReferenceInterpreter/Walk.swift": "import Money\nimport Pricing\n",
    "notes.txt": "",
    ".gitignore": "",
  ])

  @Test("an arrow the wrong way and a room nobody knows")
  func arrows() {
    #expect(
      repository.arrowsOutsidePicture() == [
        Breach("Package.swift", line: 4, "Money may not stand on Pricing"),
        Breach("Package.swift", line: 8, "Attic is no room of the picture"),
      ])
  }

  @Test("two rooms that stand on each other")
  func circles() {
    #expect(repository.roomsInCircles().map(\.line) == [4, 5])
  }

  @Test("a target without files, and files without a target")
  func folders() {
    #expect(
      repository.targetsAndFoldersThatDiffer() == [
        Breach("Package.swift", line: 8, "Attic has no files in Sources/Attic"),
        Breach("Sources/Cellar/Zone.swift", "belongs to no target"),
      ])
  }

  @Test("an import that is not declared, and an arrow that is not used")
  func imports() {
    #expect(
      repository.undeclaredImports() == [
        Breach("Sources/LocalTime/Zone.swift", line: 1, "LocalTime does not declare WireFormat"),
        Breach("Tests/ReferenceInterpreter/Walk.swift", line: 1, "R does not declare Money"),
      ])
    #expect(
      repository.unusedArrows() == [
        Breach("Package.swift", line: 5, "Pricing never imports LocalTime")
      ])
  }

  @Test("Foundation, packages, and a stranger at the top")
  func others() {
    #expect(repository.codeSharedWithReference().map(\.line) == [2])
    #expect(repository.importsOfFoundation().map(\.line) == [3])
    #expect(repository.packageDependencies().map(\.line) == [2])
    #expect(repository.strangersAtTop().map(\.path) == ["notes.txt"])
  }
}
