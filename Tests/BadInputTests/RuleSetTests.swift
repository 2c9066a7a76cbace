import Findings
import Promo
import Testing

/// The catalogue of bad rule texts, third part: sizes, names, texts and what is not in the language.
@Suite("bad rule texts: sizes, names and strangers") struct RuleSetTests {
  @Test("R35: a list holds 10,000 texts; longer ones are read with `listed in`")
  func r35() throws {
    func list(_ count: Int) -> String {
      (0..<count).map { "\"S\($0)\"" }.joined(separator: ",")
    }
    #expect(errors(set("items in sku (\(list(10_000)))")).isEmpty)
    #expect(errors(set("items in sku (\(list(10_001)))")) == [.at(3, 23, .tooManyTexts)])
    let skus = (0..<50_000).map { "S\($0)\n" }.joined()
    let text = set("items listed in \"skus.txt\"") + "campaign x {\n  give 5% off a\n}\n"
    let source = RuleSource(
      path: "a.promo", bytes: Array(text.utf8), lists: ["skus.txt": Array(skus.utf8)])
    let rules = try RuleSet(sources: [source])
    let line = #"{"sku": "S49999", "price": "20.00", "quantity": 1}"#
    let read = try Cart.read(json: Array(cart(lines: line).utf8))
    #expect(try rules.quote(read.cart, at: try #require(read.at)).total.minorUnits == 1900)
  }

  // The language has no loops, so that there is no cost to bound: a unit cannot measure the cart.
  @Test("R36: what looks at the cart for every unit of the cart is refused")
  func r36() {
    let nested = "quantity of (items where quantity of (items where price > $1) > 5) > 1"
    #expect(errors(when(nested)) == [.at(4, 33, .cartInsideWhere)])
  }

  @Test("R37: there are no patterns, and a text that looks like one is compared as it stands")
  func r37() throws {
    #expect(errors(set("items where name matches \"(a+)+$\"")).contains(.at(3, 26, .unexpected)))
    let rules = give("5% off (items where name contains \"(a+)+$\")")
    func total(_ name: String) throws -> Int64 {
      let line = #"{"sku": "A", "price": "20.00", "quantity": 1, "name": "\#(name)"}"#
      return try quote(rules, cart: cart(lines: line)).total.minorUnits
    }
    #expect(try total("x(a+)+$") == 1900)
    #expect(try total(String(repeating: "a", count: 1_000) + "!") == 2000)
  }

  @Test("R38: a name has at most 128 characters")
  func r38() {
    func named(_ length: Int) -> [Answer] {
      errors(head + "set \(String(repeating: "a", count: length)) = items\n")
    }
    #expect(named(128).isEmpty)
    #expect(named(129) == [.at(3, 5, .nameTooLong)])
    #expect(named(5_000) == [.at(3, 5, .nameTooLong)])
  }

  // LANGUAGE §2: words are contextual, so only names that would be misread are refused.
  @Test("R39: a name that means something where it is used is refused, so are other letters")
  func r39() {
    #expect(errors(head + "set order = items\n") == [.at(3, 5, .reservedName)])
    #expect(errors(head + "set price = items\n").isEmpty)
    #expect(errors(head + "campaign when {\n  give 1% off order\n}\n").isEmpty)
    #expect(errors(head + "set \u{1F600} = items\n") == [.at(3, 5, .unexpectedCharacter)])
    #expect(errors(head + "set Books = items\n") == [.at(3, 5, .upperCase)])
    #expect(errors(head + "set 1st = items\n") == [.at(3, 5, .numberRunsIntoLetters)])
  }

  @Test("R40: tabs and blanks, however many, change nothing")
  func r40() {
    let text = head + "campaign\ta\t{\t\n\t\tgive\t1%\toff\torder  \t\n}   \n\t"
    #expect(errors(text).isEmpty)
    #expect(errors(text.replacing("\n", with: "  \n\n")).isEmpty)
  }

  @Test(
    "R41: a condition that never or always holds is warned of",
    arguments: [
      ("quantity of items >= 0", .at(4, 8, .conditionAlways)),
      ("quantity of items < 0", .at(4, 8, .conditionNever)),
      ("1 = 1", .at(4, 8, .conditionAlways)),
      ("quantity of items >= 5 and quantity of items < 3", .at(4, 35, .conditionNever)),
      ("weekday = mon and weekday = tue", .at(4, 26, .conditionNever)),
    ] as [(String, Answer)])
  func r41(condition: String, answer: Answer) {
    #expect(warnings(when(condition)) == [answer])
  }

  @Test("R42: a selection that holds nothing is warned of where it becomes empty")
  func r42() {
    let units = "(items where price > $5 and price < $3)"
    #expect(warnings(give("5% off \(units)")) == [.at(4, 43, .conditionNever)])
  }

  @Test("R43: a price below zero is an error; an amount computed below zero gives nothing")
  func r43() throws {
    #expect(errors(give("price -$1 for each of items")) == [.at(4, 14, .superfluous)])
    for amount in ["($1 - $5)", "($1 - subtotal of items)"] {
      #expect(try refusal(give("\(amount) off order")) == "nothing_to_give")
    }
  }

  // LANGUAGE has no bound of 1 KiB; a text has 64 KiB, and who shows it escapes it.
  @Test("R44: an unknown placeholder is an error; markup is text like any other")
  func r44() throws {
    #expect(errors(clause("message \"Hi {name}\"")) == [.at(4, 15, .unknownPlaceholder)])
    #expect(errors(clause("message \"Hi {saved\"")) == [.at(4, 15, .placeholderNotClosed)])
    #expect(errors(clause("message \"need {missing}\"")) == [.at(4, 17, .nothingMissing)])
    let long = String(repeating: "x", count: 70_000)
    #expect(errors(clause("message \"\(long)\"")) == [.at(4, 11, .textTooLong)])
    let rules = clause("message \"<script>alert('{saved}')</script> {{\"")
    let quote = try quote(rules, cart: cart())
    #expect(quote.applied.first?.message == "<script>alert('$1.00')</script> {")
  }

  @Test(
    "R45: there is no file, network, environment or clock to ask for",
    arguments: ["file(\"x\")", "http(\"x\")", "env(\"HOME\")", "random", "include", "listed"])
  func r45(word: String) {
    #expect(errors(when("\(word) = 1")).first == .at(4, 8, .unexpected))
  }

  @Test("R45: a list that is not handed over with the text is missing, and nothing is opened")
  func r45Lists() {
    let text = set("items listed in \"/etc/passwd\"") + "campaign x {\n  give 5% off a\n}\n"
    #expect(errors(text) == [.at(3, 25, .missingList)])
  }

  @Test("R46: 10,000 campaigns are a rule set, 10,001 are too many", .timeLimit(.minutes(5)))
  func r46() throws {
    func campaigns(_ count: Int) -> String {
      head + (0..<count).map { "campaign c\($0) { give 1% off order }\n" }.joined()
    }
    #expect(errors(campaigns(10_000)).isEmpty)
    #expect(errors(campaigns(10_001)).map(\.code) == [.tooManyCampaigns])
  }

  // There is one version of the language, and no statement to ask for another.
  @Test("R49: a version is no statement of the language")
  func r49() {
    #expect(errors("version 2\n" + head) == [.at(1, 1, .unexpected)])
  }

  @Test("R50: what a merge left behind is one error, and the rest is still read")
  func r50() throws {
    let text =
      head + "<<<<<<< HEAD\nset a = items\n=======\nset a = all_items\n>>>>>>> theirs\n"
      + "campaign x {\n  give $5 off order\n}\n"
    let compilation = compile(text)
    #expect(compilation.answers(.error) == [.at(3, 1, .mergeConflict)])
    let read = try Cart.read(json: Array(cart().utf8))
    let quote = try compilation.rules.quote(read.cart, at: try #require(read.at))
    #expect(quote.total.minorUnits == 1500)
  }
}
