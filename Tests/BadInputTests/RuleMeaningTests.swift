import Findings
import Promo
import Testing

/// The catalogue of bad rule texts, second part: amounts, names, types, arithmetic and dates.
@Suite("bad rule texts: what is meant") struct RuleMeaningTests {
  // LANGUAGE §10 lists a discount over 100% among the warnings; it takes off what there is.
  @Test("R17: -5% is an error; 150% and 0% are warned of, and 150% takes off what there is")
  func r17() throws {
    #expect(errors(give("-5% off items")) == [.at(4, 8, .superfluous)])
    #expect(warnings(give("150% off items")) == [.at(4, 8, .percentOverHundred)])
    #expect(warnings(give("0% off items")) == [.at(4, 8, .percentZero)])
    #expect(try quote(give("150% off items"), cart: cart()).total.minorUnits == 0)
    #expect(try refusal(give("0% off items")) == "nothing_to_give")
  }

  @Test("R18: an amount of another currency than the file's is an error, so is one of none")
  func r18() {
    let euros = "currency EUR\ntimezone \"Europe/Paris\"\ncampaign a {\n  give $10 off order\n}\n"
    #expect(errors(euros) == [.at(4, 8, .dollarInOtherFile)])
    #expect(errors(give("10.00 EUR off order")) == [.at(4, 8, .moneyOfOtherCurrency)])
    #expect(errors(give("€10 off order")) == [.at(4, 8, .currencySign)])
    #expect(errors("campaign a {\n  give $10 off order\n}\n") == [.at(2, 8, .moneyWithoutCurrency)])
    #expect(errors("currency USX\n").map(\.code) == [.unknownCurrency])
  }

  @Test("R19: an amount with too many decimals is an error with both roundings as fixes")
  func r19() {
    let compilation = compile(give("$10.005 off order"))
    #expect(compilation.answers(.error) == [.at(4, 8, .moneyTooFine)])
    let written = compilation.findings.first?.repairs.map { $0.edits.map(\.replacement) }
    #expect(written == [["$10.00"], ["$10.01"]])
    let yen = "currency JPY\ncampaign a {\n  give 10.5 JPY off order\n}\n"
    #expect(errors(yen) == [.at(3, 8, .moneyTooFine)])
  }

  @Test("R20: a name nobody declared is an error that says which one is near")
  func r20() {
    func nearest(_ text: String) -> String? {
      compile(text).findings.first { $0.severity == .error }?.facts["nearest"]
    }
    #expect(errors(when("order.contry = \"US\"")) == [.at(4, 14, .unknownAttribute)])
    #expect(nearest(when("order.contry = \"US\"")) == "country")
    #expect(errors(when("cart.totl > $5")) == [.at(4, 8, .unexpected)])
    #expect(errors(when("quantiti of items >= 5")) == [.at(4, 8, .misspelt)])
    let sets = head + "set books = items\ncampaign a {\n  give 5% off boks\n}\n"
    #expect(errors(sets) == [.at(5, 15, .unknownSet)])
    #expect(nearest(sets) == "books")
    #expect(errors(when("redemptions of b ever > 1")) == [.at(4, 23, .unknownCampaign)])
    #expect(errors(when("balance of points > 1")) == [.at(4, 19, .unknownBalance)])
  }

  @Test("R21: two types that do not fit are both named, with the fix where there is one")
  func r21() {
    let compilation = compile(when("quantity of items > \"5\""))
    #expect(compilation.answers(.error) == [.at(4, 28, .typesDiffer)])
    let facts = compilation.findings.first { $0.severity == .error }?.facts ?? [:]
    #expect(facts["left"] == "a count" && facts["right"] == "a text")
    #expect(errors(when("subtotal of items >= 100")) == [.at(4, 29, .typesDiffer)])
    #expect(errors(when("quantity of items")) == [.at(4, 8, .notACondition)])
    #expect(errors(when("order.country > \"US\"")) == [.at(4, 8, .notOrdered)])
    #expect(errors(when("customer is member = 5")) == [.at(4, 29, .typesDiffer)])
  }

  @Test("R22: money times money, and points plus money, are type errors")
  func r22() {
    #expect(errors(when("subtotal of items * shipping > $5")) == [.at(4, 8, .cannotCalculate)])
    #expect(errors(when("subtotal of items + 5 > $5")) == [.at(4, 28, .cannotCalculate)])
    let points = "balance points { worth $1 per 100 redeem as payment }\n"
    let mixed = "campaign a {\n  when balance of points + $5 > $1\n  give $1 off order\n}\n"
    #expect(errors(head + points + mixed) == [.at(5, 28, .cannotCalculate)])
  }

  @Test("R23: division by a constant zero is an error; by a computed one the campaign fails alone")
  func r23() throws {
    #expect(errors(when("subtotal of items / 0 > $5")) == [.at(4, 28, .divisionByZero)])
    #expect(errors(when("5 / (3 - 3) > 5")) == [.at(4, 12, .divisionByZero)])
    let rules =
      when("5 / (quantity of items - quantity of items) > 5")
      + "campaign b {\n  give $2 off order\n}\n"
    let quote = try quote(rules, cart: cart())
    #expect(quote.notApplied.map { "\($0.campaign) \($0.reason.rawValue)" } == ["a error"])
    #expect(quote.applied.map(\.campaign) == ["b"] && quote.total.minorUnits == 1800)
  }

  @Test("R24: a constant that is too large once it is calculated is an error")
  func r24() {
    let nines = "9000000000000000000"
    #expect(errors(when("quantity of items > \(nines) * 10")) == [.at(4, 28, .constantTooLarge)])
    let three = "\(nines) * \(nines) * \(nines)"
    #expect(errors(when("quantity of items > \(three)")) == [.at(4, 28, .constantTooLarge)])
    #expect(errors(give("($90000000000000000 * 10) off order")).map(\.code) == [.constantTooLarge])
  }

  @Test("R25: what overflows for one cart fails alone, and the cart is priced without it")
  func r25() throws {
    let nines = "9000000000000000000"
    let power = Array(repeating: "quantity of items * \(nines)", count: 3).joined(separator: " * ")
    let rules =
      head + "campaign a {\n  when \(power) > 1\n  give $1 off order\n}\n"
      + "campaign b {\n  give (subtotal of items * quantity of items * \(nines)) off order\n}\n"
      + "campaign c {\n  give $2 off order\n}\n"
    let quote = try quote(rules, cart: cart())
    let refused = quote.notApplied.map { "\($0.campaign) \($0.reason.rawValue)" }
    #expect(refused == ["a error", "b error"])
    #expect(quote.total.minorUnits == 1800)
  }

  @Test("R26: of two campaigns with one name the second is an error that shows the first")
  func r26() {
    let compilation = compile(give("$1 off order") + "campaign a {\n  give $2 off order\n}\n")
    #expect(compilation.answers(.error) == [.at(6, 10, .declaredTwice)])
    let related = compilation.findings.first { $0.severity == .error }?.related
    #expect(related?.map(\.span.start) == [Int32(head.utf8.count + 9)])
  }

  @Test("R27: sets that stand on themselves are an error that names the way round")
  func r27() {
    let compilation = compile(head + "set a = b\nset b = c\nset c = a\n")
    #expect(compilation.answers(.error) == [.at(5, 9, .setCycle)])
    #expect(compilation.findings.first?.facts["path"] == "a → b → c → a")
    #expect(errors(set("a")) == [.at(3, 9, .setCycle)])
    #expect(errors(set("items where in a")) == [.at(3, 24, .setCycle)])
  }

  // LANGUAGE §7 decides without a warning: the larger discount, then the order in the file.
  @Test("R28: of two campaigns that stand alone the better one wins, of equal ones the first")
  func r28() throws {
    func rules(_ first: String, _ second: String) -> String {
      head
        + [("a", first), ("b", second)].map { name, amount in
          "campaign \(name) {\n  give \(amount) off order\n  stack alone\n}\n"
        }.joined()
    }
    for (first, second, winner) in [("$1", "$2", "b"), ("$2", "$2", "a"), ("$2", "$1", "a")] {
      let quote = try quote(rules(first, second), cart: cart())
      #expect(quote.applied.map(\.campaign) == [winner])
      #expect(quote.notApplied.map(\.reason) == [.stacking])
    }
    #expect(warnings(rules("$2", "$2")).isEmpty)
  }

  @Test("R29: an end before the start is an error, an end in the past is warned of")
  func r29() throws {
    let backwards = clause("active from 2027-02-01 through 2027-01-01")
    #expect(errors(backwards) == [.at(4, 34, .scheduleEndsBeforeStart)])
    let over = clause("active through 2020-01-01")
    let today = try #require(CivilDate(year: 2027, month: 5, day: 20))
    #expect(warnings(over, today: today) == [.at(4, 18, .scheduleOver)])
    #expect(warnings(over).isEmpty)
    #expect(try refusal(over) == "schedule")
    #expect(errors(clause("active between 02:00 and 02:00")) == [.at(4, 18, .scheduleEmpty)])
  }

  // LANGUAGE §2 says which moment is meant, so that there is nothing to warn of.
  @Test("R30: a local time that does not exist moves on by the gap, of two the first is meant")
  func r30() throws {
    let gap = clause("active from 2027-03-14T02:30")
    #expect(try refusal(gap, cart: cart(at: "2027-03-14T07:29:59Z")) == "schedule")
    #expect(try refusal(gap, cart: cart(at: "2027-03-14T07:30:00Z")) == nil)
    let twice = clause("active from 2027-11-07T01:30")
    #expect(try refusal(twice, cart: cart(at: "2027-11-07T05:29:59Z")) == "schedule")
    #expect(try refusal(twice, cart: cart(at: "2027-11-07T05:30:00Z")) == nil)
  }

  @Test("R31: a time zone that does not exist is an error, so is a calendar without a zone")
  func r31() {
    for name in ["America/New_Yrok", "../../etc/passwd", "", "/etc/localtime", "EST5EDT6,"] {
      #expect(errors("timezone \"\(name)\"\n") == [.at(1, 10, .unknownTimezone)])
    }
    let free = "currency USD\ncampaign a {\n  active on mon\n  give 1% off order\n}\n"
    #expect(errors(free) == [.at(3, 3, .timezoneNeeded)])
  }

  // The language has no yearly campaigns; a birthday on 29 February is compared as any date is.
  @Test("R32: 29 February is a date in a leap year and an error in another")
  func r32() {
    #expect(errors(clause("active through 2028-02-29")).isEmpty)
    #expect(errors(clause("active through 2027-02-29")) == [.at(4, 18, .noSuchDate)])
  }

  // LANGUAGE §5 makes `limit 0` an error; `active never` is how a campaign is put aside.
  @Test("R33: a limit is a whole number of at least 1 that fits 64 bits")
  func r33() {
    let answers: [(String, FindingCode)] = [
      ("0", .zeroCount), ("-1", .superfluous), ("1.5", .unexpected), ("$5", .unexpected),
      ("9223372036854775808", .numberTooLarge),
    ]
    for (limit, code) in answers {
      #expect(errors(clause("limit \(limit) per customer")) == [.at(4, 9, code)])
    }
    #expect(errors(clause("limit 9223372036854775807 per customer")).isEmpty)
  }

  @Test("R34: a limit per customer is warned of where guests are meant, and keeps guests out")
  func r34() throws {
    let rules = clause("for guests\n  limit 1 per customer")
    #expect(warnings(rules) == [.at(5, 3, .customerLimitForGuests)])
    #expect(try refusal(rules) == "audience")
    #expect(try refusal(clause("limit 1 per customer")) == "audience")
  }
}
