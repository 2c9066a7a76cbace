package import Findings

/// The tree of one rule file, in the order written.
///
/// Items that a mistake has damaged are not among `items`; the names they declare are in
/// `damagedNames`, so that a use elsewhere is no second error. Those that could be read all the same
/// are in `mendedItems`: their other mistakes can be told in the same pass.
package struct SyntaxFile: Sendable {
  package var items: [Item]
  package var damagedNames: DamagedNames
  package var mendedItems: [MendedItem] = []
  /// The campaigns of an outline, which are read when they are wanted.
  package var unread: UnreadCampaigns?
  package init(items: [Item], damagedNames: DamagedNames = DamagedNames()) {
    self.items = items
    self.damagedNames = damagedNames
  }
}

/// An item as its author most likely meant it; it is checked where nothing was mended, never used.
package struct MendedItem: Sendable {
  package var item: Item
  /// How many sound items of the file stand before it.
  package var position: Int
  /// Where something was put in, taken out or read otherwise than it is written.
  package var mendedSpans: [SourceSpan]
  /// Whether every clause of it was read, so that what is not there is not there.
  package var isComplete: Bool
}

/// Names declared by items that could not be read in full.
package struct DamagedNames: Sendable {
  package var sets: Set<String> = []
  package var campaigns: Set<String> = []
  package var balances: Set<String> = []
  package var attributes: Set<String> = []
  package init() {}
}

/// What may stand at the top of a file.
///
/// Each lies in storage of its own, so that looking at one takes no copy of what it says.
package indirect enum Item: Sendable {
  case currency(code: String, span: SourceSpan)
  case timezone(TextLiteral)
  case rounding(span: SourceSpan)
  case choose(span: SourceSpan)
  case attributes([AttributeDeclaration], span: SourceSpan)
  case set(SetDeclaration)
  case campaign(CampaignSyntax)
  case balance(BalanceDeclaration)
  case convert(ConvertDeclaration)
  case group(GroupDeclaration)
  case test(TestSyntax)
}

extension Item {
  /// Whether it is a campaign, of which there may be very many.
  package var isCampaign: Bool { if case .campaign = self { true } else { false } }
}

/// `customer tier: text`.
package struct AttributeDeclaration: Sendable {
  package enum Owner: String, Sendable { case item, customer, order }
  package enum Kind: String, Sendable { case text, flag, number, count, money, percent, date }
  package var owner: Owner
  package var name: Name
  package var kind: Kind
  package init(owner: Owner, name: Name, kind: Kind) {
    self.owner = owner
    self.name = name
    self.kind = kind
  }
}

/// `set books = items in category "books"`.
package struct SetDeclaration: Sendable {
  package var name: Name
  package var filter: FilterSyntax
  package var span: SourceSpan
  package init(name: Name, filter: FilterSyntax, span: SourceSpan) {
    self.name = name
    self.filter = filter
    self.span = span
  }
}

/// `balance points { … }`.
package struct BalanceDeclaration: Sendable {
  package enum Fact: Sendable {
    case money(span: SourceSpan)
    case worth(MoneyLiteral, per: CountLiteral)
    case redeemAsPayment(span: SourceSpan)
    case redeemAsDiscount(span: SourceSpan)
    case step(AmountSyntax)
    case atLeast(AmountSyntax)
    case atMostOfOrder(NumberLiteral)
    case expiresIn(DurationLiteral)
  }
  package var name: Name
  package var facts: [Fact]
  package var span: SourceSpan
  package init(name: Name, facts: [Fact], span: SourceSpan) {
    self.name = name
    self.facts = facts
    self.span = span
  }
}

/// An amount of a balance: a whole number, or money where the balance is money.
package enum AmountSyntax: Sendable {
  case count(CountLiteral)
  case money(MoneyLiteral)
}

/// `convert every 1000 points into $20 of cashback`.
package struct ConvertDeclaration: Sendable {
  package var count: CountLiteral
  package var from: Name
  package var amount: MoneyLiteral
  package var into: Name
  package var span: SourceSpan
  package init(
    count: CountLiteral, from: Name, amount: MoneyLiteral, into: Name, span: SourceSpan
  ) {
    self.count = count
    self.from = from
    self.amount = amount
    self.into = into
    self.span = span
  }
}

/// `group "new" { join on sign_up  leave after 1 visit }`.
package struct GroupDeclaration: Sendable {
  package enum Fact: Sendable {
    case joinOn(EventSyntax)
    case leaveAfterVisits(CountLiteral)
    case leaveAfter(DurationLiteral)
  }
  package var name: TextLiteral
  package var facts: [Fact]
  package var span: SourceSpan
  package init(name: TextLiteral, facts: [Fact], span: SourceSpan) {
    self.name = name
    self.facts = facts
    self.span = span
  }
}

/// An account event: a name, or a text for a shop's own.
package enum EventSyntax: Sendable {
  case name(Name)
  case text(TextLiteral)

  /// The event's name, however it was written.
  package var text: String {
    switch self {
    case .name(let name): name.text
    case .text(let literal): literal.text
    }
  }
}
