import Testing

@Suite("what the command says of itself and of wrong calls") struct UsageTests {
  @Test("no words show the overview as a problem") func noWords() {
    let call = Call()
    #expect(call.code == 2)
    #expect(call.output.isEmpty)
    #expect(call.error.contains("promo quote --rules"))
  }

  @Test("help and --help show the overview as a result", arguments: ["help", "--help", "-h"])
  func help(word: String) {
    let call = Call(word)
    #expect(call.code == 0)
    #expect(call.error.isEmpty)
    #expect(call.output.contains("Exit codes"))
  }

  @Test(
    "every command has a page with examples first",
    arguments: ["quote", "check", "fmt", "test", "explain", "bench", "version", "help"])
  func page(command: String) throws {
    let call = Call(command, "--help")
    #expect(call.code == 0)
    let examples = try #require(call.output.firstRange(of: "Examples"))
    let usage = try #require(call.output.firstRange(of: "Usage"))
    #expect(examples.lowerBound < usage.lowerBound)
    #expect(call.output.contains("promo \(command)"))
    #expect(Call("help", command).output == call.output)
  }

  @Test("the version is one line") func version() {
    let call = Call("version")
    #expect(call.code == 0)
    #expect(call.output.hasPrefix("promo "))
    #expect(call.output.hasSuffix("\n"))
    #expect(call.output.count { $0 == "\n" } == 1)
    #expect(Call("--version").output == call.output)
  }

  @Test(
    "a mistyped command is told the nearest",
    arguments: [("qoute", "quote"), ("chekc", "check"), ("explian", "explain")])
  func mistypedCommand(word: String, meant: String) {
    let call = Call(word)
    #expect(call.code == 2)
    #expect(call.output.isEmpty)
    #expect(call.error.contains("did you mean \(meant)?"))
  }

  @Test("a word that is near nothing gets no guess") func strangeCommand() {
    let call = Call("zzzzzz")
    #expect(call.code == 2)
    #expect(!call.error.contains("did you mean"))
  }

  @Test("a mistyped flag is told the nearest") func mistypedFlag() {
    let call = Call("check", "--fromat", "json", "x.promo")
    #expect(call.code == 2)
    #expect(call.error.contains("did you mean --format?"))
    #expect(call.error.contains("promo check --help"))
  }

  @Test(
    "a call that cannot be meant is refused",
    arguments: [
      (["quote"], "--rules PATH is missing"),
      (["quote", "--rules", "x.promo"], "CART is missing"),
      (["quote", "--rules"], "--rules needs a value"),
      (["quote", "--rules", "x", "--format", "jsno", "c"], "did you mean json?"),
      (["quote", "--rules", "x.promo", "y.promo"], "\"y.promo\" names rules"),
      (["quote", "--rules", "x", "a.json", "b.json"], "\"b.json\" is a second cart"),
      (["quote", "--rules", "x", "-", "b.json"], "\"b.json\" is a second cart beside \"-\""),
      (["quote", "--rules", "x", "--batch", "b", "a.json"], "a cart beside --batch"),
      (["quote", "--rules", "x", "--batch", "b", "--batch", "c"], "--batch is given twice"),
      (["quote", "--rules", "-", "-"], "both come from standard input"),
      (["quote", "--rules", "-", "--batch", "-"], "both come from standard input"),
      (["quote", "--rules", "x", "--code", "", "c"], "--code \"\" cannot be used"),
      (["quote", "--rules", "x", "--code", "  ", "c"], "--code \"  \" cannot be used"),
      (["quote", "--rules", "x", "--code", "A\u{7}", "c"], "control character"),
      (["quote", "--rules", "x", "--jobs", "2", "c"], "--jobs needs --batch"),
      (["quote", "--rules", "x", "--batch", "b", "--jobs", "0"], "from 1 to 1024"),
      (["quote", "--rules", "x", "--batch", "b", "--format", "receipt"], "do not go together"),
      (["quote", "--rules", "x", "--at", "tomorrow", "c"], "2026-06-05T12:00:00-04:00"),
      (["check"], "PATH is missing"), (["check", "--fix=yes", "x"], "takes no value"),
      (["check", "--fix", "-"], "do not go together"),
      (["check", "--deny", "errors", "x"], "warnings"),
      (["fmt"], "PATH is missing"), (["test"], "PATH is missing"),
      (["explain"], "CODE or CAMPAIGN is missing"), (["explain", "P0201", "P0202"], "too many"),
      (["version", "now"], "too many"), (["help", "me"], "no command"),
      (["bench", "--carts", "many"], "whole number"),
    ])
  func refused(words: [String], remark: String) {
    let call = Call(words)
    #expect(call.code == 2)
    #expect(call.output.isEmpty)
    #expect(call.error.contains(remark), "\(call.error)")
  }

  @Test("what is shown of the caller's words cannot move the cursor") func control() {
    #expect(!Call("\u{1B}[2J").error.contains("\u{1B}"))
  }

  @Test("colour obeys the flag, then NO_COLOR, then the terminal") func color() {
    func isColored(_ environment: [String: String], _ isTerminal: Bool, _ flag: String) -> Bool {
      Call("help", "quote", "--color", flag, environment: environment, isTerminal: isTerminal)
        .output.contains("\u{1B}")
    }
    #expect(isColored([:], true, "auto"))
    #expect(!isColored([:], false, "auto"))
    #expect(!isColored(["NO_COLOR": "1"], true, "auto"))
    #expect(isColored(["NO_COLOR": ""], true, "auto"))
    #expect(!isColored(["TERM": "dumb"], true, "auto"))
    #expect(isColored(["NO_COLOR": "1"], false, "always"))
    #expect(!isColored([:], true, "never"))
  }
}
