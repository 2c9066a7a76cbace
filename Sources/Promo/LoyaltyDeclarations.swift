import RuleChecking
import RuleSyntax

/// What rules declare of kept value: balances, what turns into what, and groups.
///
/// A ledger keeps them; a quote only speaks of them.
public struct LoyaltyDeclarations: Hashable, Sendable {
  /// A length of calendar time in the rules' zone.
  public struct Term: Hashable, Sendable {
    /// Whole steps; above zero.
    public var count: Int64
    /// What a step is.
    public var period: CalendarPeriod
    /// A length such as 24 months.
    public init(count: Int64, period: CalendarPeriod) {
      self.count = count
      self.period = period
    }
  }

  /// `balance points { … }`.
  public struct Balance: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// The currency of a money balance; nil when it counts whole points.
    public var currency: Currency?
    /// How long what comes in stays; nil for ever.
    public var expiresIn: Term?
    /// How it is taken in a cart.
    public var redemption: Redemption

    /// How a balance is taken in a cart.
    public enum Redemption: Hashable, Sendable {
      case never
      /// Under `redeem`: it lowers the total.
      case discount
      /// Under `pay`: it lowers what is due.
      case payment
    }
  }

  /// `convert every 1000 points into $20 of cashback`.
  public struct Conversion: Hashable, Sendable {
    /// How much of the source makes one step; above zero.
    public var every: Int64
    /// The name of the balance that is turned.
    public var source: String
    /// What one step becomes, in minor units; above zero.
    public var minorUnits: Int64
    /// The name of the balance it becomes.
    public var target: String
  }

  /// `group "new" { join on sign_up  leave after 1 visit }`.
  public struct Group: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// The events that bring a customer in, such as `sign_up`.
    public var joinsOn: [String]
    /// The visit after which a customer is out.
    public var leavesAfterVisits: Int64?
    /// The time after which a customer is out.
    public var leavesAfter: Term?
  }

  /// In the order declared.
  public var balances: [Balance]
  /// In the order declared.
  public var conversions: [Conversion]
  /// In the order declared.
  public var groups: [Group]
}

extension RuleSet {
  /// What the rules declare of kept value.
  public var loyalty: LoyaltyDeclarations {
    LoyaltyDeclarations(
      balances: checked.balances.map {
        LoyaltyDeclarations.Balance(
          name: $0.name, currency: $0.isMoney ? $0.currency : nil,
          expiresIn: $0.expiresIn.map(LoyaltyDeclarations.Term.init),
          redemption: LoyaltyDeclarations.Balance.Redemption($0.redemption))
      },
      conversions: checked.converts.map {
        LoyaltyDeclarations.Conversion(
          every: $0.every, source: checked.balances[$0.from].name, minorUnits: $0.minorUnits,
          target: checked.balances[$0.into].name)
      },
      groups: checked.groups.map(LoyaltyDeclarations.Group.init))
  }
}

extension LoyaltyDeclarations.Balance.Redemption {
  fileprivate init(_ redemption: CheckedBalance.Redemption) {
    self =
      switch redemption {
      case .none: .never
      case .discount: .discount
      case .payment: .payment
      }
  }
}

extension LoyaltyDeclarations.Term {
  fileprivate init(_ literal: DurationLiteral) {
    let period: CalendarPeriod =
      switch literal.unit {
      case .day: .day
      case .week: .week
      case .month: .month
      case .quarter: .quarter
      case .year: .year
      }
    self.init(count: literal.count, period: period)
  }
}

extension LoyaltyDeclarations.Group {
  fileprivate init(_ group: CheckedGroup) {
    self.init(name: group.name, joinsOn: [], leavesAfterVisits: nil, leavesAfter: nil)
    for fact in group.facts {
      switch fact {
      case .joinOn(let event): joinsOn.append(event.text)
      case .leaveAfterVisits(let count): leavesAfterVisits = count.value
      case .leaveAfter(let duration): leavesAfter = LoyaltyDeclarations.Term(duration)
      }
    }
  }
}
