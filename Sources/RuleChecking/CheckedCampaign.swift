package import Findings
package import RuleSyntax

/// A campaign without errors.
package struct CheckedCampaign: Sendable {
  package var name: String
  /// The title, or the name where it was left out.
  package var title: String
  /// Index into `CheckedRules.files`: its currency and time zone hold.
  package var file: Int
  /// The whole campaign, and its name.
  package var span: SourceSpan
  package var nameSpan: SourceSpan
  package var audience: CheckedAudience = .everyone
  /// One per `when`, all of type flag.
  package var conditions: [CheckedExpression] = []
  /// Accepted codes as written; compare with outer spaces and ASCII case ignored.
  package var codes: [String] = []
  package var codePools: [String] = []
  package var isNeverActive = false
  /// Alternatives; empty means always.
  package var schedules: [ScheduleSyntax] = []
  package var gives: [CheckedGive] = []
  package var earns: [CheckedEarn] = []
  package var tiers: CheckedTiers?
  package var limits: [CheckedLimit] = []
  package var caps: [CheckedCap] = []
  package var priority: Int64 = 0
  package var stacking = CheckedStacking()
  package var usesOriginalBase = false
  package var message: CheckedTemplate?
  package var hint: CheckedTemplate?
  /// Set for a campaign that runs on an account event: in no quote.
  package var event: String?
  package init(name: String, title: String, file: Int, span: SourceSpan, nameSpan: SourceSpan) {
    self.name = name
    self.title = title
    self.file = file
    self.span = span
    self.nameSpan = nameSpan
  }
}

/// Who a campaign is for.
package enum CheckedAudience: Hashable, Sendable {
  case everyone
  case members
  case guests
  case groups([String])
  case customer(String)
}

/// Units of a selection that an effect touches; all but `all` are deals.
package enum CheckedPick: Hashable, Sendable {
  case all(SelectionID)
  indirect case ranked(Rank, count: Int64, of: SelectionID)
  indirect case every(Rank, count: Int64, groupSize: Int64, of: SelectionID)
  indirect case per(Rank, count: Int64, of: SelectionID, triggerCount: Int64, triggers: SelectionID)
}

/// How much comes off: money, or a percentage as a fraction; constants are folded in.
package enum CheckedAmount: Hashable, Sendable {
  case money(CheckedExpression)
  case percent(CheckedExpression)
}

/// One `give`, with its place.
package struct CheckedGive: Sendable {
  package enum Kind: Hashable, Sendable {
    /// A percentage off unit prices.
    case unitPercent(CheckedExpression, CheckedPick)
    /// Money off each unit's price.
    case unitMoney(CheckedExpression, CheckedPick)
    /// A fixed unit price, minor units.
    case unitPrice(Int64, CheckedPick)
    /// One amount over the picked units.
    case subtotalOff(CheckedAmount, CheckedPick)
    /// A bundle price, minor units; slots in the order written.
    case bundle(Int64, [CheckedSlot])
    case orderOff(CheckedAmount)
    case shippingOff(CheckedAmount)
    case shippingPrice(Int64)
    case gift(sku: String, quantity: Int64)
  }
  package var kind: Kind
  package var span: SourceSpan
  package init(kind: Kind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }
}

/// One slot of a bundle.
package struct CheckedSlot: Hashable, Sendable {
  package var count: Int64
  package var selection: SelectionID
  package init(count: Int64, selection: SelectionID) {
    self.count = count
    self.selection = selection
  }
}

/// One `earn`, with its place.
package struct CheckedEarn: Sendable {
  package enum Base: Hashable, Sendable {
    case order(withShipping: Bool)
    case selection(SelectionID)
  }
  package enum Kind: Hashable, Sendable {
    /// Points, or minor units of a money balance.
    case fixed(Int64)
    case perAmount(Int64, perMinorUnits: Int64, of: Base)
    case perUnits(Int64, per: Int64, of: SelectionID)
    /// A fraction of the base, in minor units for a money balance, in whole points otherwise.
    case percent(numerator: Int64, denominator: Int64, of: Base)
    /// A multiplier of other campaigns' rates; a nil selection is the order.
    case times(numerator: Int64, denominator: Int64, on: SelectionID?)
  }
  package var kind: Kind
  /// Index into `CheckedRules.balances`.
  package var balance: Int
  package var after: DurationLiteral?
  /// The clause's own term, else the balance's.
  package var expiresIn: DurationLiteral?
  package var span: SourceSpan
  package init(
    kind: Kind, balance: Int, after: DurationLiteral?, expiresIn: DurationLiteral?, span: SourceSpan
  ) {
    self.kind = kind
    self.balance = balance
    self.after = after
    self.expiresIn = expiresIn
    self.span = span
  }
}

/// `tiers by AMOUNT { … }`, rows ascending by threshold.
package struct CheckedTiers: Sendable {
  package struct Row: Sendable {
    /// Of the same type as `by`.
    package var threshold: CheckedConstant
    package var gives: [CheckedGive]
    package var earns: [CheckedEarn]
    package var span: SourceSpan
    package init(
      threshold: CheckedConstant, gives: [CheckedGive], earns: [CheckedEarn], span: SourceSpan
    ) {
      self.threshold = threshold
      self.gives = gives
      self.earns = earns
      self.span = span
    }
  }
  package var by: CheckedExpression
  package var rows: [Row]
  package init(by: CheckedExpression, rows: [Row]) {
    self.by = by
    self.rows = rows
  }
}

/// `limit N …`.
package struct CheckedLimit: Sendable {
  package var count: Int64
  package var bound: BoundSyntax
  package var span: SourceSpan
  package init(count: Int64, bound: BoundSyntax, span: SourceSpan) {
    self.count = count
    self.bound = bound
    self.span = span
  }
}

/// `cap AMOUNT …`: money given, or what is issued of a balance.
package struct CheckedCap: Sendable {
  /// Minor units, points, or minor units of a money balance.
  package var amount: Int64
  /// Index into `CheckedRules.balances`; nil for money given.
  package var balance: Int?
  package var bound: BoundSyntax
  package var span: SourceSpan
  package init(amount: Int64, balance: Int?, bound: BoundSyntax, span: SourceSpan) {
    self.amount = amount
    self.balance = balance
    self.bound = bound
    self.span = span
  }
}

/// The `stack` clauses of a campaign together.
package struct CheckedStacking: Sendable {
  package var isAlone = false
  package var isAloneOnItems = false
  /// Names it may share an order with; nil when no `stack with` is given.
  package var with: [String]?
  package var bestOf: [String] = []
  package var bestOfOnItems: [String] = []
  package init() {}
}

/// A text for the shopper with its placeholders found.
package struct CheckedTemplate: Hashable, Sendable {
  package enum Part: Hashable, Sendable {
    case text(String)
    case saved, missing, title, code, remainingUses
  }
  package var parts: [Part]
  package init(parts: [Part]) { self.parts = parts }
}
