import Testing

@Suite("the code keeps its manners") struct CodeTests {
  @Test("no file is too long")
  func files() {
    let breaches = Repository.here.filesTooLong()
    #expect(breaches.isEmpty, "\(list(breaches))")
  }

  @Test("no function is too long")
  func functions() {
    let breaches = Repository.here.functionsTooLong()
    #expect(breaches.isEmpty, "\(list(breaches))")
  }

  @Test("every file is named after what is in it")
  func names() {
    let breaches = Repository.here.filesNamedAfterNothing()
    #expect(breaches.isEmpty, "\(list(breaches))")
  }

  @Test("numbers are exact")
  func numbers() {
    let breaches = Repository.here.inexactNumbers()
    #expect(breaches.isEmpty, "\(list(breaches))")
  }

  @Test("nothing is forced")
  func forced() {
    let breaches = Repository.here.forcedValues()
    #expect(breaches.isEmpty, "\(list(breaches))")
  }

  @Test("no work is put off")
  func unfinished() {
    let breaches = Repository.here.unfinishedWork()
    #expect(breaches.isEmpty, "\(list(breaches))")
  }

  @Test("no file knows the machine it was written on")
  func machines() {
    let breaches = Repository.here.machinePaths()
    #expect(breaches.isEmpty, "\(list(breaches))")
  }

  @Test("what others use says what it is for")
  func documentation() {
    let breaches = Repository.here.undocumentedDeclarations()
    #expect(breaches.isEmpty, "\(list(breaches))")
  }
}

@Suite("rules of manners catch what breaks them") struct CodeRuleTests {
  private func lines(_ breaches: [Breach]) -> [Int?] { breaches.map(\.line) }

  @Test("a file of 501 lines, not one of 500")
  func files() {
    let repository = Repository([
      "Sources/A/Long.swift": String(repeating: "\n", count: 501),
      "Sources/A/Short.swift": String(repeating: "\n", count: 500),
    ])
    #expect(repository.filesTooLong().map(\.path) == ["Sources/A/Long.swift"])
  }

  @Test("a function of 71 lines, not one of 70", arguments: [(67, false), (68, true)])
  func functions(bodyLines: Int, isTooLong: Bool) {
    let body = String(repeating: "  call { \"}\" }\n", count: bodyLines)
    let repository = Repository([
      "Sources/A/A.swift": """
      protocol P {
        func asked(_ body: () -> Void)
      }
      func long(
      ) {
      \(body)}
      """
    ])
    #expect(lines(repository.functionsTooLong()) == (isTooLong ? [4] : []))
  }

  @Test("functions are found with their lines")
  func functionSearch() {
    let text = """
      struct S {
        init(a: () -> Void = {}) {
          a()
        }
        @discardableResult package static func f() -> Int { 1 }
        private(set) var x = 1
        static func < (left: S, right: S) -> Bool {
          .init()
        }
      }
      """
    let found = TidyTests.functions(
      in: TextFile(path: "S.swift", bytes: Array(text.utf8)).codeLines)
    #expect(found.map(\.line) == [2, 5, 7])
    #expect(found.map(\.lineCount) == [3, 1, 3])
  }

  @Test("names that say nothing")
  func names() {
    let repository = Repository([
      "Sources/A/CartUtils.swift": "", "Sources/A/Helpers.swift": "",
      "Sources/A/Commons.swift": "", "Tests/A/String+Common.swift": "",
    ])
    #expect(repository.filesNamedAfterNothing().count == 3)
  }

  @Test("numbers that are not exact, but not words in comments and texts")
  func numbers() {
    let repository = Repository([
      "Sources/A/A.swift": """
      let a: Double
      let b = 0.5  // a Double
      let c = "Float \\(pair.0.1) \\(Float(1))"
      let d = DoubleQuote.self
      let e = 0...5
      """
    ])
    #expect(lines(repository.inexactNumbers()) == [1, 2, 3])
  }

  @Test("forced values, but not what only looks like one")
  func forced() {
    let repository = Repository([
      "Sources/A/A.swift": """
      let a = b!
      let a = try! b()
      let a = b as! C
      var a: Int!
      let a = !b && b != c && !(d)
      let a = "b!"  // c!
      """
    ])
    #expect(lines(repository.forcedValues()) == [1, 2, 3, 4])
  }

  @Test("work put off")
  func unfinished() {
    let repository = Repository([
      "Sources/A/A.swift": "// TODO later\nlet a = \"XXX\"\nfatalError(\"unimplemented\")\n"
    ])
    #expect(lines(repository.unfinishedWork()) == [1, 3])
  }

  @Test("paths of a machine")
  func machines() {
    let repository = Repository(["Rules/a.promo": "#\n# see \(machineFolders[0])x\n"])
    #expect(lines(repository.machinePaths()) == [2])
  }

  @Test("declarations that say nothing")
  func documentation() {
    let repository = Repository([
      "Sources/A/A.swift": """
      /// Said.
      @frozen
      public struct A {
        public let unsaid: Int
        package let obvious: Int
        package mutating func b() {}
        func c() {}
        public static func < (left: A, right: A) -> Bool { false }
        package enum Nested {}
      }
      public import B
      // Not for others to read.
      package enum D {}
      """
    ])
    #expect(lines(repository.undocumentedDeclarations()) == [4, 6, 13])
  }
}
