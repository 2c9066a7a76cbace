package import Findings

/// `campaign name "Title" { … }`.
package struct CampaignSyntax: Sendable {
  package var name: Name
  package var title: TextLiteral?
  package var clauses: [ClauseSyntax]
  package var span: SourceSpan
  package init(name: Name, title: TextLiteral?, clauses: [ClauseSyntax], span: SourceSpan) {
    self.name = name
    self.title = title
    self.clauses = clauses
    self.span = span
  }
}

/// One clause, from its first word to its last.
package struct ClauseSyntax: Sendable {
  package var kind: ClauseKind
  package var span: SourceSpan
  package init(kind: ClauseKind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }
}

/// What a clause says.
package indirect enum ClauseKind: Sendable {
  case audience(AudienceSyntax)
  case when(ConditionSyntax)
  case code(TextLiteral)
  case codes(pool: TextLiteral)
  case activeNever
  case active(ScheduleSyntax)
  case give(GiveSyntax)
  case earn(EarnSyntax)
  case tiers(by: ExpressionSyntax, rows: [TierRowSyntax])
  case limit(CountLiteral, BoundSyntax)
  case cap(CapAmountSyntax, BoundSyntax)
  case priority(Int64, span: SourceSpan)
  case stack(StackingSyntax)
  case baseOriginal
  case message(TextLiteral)
  case hint(TextLiteral)
  case event(EventSyntax)
}

/// `for members`, `for guests`, …
package enum AudienceSyntax: Sendable {
  case members
  case guests
  case groups([TextLiteral])
  case customer(TextLiteral)
}

/// The parts of one `active`; all that are given must hold.
package struct ScheduleSyntax: Sendable {
  package enum Start: Sendable {
    case date(DateLiteral)
    case dateTime(DateTimeLiteral)
  }
  package enum End: Sendable {
    case through(DateLiteral)
    case until(DateTimeLiteral)
  }
  package var from: Start?
  package var end: End?
  /// Days of the week; empty when the clause names none.
  package var days: [Weekday]
  package var hours: (from: TimeLiteral, until: TimeLiteral)?
  package init(
    from: Start?, end: End?, days: [Weekday], hours: (from: TimeLiteral, until: TimeLiteral)?
  ) {
    self.from = from
    self.end = end
    self.days = days
    self.hours = hours
  }
}

/// Whose uses or money a `limit` or `cap` bounds, and over which calendar period.
package enum BoundSyntax: Sendable {
  case order
  case customer(per: CalendarUnit?)
  case code(per: CalendarUnit?)
  case total(per: CalendarUnit?)
}

/// What a `cap` bounds: money given, or what is issued of a balance.
package enum CapAmountSyntax: Sendable {
  case money(MoneyLiteral)
  case balance(CountLiteral, Name)
}

/// Which other campaigns may share an order.
package enum StackingSyntax: Sendable {
  case with([Name])
  case alone
  case aloneOnItems
  case bestOf(TextLiteral)
  case bestOfOnItems(TextLiteral)
}

/// `at $100 give 10% off items`.
package struct TierRowSyntax: Sendable {
  package enum Threshold: Sendable {
    case money(MoneyLiteral)
    case number(NumberLiteral)
  }
  package var threshold: Threshold
  package var rewards: [RewardSyntax]
  package var span: SourceSpan
  package init(threshold: Threshold, rewards: [RewardSyntax], span: SourceSpan) {
    self.threshold = threshold
    self.rewards = rewards
    self.span = span
  }
}

/// What a tier row grants.
package enum RewardSyntax: Sendable {
  case give(GiveSyntax)
  case earn(EarnSyntax)
}

/// What comes off, or is added.
package struct GiveSyntax: Sendable {
  /// How much comes off.
  package enum Amount: Sendable {
    case money(MoneyLiteral)
    case percent(NumberLiteral)
    case expression(ExpressionSyntax)
  }
  /// Off what.
  package enum Target: Sendable {
    case order
    case shipping
    /// `off each of PICK`.
    case each(PickSyntax)
    /// `off subtotal of PICK`.
    case subtotal(PickSyntax)
    /// `off PICK`, for a percentage.
    case units(PickSyntax)
  }
  package indirect enum Kind: Sendable {
    case off(Amount, Target)
    case shippingPrice(MoneyLiteral)
    case eachPrice(MoneyLiteral, PickSyntax)
    case bundlePrice(MoneyLiteral, [(count: CountLiteral, source: SourceSyntax)])
    case freeShipping
    case gift(quantity: CountLiteral?, sku: TextLiteral)
  }
  package var kind: Kind
  package var span: SourceSpan
  package init(kind: Kind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }
}

/// What is earned, when it becomes spendable and when it ends.
package struct EarnSyntax: Sendable {
  package enum Base: Sendable {
    case order(withShipping: Bool)
    case source(SourceSyntax)
  }
  package enum Kind: Sendable {
    /// `500 points`.
    case fixed(CountLiteral, Name)
    /// `1 point per $1 of order`.
    case perAmount(CountLiteral, Name, per: MoneyLiteral, of: Base)
    /// `1 stamp per 1 coffees`.
    case perUnits(CountLiteral, Name, per: CountLiteral, of: SourceSyntax)
    /// `5% of books as cashback`.
    case percent(NumberLiteral, of: Base, as: Name)
    /// `$5 as cashback`.
    case money(MoneyLiteral, as: Name)
    /// `points times 2 on books`; a nil source is `on order`.
    case times(Name, NumberLiteral, on: SourceSyntax?)
  }
  package var kind: Kind
  package var after: DurationLiteral?
  package var expiresIn: DurationLiteral?
  package var span: SourceSpan
  package init(
    kind: Kind, after: DurationLiteral?, expiresIn: DurationLiteral?, span: SourceSpan
  ) {
    self.kind = kind
    self.after = after
    self.expiresIn = expiresIn
    self.span = span
  }
}
