public import LocalTime

/// What holds for every account's balance of one name.
public struct BalanceTerms: Hashable, Sendable {
  /// How long what comes in stays, in calendar steps of the programme's zone.
  public struct Term: Hashable, Sendable {
    /// Whole steps; above zero.
    public var count: Int
    /// What a step is.
    public var period: CalendarPeriod
    /// A term such as 24 months.
    public init(count: Int, period: CalendarPeriod) {
      self.count = count
      self.period = period
    }
  }

  /// Its number in the store.
  public var id: BalanceID
  /// Its name in the rules.
  public var name: String
  /// The currency whose minor units it counts; nil when it counts whole points.
  public var currency: String?
  /// How long what comes in stays when nobody says otherwise; nil for ever.
  public var expiresIn: Term?
  /// The most one transaction may bring in; nil without a limit.
  ///
  /// All rewards of one purchase count together, and what would pass is clipped. A conversion of
  /// more is made in several transactions, and a correction of more is refused.
  public var issueMaximum: Int64?
  /// The most an account may have, pending included; nil without a limit.
  public var balanceMaximum: Int64?

  /// Terms of a balance.
  public init(
    id: BalanceID, name: String, currency: String?, expiresIn: Term? = nil,
    issueMaximum: Int64? = nil, balanceMaximum: Int64? = nil
  ) {
    self.id = id
    self.name = name
    self.currency = currency
    self.expiresIn = expiresIn
    self.issueMaximum = issueMaximum
    self.balanceMaximum = balanceMaximum
  }
}

/// `convert every 1000 points into $20 of cashback`.
public struct Conversion: Hashable, Sendable {
  /// What is turned.
  public var source: BalanceID
  /// How much of it makes one step; above zero.
  public var every: Int64
  /// What it becomes.
  public var target: BalanceID
  /// What one step becomes, in the target's smallest units; above zero.
  public var into: Int64
  /// A conversion.
  public init(every: Int64, of source: BalanceID, into: Int64, of target: BalanceID) {
    self.source = source
    self.every = every
    self.target = target
    self.into = into
  }
}

/// The balances of a shop, what turns into what, and the zone its days begin in.
public struct LoyaltyProgramme: Hashable, Sendable {
  /// All balances, by number.
  public var balances: [BalanceTerms]
  /// In the order declared.
  public var conversions: [Conversion]
  /// The zone of calendar terms.
  public var zone: ZoneTable

  /// A programme.
  public init(balances: [BalanceTerms], conversions: [Conversion], zone: ZoneTable) {
    self.balances = balances
    self.conversions = conversions
    self.zone = zone
  }

  /// The terms of a balance; nil when it was never declared.
  public func terms(_ id: BalanceID) -> BalanceTerms? { balances.first { $0.id == id } }

  /// The terms of a balance by name, byte for byte.
  public func terms(named name: String) -> BalanceTerms? {
    // Texts that differ are told apart quickly; equal ones may still differ in their bytes.
    balances.first { $0.name == name && $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// When value that comes in at a moment goes: the start of the local day its term ends.
  public func expiry(of id: BalanceID, from moment: Instant) -> Instant? {
    guard let term = terms(id)?.expiresIn else { return nil }
    let today = zone.local(at: moment.secondsSince1970).date
    return zone.instant(of: term.period.advance(today, by: term.count), second: 0)
  }
}
