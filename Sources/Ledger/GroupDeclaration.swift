/// A group of accounts, how one comes in and when one is out again.
public struct GroupDeclaration: Hashable, Sendable {
  /// What brings an account in by itself.
  public enum Event: String, Hashable, Sendable, CaseIterable {
    /// The person became a member.
    case signUp = "sign_up"
  }

  /// Its name in the rules.
  public var name: String
  /// What brings accounts in; nil when only somebody can.
  public var joinsOn: Event?
  /// The visit after which an account is out; nil when visits do not matter.
  public var leavesAfterVisits: Int64?
  /// The time after which an account is out, at the start of the local day; nil when it stays.
  public var leavesAfter: BalanceTerms.Term?

  /// A group.
  public init(
    _ name: String, joinsOn: Event? = nil, leavesAfterVisits: Int64? = nil,
    leavesAfter: BalanceTerms.Term? = nil
  ) {
    self.name = name
    self.joinsOn = joinsOn
    self.leavesAfterVisits = leavesAfterVisits
    self.leavesAfter = leavesAfter
  }

  /// Whether the name and the numbers can be kept.
  package var isGood: Bool {
    isIdentifier(name)
      && (1...LedgerLimits.groupVisitsMaximum).contains(leavesAfterVisits ?? 1)
      && (1...LedgerLimits.termMaximum).contains(leavesAfter?.count ?? 1)
  }
}
