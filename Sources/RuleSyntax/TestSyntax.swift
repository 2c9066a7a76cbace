package import Findings

/// `test "name" { … }`.
package struct TestSyntax: Sendable {
  package var name: TextLiteral
  package var steps: [StepSyntax]
  package var span: SourceSpan
  package init(name: TextLiteral, steps: [StepSyntax], span: SourceSpan) {
    self.name = name
    self.steps = steps
    self.span = span
  }
}

/// One step of a test, with its place.
package struct StepSyntax: Sendable {
  package var kind: StepKind
  package var span: SourceSpan
  package init(kind: StepKind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }
}

/// What a step says.
package enum StepKind: Sendable {
  case only([Name])
  case at(DateTimeLiteral)
  case customer([CustomerFactSyntax])
  case order([AttributeValueSyntax])
  case cart([TestLineSyntax])
  case codes([TextLiteral])
  case event(EventSyntax)
  case used([(campaign: Name, amount: AmountSyntax)])
  case shipping(MoneyLiteral)
  case redeem(HoldingSyntax)
  case expect(ExpectationSyntax)
}

/// `tier "gold"`: a declared attribute, or one that every order has, and its value.
package struct AttributeValueSyntax: Sendable {
  package var name: Name
  package var value: LiteralSyntax
  package init(name: Name, value: LiteralSyntax) {
    self.name = name
    self.value = value
  }
}

/// A fact about the customer of a test.
package enum CustomerFactSyntax: Sendable {
  case id(TextLiteral)
  case member(span: SourceSpan)
  case group(TextLiteral)
  case visits(CountLiteral, WindowSyntax)
  case visitDays(CountLiteral, WindowSyntax)
  case bought(CountLiteral, Dimension, TextLiteral, WindowSyntax)
  case spent(MoneyLiteral, Dimension?, TextLiteral?, WindowSyntax)
  case redeemed(Name, CountLiteral)
  case balance(Name, AmountSyntax)
  case attribute(AttributeValueSyntax)
}

/// `4 "SHIRT" at $20.00 category "apparel"`.
package struct TestLineSyntax: Sendable {
  package enum Fact: Sendable {
    case category(TextLiteral)
    case brand(TextLiteral)
    case tag(TextLiteral)
    case vendor(TextLiteral)
    case name(TextLiteral)
    case was(MoneyLiteral)
    case floor(MoneyLiteral)
    case giftCard(span: SourceSpan)
    case notDiscountable(span: SourceSpan)
    case attribute(AttributeValueSyntax)
  }
  package var quantity: CountLiteral
  package var sku: TextLiteral
  package var price: MoneyLiteral
  package var facts: [Fact]
  package var span: SourceSpan
  package init(
    quantity: CountLiteral, sku: TextLiteral, price: MoneyLiteral, facts: [Fact], span: SourceSpan
  ) {
    self.quantity = quantity
    self.sku = sku
    self.price = price
    self.facts = facts
    self.span = span
  }
}

/// `90 points` or `$10 of cashback`.
package enum HoldingSyntax: Sendable {
  case count(CountLiteral, Name)
  case money(MoneyLiteral, Name)
}

/// What a test expects.
package enum ExpectationSyntax: Sendable {
  case discount(MoneyLiteral)
  case shipping(MoneyLiteral)
  case lineTotal(TextLiteral, MoneyLiteral)
  case lineUnitPrice(TextLiteral, MoneyLiteral)
  case applied(Name)
  case refused(Name, RefusalReason, reasonSpan: SourceSpan)
  case gift(TextLiteral)
  case earned(HoldingSyntax)
  case hint(TextLiteral)
  case message(TextLiteral)
}

/// Why a campaign is not applied, in the order the reasons are looked for.
package enum RefusalReason: String, CaseIterable, Sendable {
  case currency, declined, audience, code, schedule, limit, cap, condition, stacking
  case nothingToGive = "nothing_to_give"
  case error
}
