package import Money
package import RuleSyntax

/// A rule set whose names, types, units and stages have been checked.
///
/// Campaigns with an error are left out; everything here can be compiled without asking again.
package struct CheckedRules: Sendable {
  package var files: [CheckedFile] = []
  /// Half to even instead of half away from zero, for the whole rule set.
  package var roundsHalfToEven = false
  /// Walks campaigns by priority instead of looking for the largest discount.
  package var choosesByPriority = false
  package var attributes: [CheckedAttribute] = []
  /// Every distinct selection; 0 is `items`, 1 is `all_items`; a base always precedes its users.
  package var selections: [CheckedSelection] = [.items, .allItems]
  /// Named sets and the selection each stands for.
  package var sets: [String: SelectionID] = [:]
  package var balances: [CheckedBalance] = []
  package var converts: [CheckedConvert] = []
  package var groups: [CheckedGroup] = []
  /// In file order, then in the order written.
  package var campaigns: [CheckedCampaign] = []
  package var tests: [CheckedTest] = []
  package init() {}
}

/// What holds for one file: its currency and its time zone.
package struct CheckedFile: Sendable {
  package var path: String
  package var currency: Currency?
  /// Time zone database name.
  package var timezone: String?
  package init(path: String, currency: Currency? = nil, timezone: String? = nil) {
    self.path = path
    self.currency = currency
    self.timezone = timezone
  }
}

/// A declared attribute; the index in `CheckedRules.attributes` is its identity.
package struct CheckedAttribute: Hashable, Sendable {
  package var owner: AttributeDeclaration.Owner
  package var name: String
  package var kind: AttributeDeclaration.Kind
  package init(
    owner: AttributeDeclaration.Owner, name: String, kind: AttributeDeclaration.Kind
  ) {
    self.owner = owner
    self.name = name
    self.kind = kind
  }
}

/// Which selection of `CheckedRules.selections`.
package struct SelectionID: Hashable, Sendable {
  package var index: Int
  package init(index: Int) { self.index = index }
  package static let items = SelectionID(index: 0)
  package static let allItems = SelectionID(index: 1)
}

/// One selection; equal ones share an identity.
package indirect enum CheckedSelection: Hashable, Sendable {
  case items
  case allItems
  /// Units of the base whose dimension has any of the values; sorted by bytes, no repeats.
  case narrowed(base: SelectionID, Dimension, values: [String])
  /// Units of the base that satisfy a condition over the unit.
  case filtered(base: SelectionID, CheckedExpression)
}

/// `balance points { … }`.
package struct CheckedBalance: Sendable {
  package enum Redemption: Sendable { case none, payment, discount }
  package var name: String
  package var file: Int
  package var isMoney: Bool
  /// Set for a money balance and where a worth is given: the file's currency.
  package var currency: Currency?
  /// Minor units that `worthPer` points are worth; nil when no worth is given.
  package var worthMinorUnits: Int64?
  package var worthPer: Int64
  package var redemption: Redemption
  /// Points, or minor units of a money balance.
  package var step: Int64?
  package var atLeast: Int64?
  /// Parts per million of what the lines cost.
  package var atMostOfOrderPPM: Int64?
  package var expiresIn: DurationLiteral?
  package init(
    name: String, file: Int, isMoney: Bool, currency: Currency?, worthMinorUnits: Int64?,
    worthPer: Int64, redemption: Redemption, step: Int64?, atLeast: Int64?,
    atMostOfOrderPPM: Int64?, expiresIn: DurationLiteral?
  ) {
    self.name = name
    self.file = file
    self.isMoney = isMoney
    self.currency = currency
    self.worthMinorUnits = worthMinorUnits
    self.worthPer = worthPer
    self.redemption = redemption
    self.step = step
    self.atLeast = atLeast
    self.atMostOfOrderPPM = atMostOfOrderPPM
    self.expiresIn = expiresIn
  }
}

/// `convert every 1000 points into $20 of cashback`; balances by index.
package struct CheckedConvert: Sendable {
  package var every: Int64
  package var from: Int
  package var minorUnits: Int64
  package var into: Int
  package init(every: Int64, from: Int, minorUnits: Int64, into: Int) {
    self.every = every
    self.from = from
    self.minorUnits = minorUnits
    self.into = into
  }
}

/// `group "new" { … }`.
package struct CheckedGroup: Sendable {
  package var name: String
  package var facts: [GroupDeclaration.Fact]
  package init(name: String, facts: [GroupDeclaration.Fact]) {
    self.name = name
    self.facts = facts
  }
}

/// A test, with the file it stands in; its names and types have been checked.
package struct CheckedTest: Sendable {
  package var file: Int
  package var syntax: TestSyntax
  package init(file: Int, syntax: TestSyntax) {
    self.file = file
    self.syntax = syntax
  }
}
