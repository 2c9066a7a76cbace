/// A balance as the rules declare it, before a store has given it a number.
public struct BalanceDeclaration: Hashable, Sendable {
  /// Its name in the rules.
  public var name: String
  /// The currency whose minor units it counts; nil when it counts whole points.
  public var currency: String?
  /// How long what comes in stays when nobody says otherwise.
  public var expiresIn: BalanceTerms.Term?
  /// The most one transaction may bring in; nil without a limit.
  ///
  /// All rewards of one purchase count together, and what would pass is clipped. A conversion of
  /// more is made in several transactions, and a correction of more is refused.
  public var issueMaximum: Int64?
  /// The most an account may have.
  public var balanceMaximum: Int64?

  /// A declaration.
  public init(
    name: String, currency: String?, expiresIn: BalanceTerms.Term? = nil,
    issueMaximum: Int64? = nil, balanceMaximum: Int64? = nil
  ) {
    self.name = name
    self.currency = currency
    self.expiresIn = expiresIn
    self.issueMaximum = issueMaximum
    self.balanceMaximum = balanceMaximum
  }
}

/// A conversion as the rules declare it, by the names of its balances.
public struct ConversionDeclaration: Hashable, Sendable {
  /// How much of the source makes one step; above zero.
  public var every: Int64
  /// The balance that is turned.
  public var source: String
  /// What one step becomes, in the target's smallest units; above zero.
  public var into: Int64
  /// What it becomes.
  public var target: String
  /// A declaration such as every 1000 points into 2000 cents of cashback.
  public init(every: Int64, of source: String, into: Int64, of target: String) {
    self.every = every
    self.source = source
    self.into = into
    self.target = target
  }
}
