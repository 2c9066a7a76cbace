import Pricing
import Promo
import Testing

/// What a change of a session looks at is counted, never timed.
@Suite("the work of a change") struct RepricingWorkTests {
  private static let separate = """
    set odd = items in category "c1"
    campaign odd { when quantity of items >= 5 give 10% off odd }
    campaign tags { give $0.10 off each of (items in tag "t3") }
    campaign dear { give price $9.99 for each of (items where price > $12) }
    campaign far { when subtotal of items >= $90000000 give 5% off items }
    campaign kinds { when kinds of odd >= 2 give 1% off odd }
    campaign cheap { when cheapest price of odd >= $1 give 1% off (items in sku "S7") }
    """

  private func cart(_ lineCount: Int) throws -> Cart {
    try Quoting.cart(
      (0..<lineCount).map { number in
        var line = try Quoting.line("S\(number)", Int64(1_000 + number % 400), 2)
        line.categories = ["c\(number % 50)"]
        line.tags = ["t\(number % 70)"]
        return line
      })
  }

  private func session(_ rules: String, _ lineCount: Int) throws -> PricingSession {
    try RuleSet(text: "currency USD \(rules)").session(
      cart(lineCount), at: Quoting.instant())
  }

  /// What each of some changes looks at.
  private func works(_ rules: String, _ lineCount: Int) throws -> [Int] {
    var session = try session(rules, lineCount)
    var works: [Int] = []
    func note(_ change: QuoteChange, _ before: Int, _ session: borrowing PricingSession) {
      #expect(session.wholeCount == 1)
      #expect(change.lines.count <= 1)
      works.append(session.visitCount - before)
    }
    var added = try Quoting.line("S7 too", 1_300, 1)
    added.categories = ["c1"]
    added.tags = ["t3"]
    added.id = "new"
    var before = session.visitCount
    note(try session.setQuantity(7, of: "3"), before, session)
    before = session.visitCount
    note(try session.setPrice(try Quoting.money(1_450), of: "52"), before, session)
    before = session.visitCount
    note(try session.add(added), before, session)
    before = session.visitCount
    note(try session.setQuantity(3, of: "new"), before, session)
    before = session.visitCount
    note(try session.remove("74"), before, session)
    before = session.visitCount
    note(try session.remove("new"), before, session)
    before = session.visitCount
    note(try session.addCode("nothing"), before, session)
    return works
  }

  @Test("hangs on no line but its own where campaigns see lines one by one") func separate() throws
  {
    let works = try [100, 1_000, 10_000].map { try self.works(Self.separate, $0) }
    #expect(works[0] == works[1] && works[1] == works[2], "\(works)")
    #expect(works[0].allSatisfy { $0 <= 8 }, "\(works)")
  }

  @Test("reaches the lines of a deal, and those of a campaign that comes in") func joined() throws {
    let rules = """
      campaign deal { give 100% off cheapest 1 of every 3 (items in category "c1") }
      campaign many { when quantity of (items in tag "t9") >= 500 give 1% off (items in tag "t9") }
      """
    var session = try session(rules, 10_000)
    var before = session.visitCount
    _ = try session.setQuantity(5, of: "1")
    #expect(session.visitCount - before < 8)
    before = session.visitCount
    _ = try session.setQuantity(5, of: "2")
    #expect(200...800 ~= session.visitCount - before)
    before = session.visitCount
    let change = try session.setQuantity(500, of: "10")
    #expect(change.lines.count == 143 && change.campaigns == ["many"])
    #expect(143...600 ~= session.visitCount - before)
    #expect(session.wholeCount == 1)
  }

  @Test("is that of the whole cart where campaigns compete") func whole() throws {
    var session = try session("campaign a { give 1% off items stack alone }", 100)
    _ = try session.setQuantity(5, of: "1")
    #expect(session.wholeCount == 2)
  }
}
