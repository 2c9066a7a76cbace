import Findings
import RuleSyntax
import Testing

@Suite("tree") struct TreeTests {
  /// The clauses of one campaign.
  private static func clauses(_ text: String) throws -> [ClauseKind] {
    let (tree, findings) = SyntaxFile.parse(text: "campaign a {\n\(text)\n}")
    #expect(findings == [])
    guard case .campaign(let campaign)? = tree.items.first else { return [] }
    return campaign.clauses.map(\.kind)
  }

  private static func condition(_ text: String) throws -> ExpressionKind {
    guard case .when(let condition)? = try clauses("when \(text)").first else {
      throw Mismatched()
    }
    return condition.kind
  }

  private struct Mismatched: Error {}

  @Test("operators bind as in arithmetic, to the left")
  func precedence() throws {
    guard
      case .comparison(let left, .less, let right) = try Self.condition("1 - 2 - 3 * 4 < 5"),
      case .arithmetic(let first, .subtract, let product) = left.kind,
      case .arithmetic(_, .subtract, _) = first.kind,
      case .arithmetic(_, .multiply, _) = product.kind,
      case .literal(.number(let five)) = right.kind
    else { throw Mismatched() }
    #expect(five.digits == DecimalDigits(value: 5, decimals: 0))
    #expect((left.span.start, left.span.end) == (18, 31))
  }

  @Test("not binds tighter than and, comparisons tighter than not")
  func logic() throws {
    guard case .and(let parts) = try Self.condition("not 1 = 2 and not not today = 2026-01-02"),
      parts.count == 2, case .not(let inner) = parts[0].kind,
      case .comparison = inner.kind, case .not(let second) = parts[1].kind,
      case .not = second.kind
    else { throw Mismatched() }
  }

  @Test("of binds tighter than what is around it")
  func of() throws {
    guard
      case .comparison(let left, .equal, _) = try Self.condition(
        "subtotal of items in tag \"a\" * 2 = $4"),
      case .arithmetic(let sum, .multiply, _) = left.kind,
      case .subtotal(let source, isAfterDiscounts: false) = sum.kind,
      case .inDimension(.tag, let tags)? = source.membership
    else { throw Mismatched() }
    #expect(tags.map(\.text) == ["a"])
    guard case .comparison(let year, _, _) = try Self.condition("year of today + 1 = 2026"),
      case .arithmetic(let reading, .add, _) = year.kind, case .yearOf = reading.kind
    else { throw Mismatched() }
  }

  @Test("a word is a name where only a name may stand")
  func contextual() throws {
    let text =
      "set when = items\nset give = when in tag \"x\"\ncampaign campaign { give 5% off give }"
    let (tree, findings) = SyntaxFile.parse(text: text)
    #expect(findings == [])
    guard case .campaign(let campaign) = tree.items[2],
      case .give(let give) = campaign.clauses[0].kind,
      case .off(.percent, .units(.all(let source))) = give.kind, case .set(let name) = source.base
    else { throw Mismatched() }
    #expect(name.text == "give")
    #expect(campaign.name.text == "campaign")
    #expect(campaign.title == nil)
  }

  @Test("a unit is read only inside where, and where ends with its condition")
  func whereFlag() {
    let inside = "set a = items where price > subtotal of (items where price > $1)"
    #expect(SyntaxFile.parse(text: inside).findings == [])
    let behind = "campaign a { when subtotal of (items where price > $1) > price }"
    #expect(SyntaxFile.parse(text: behind).findings.map(\.code) == [.onlyOfOneUnit])
    let quantity = "campaign a { when subtotal of (items where quantity > 1) > $1 }"
    #expect(SyntaxFile.parse(text: quantity).findings == [])
  }

  @Test("schedules keep each of their parts")
  func schedule() throws {
    let clauses = try Self.clauses(
      "active from 2026-06-01 until 2026-07-01T09:30 on fri, sat between 22:00 and 02:00")
    guard case .active(let schedule) = clauses[0], case .date(let from)? = schedule.from,
      case .until(let until)? = schedule.end
    else { throw Mismatched() }
    #expect((from.year, from.month, from.day) == (2026, 6, 1))
    #expect((until.date.month, until.time.minuteOfDay) == (7, 570))
    #expect(schedule.days == [.fri, .sat])
    #expect(schedule.hours?.from.minuteOfDay == 1_320)
    #expect(schedule.hours?.until.minuteOfDay == 120)
  }

  @Test("bounds, stacking and priority say whom they mean")
  func bounds() throws {
    let clauses = try Self.clauses(
      """
      limit 3 per code per week
      cap 10 points total per year
      cap $5 per order
      priority -7
      stack best of "g" on items
      stack alone
      """)
    guard case .limit(let limit, .code(per: .week)) = clauses[0],
      case .cap(.balance(let count, let balance), .total(per: .year)) = clauses[1],
      case .cap(.money(let money), .order) = clauses[2], case .priority(-7, let span) = clauses[3],
      case .stack(.bestOfOnItems(let group)) = clauses[4], case .stack(.alone) = clauses[5]
    else { throw Mismatched() }
    #expect((limit.value, count.value, balance.text) == (3, 10, "points"))
    #expect(money.currencyCode == nil)
    #expect(span.end - span.start == 2)
    #expect(group.text == "g")
  }

  @Test("gives and earnings keep their amounts, targets and terms")
  func effects() throws {
    let clauses = try Self.clauses(
      """
      give price $9.99 for 1 a + 2 b
      give 2.5% off cheapest 1 of a per 2 b
      earn 1 points per $1 of order with shipping after 14 days expires in 1 year
      earn points times 1.5 on order
      """)
    guard case .give(let bundle) = clauses[0], case .bundlePrice(_, let slots) = bundle.kind,
      case .give(let deal) = clauses[1],
      case .off(.percent(let share), .units(.per(.cheapest, _, _, let triggers, _))) = deal.kind,
      case .earn(let earn) = clauses[2],
      case .perAmount(_, let name, _, of: .order(withShipping: true)) = earn.kind,
      case .earn(let multiplier) = clauses[3], case .times(_, let factor, on: nil) = multiplier.kind
    else { throw Mismatched() }
    #expect(slots.map(\.count.value) == [1, 2])
    #expect(share.digits == DecimalDigits(value: 25, decimals: 1))
    #expect(triggers.value == 2)
    #expect(name.text == "points")
    #expect((earn.after?.count, earn.after?.unit) == (14, .day))
    #expect((earn.expiresIn?.count, earn.expiresIn?.unit) == (1, .year))
    #expect(factor.digits == DecimalDigits(value: 15, decimals: 1))
  }

  @Test("every item of the text with every form is in the tree, in its order")
  func everyForm() {
    let (tree, findings) = SyntaxFile.parse(text: EveryForm.text)
    #expect(findings == [])
    #expect(tree.items.count == 28)
    #expect(tree.damagedNames.campaigns == [])
  }

  @Test("a second file of a rule set marks its spans as its own")
  func fileIndex() {
    let file = SourceFile(path: "b.promo", text: "set a = = items")
    #expect(parse(file, index: 3).findings.allSatisfy { $0.span.file == 3 })
  }
}
