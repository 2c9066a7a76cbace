public import LocalTime

/// Everything of one account that a decision can depend on, and what was decided about it.
///
/// A store loads a book, asks it for decisions, and writes what changed. Nothing here reads a clock:
/// every verb is told the moment, and `settle` is called first, so that a deadline that has passed
/// has its effect whether or not anything ran at that moment.
public struct AccountBook: Hashable, Sendable {
  /// What stands beside an account's lots for one balance.
  public struct Standing: Hashable, Sendable {
    /// What it is of.
    public var balance: BalanceID
    /// What the account owes; the next credit repays it.
    public var debt: Int64
    /// All that ever came in as a reward; spending and expiry do not lower it.
    public var lifetime: Int64
    /// The number of the last transaction with an entry of it; zero for none.
    public package(set) var lastEntry: Int64
    /// Nothing owed, nothing earned, nothing entered.
    public init(balance: BalanceID, debt: Int64 = 0, lifetime: Int64 = 0, lastEntry: Int64 = 0) {
      self.balance = balance
      self.debt = debt
      self.lifetime = lifetime
      self.lastEntry = lastEntry
    }
  }

  /// How a hold ended, and when.
  public struct EndedHold: Hashable, Sendable {
    /// As it ended, without parts.
    public var hold: Hold
    /// How it ended.
    public var ending: Hold.Ending
    /// When it ended.
    public var at: Instant
  }

  /// How a promise ended, and when.
  public struct EndedReward: Hashable, Sendable {
    /// As it ended.
    public var reward: PendingReward
    /// How it ended.
    public var ending: PendingReward.Ending
    /// When it ended.
    public var at: Instant
  }

  /// Whose book it is.
  public let account: AccountNumber
  /// Lots with something in them, by id.
  public package(set) var lots: [Lot]
  /// Open holds; those a store gives are in the order of their ids.
  public package(set) var holds: [Hold]
  /// Promises not yet kept, by key.
  public package(set) var rewards: [PendingReward]
  /// One entry for each balance the account has had.
  public package(set) var standings: [Standing]
  /// The number the next lot gets.
  public package(set) var nextLot: LotID

  /// Lots that became empty since the book was loaded.
  public package(set) var emptiedLots: [Lot] = []
  /// Transactions decided since the book was loaded.
  public package(set) var drafts: [TransactionDraft] = []
  /// Holds that ended since the book was loaded.
  public package(set) var endedHolds: [EndedHold] = []
  /// Promises that ended since the book was loaded.
  public package(set) var endedRewards: [EndedReward] = []

  /// A book as it was stored.
  public init(
    account: AccountNumber, lots: [Lot], holds: [Hold], rewards: [PendingReward],
    standings: [Standing], nextLot: LotID
  ) {
    self.account = account
    self.lots = lots
    self.holds = holds
    self.rewards = rewards
    self.standings = standings
    self.nextLot = nextLot
  }
}

extension AccountBook {
  /// What can be spent or set aside; below zero while the account owes.
  public func available(_ balance: BalanceID) -> Int64 {
    var sum: Int64 = 0
    for lot in lots where lot.balance == balance { sum += lot.free }
    return sum - debt(balance)
  }

  /// The sum of all postings: what is there, set aside or not, less what is owed.
  public func posted(_ balance: BalanceID) -> Int64 {
    var sum: Int64 = 0
    for lot in lots where lot.balance == balance { sum += lot.remaining }
    return sum - debt(balance)
  }

  /// What open holds set aside.
  public func held(_ balance: BalanceID) -> Int64 {
    var sum: Int64 = 0
    for hold in holds where hold.balance == balance { sum += hold.left }
    return sum
  }

  /// What is promised and not yet spendable.
  public func pending(_ balance: BalanceID) -> Int64 {
    var sum: Int64 = 0
    for reward in rewards where reward.key.balance == balance { sum += reward.amount }
    return sum
  }

  /// What the account owes.
  public func debt(_ balance: BalanceID) -> Int64 {
    standings.first { $0.balance == balance }?.debt ?? 0
  }

  /// All that ever came in as a reward.
  public func lifetime(_ balance: BalanceID) -> Int64 {
    standings.first { $0.balance == balance }?.lifetime ?? 0
  }

  /// Changes what stands beside the lots of a balance, from nothing if need be.
  mutating func withStanding(of balance: BalanceID, _ change: (inout Standing) -> Void) {
    if let index = standings.firstIndex(where: { $0.balance == balance }) {
      change(&standings[index])
    } else {
      var standing = Standing(balance: balance)
      change(&standing)
      standings.append(standing)
    }
  }

  /// Where a lot stands; every part of a hold and every posting names a lot of the book.
  func place(of id: LotID) -> Int? { lots.firstIndex { $0.id == id } }

  /// Puts lots with nothing in them aside.
  mutating func dropEmptyLots() {
    guard lots.contains(where: { $0.remaining == 0 }) else { return }
    emptiedLots += lots.filter { $0.remaining == 0 }
    lots.removeAll { $0.remaining == 0 }
  }

  /// Places of the lots of a balance with something free, the first to be spent first.
  func placesInSpendingOrder(_ balance: BalanceID) -> [Int] {
    lots.indices.filter { lots[$0].balance == balance && lots[$0].free > 0 }
      .sorted { lots[$0].goesBefore(lots[$1]) }
  }
}
