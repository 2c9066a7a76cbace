package import Ledger
package import LocalTime

/// A ledger that keeps every single unit as a coin of its own, and people in plain lists.
///
/// It is slow and short, shares no rule with the real one, and lets everything happen on all
/// accounts at once whenever time moves, where the real one waits until somebody asks.
package struct CoinModel: Sendable {
  /// One unit of value.
  struct Coin: Sendable {
    var balance: String
    var expiresAt: Instant?
    /// Coins that came in together share it; later ones have a higher one.
    var birth: Int
    /// The hold that has set it aside.
    var holder: String?
  }

  struct OpenHold: Sendable {
    var id: String
    var balance: String
    var deadline: Instant
  }

  struct Promise: Sendable {
    var key: [String]
    var amount: Int64
    var dueAt: Instant
    var expiresAt: Instant?
  }

  struct Account: Sendable {
    var coins: [Coin] = [] { didSet { isLookedAt = false } }
    var holds: [OpenHold] = [] { didSet { isLookedAt = false } }
    var promises: [Promise] = [] { didSet { isLookedAt = false } }
    var debts: [String: Int64] = [:]
    var lifetimes: [String: Int64] = [:]
    /// What happens first by itself; only if it was looked for since something changed.
    fileprivate var firstStep: Step?
    fileprivate var isLookedAt = false
  }

  /// Something that happens by itself.
  fileprivate struct Step: Sendable {
    var at: Instant
    var kind: Int
    var id: [String]

    func comesBefore(_ other: Step) -> Bool {
      if at != other.at { return at < other.at }
      if kind != other.kind { return kind < other.kind }
      return id.lexicographicallyPrecedes(other.id)
    }
  }

  /// What a simulated shop declares.
  package struct Terms: Sendable {
    package var balances: [String]
    package var issueMaximum: [String: Int64]
    package var balanceMaximum: [String: Int64]
    package var everyPoints: Int64
    package var intoCashback: Int64
    package var fields: [FieldDeclaration] = []
    package var groups: [GroupDeclaration] = []
    package var cardPools: [CardPool] = []
    /// Terms of a shop.
    package init(
      balances: [String], issueMaximum: [String: Int64], balanceMaximum: [String: Int64],
      everyPoints: Int64, intoCashback: Int64
    ) {
      self.balances = balances
      self.issueMaximum = issueMaximum
      self.balanceMaximum = balanceMaximum
      self.everyPoints = everyPoints
      self.intoCashback = intoCashback
    }
  }

  let terms: Terms
  var accounts: [String: Account] = [:]
  /// How every hold that was ever placed stands: `open` or how it ended.
  var holdStates: [String: String] = [:]
  var holdOwners: [String: (account: String, balance: String)] = [:]
  var issuedAmounts: [[String]: Int64] = [:]
  var births = 0
  var purchases: [String: Purchase] = [:]
  /// Uses and discount by campaign, scope, key and period.
  var usage: [[String]: (uses: Int64, discount: Int64)] = [:]
  var people = PeopleModel()

  /// An empty ledger.
  package init(_ terms: Terms) { self.terms = terms }

  /// Accounts that exist, in order.
  package var accountNames: [String] { accounts.keys.sorted() }

  // MARK: what there is

  func free(_ account: String, _ balance: String) -> Int64 {
    Int64(
      accounts[account]?.coins.count { $0.balance == balance && $0.holder == nil } ?? 0)
      - (accounts[account]?.debts[balance] ?? 0)
  }

  func posted(_ account: String, _ balance: String) -> Int64 {
    Int64(accounts[account]?.coins.count { $0.balance == balance } ?? 0)
      - (accounts[account]?.debts[balance] ?? 0)
  }

  func pending(_ account: String, _ balance: String) -> Int64 {
    accounts[account]?.promises.filter { $0.key[2] == balance }.reduce(0) { $0 + $1.amount } ?? 0
  }

  func coins(of hold: String) -> Int64 {
    guard let owner = holdOwners[hold]?.account else { return 0 }
    return Int64(accounts[owner]?.coins.count { $0.holder == hold } ?? 0)
  }

  /// What reading a balance must answer, but for the version.
  package func view(_ balance: String, of account: String) -> BalanceView? {
    guard let known = accounts[account], terms.balances.contains(balance) else { return nil }
    let going = known.coins.filter { $0.balance == balance && $0.holder == nil }
      .compactMap(\.expiresAt)
    let next = going.min().map { first in
      BalanceView.Expiring(amount: Int64(going.count { $0 == first }), at: first)
    }
    return BalanceView(
      posted: posted(account, balance), available: free(account, balance),
      held: Int64(known.coins.count { $0.balance == balance && $0.holder != nil }),
      pending: pending(account, balance), lifetime: known.lifetimes[balance] ?? 0,
      expiringNext: next, version: 0)
  }

  // MARK: moving coins

  /// Puts coins in, after debts.
  mutating func mint(
    _ amount: Int64, _ balance: String, _ account: String, expiresAt: Instant?, isReward: Bool
  ) {
    births += 1
    let repaid = min(amount, accounts[account]?.debts[balance] ?? 0)
    accounts[account]?.debts[balance, default: 0] -= repaid
    if isReward { accounts[account]?.lifetimes[balance, default: 0] += amount }
    let coin = Coin(balance: balance, expiresAt: expiresAt, birth: births, holder: nil)
    accounts[account]?.coins += Array(repeating: coin, count: Int(amount - repaid))
  }

  /// The places of free coins, the first to be spent first.
  func spendable(_ account: String, _ balance: String) -> [Int] {
    let coins = accounts[account]?.coins ?? []
    return coins.indices.filter { coins[$0].balance == balance && coins[$0].holder == nil }
      .sorted { left, right in
        let (one, other) = (coins[left], coins[right])
        let first = one.expiresAt?.secondsSince1970 ?? .max
        let second = other.expiresAt?.secondsSince1970 ?? .max
        return (first, one.birth, left) < (second, other.birth, right)
      }
  }

  /// Takes coins out; what is missing becomes a debt.
  mutating func burn(_ amount: Int64, _ balance: String, _ account: String) {
    let places = spendable(account, balance).prefix(Int(amount))
    accounts[account]?.debts[balance, default: 0] += amount - Int64(places.count)
    for place in places.sorted(by: >) { accounts[account]?.coins.remove(at: place) }
  }

  /// Frees the coins of a hold; debts are repaid with them.
  mutating func end(_ hold: String, as state: String) {
    guard let (account, balance) = holdOwners[hold] else { return }
    holdStates[hold] = state
    accounts[account]?.holds.removeAll { $0.id == hold }
    for place in accounts[account]?.coins.indices ?? 0..<0
    where accounts[account]?.coins[place].holder == hold {
      accounts[account]?.coins[place].holder = nil
    }
    let owed = min(accounts[account]?.debts[balance] ?? 0, Int64(spendable(account, balance).count))
    guard owed > 0 else { return }
    accounts[account]?.debts[balance, default: 0] -= owed
    burn(owed, balance, account)
  }

  /// Turns points into cashback.
  mutating func convert(_ account: String) {
    guard terms.everyPoints > 0 else { return }
    let room =
      (terms.balanceMaximum["cashback"] ?? .max / 2) - posted(account, "cashback")
      - pending(account, "cashback")
    let steps = min(
      max(0, free(account, "points")) / terms.everyPoints, max(0, room) / terms.intoCashback)
    guard steps > 0 else { return }
    burn(steps * terms.everyPoints, "points", account)
    mint(
      steps * terms.intoCashback, "cashback", account, expiresAt: nil, isReward: true)
  }

  // MARK: time

  /// Lets everything happen that is due by a moment, on every account.
  ///
  /// - Parameter earliest: The moment of what made things due, which happen together then.
  package mutating func advance(
    to now: Instant, notBefore earliest: Instant = Instant(secondsSince1970: .min),
    converts: Bool = true
  ) {
    for account in accounts.keys {
      var clock = earliest
      while let step = firstStep(account), step.at <= now {
        clock = max(clock, step.at)
        switch step.kind {
        case 0: end(step.id[0], as: "expired")
        case 1:
          accounts[account]?.coins.removeAll { $0.holder == nil && $0.expiresAt == step.at }
        default: keep(step.id, account)
        }
        let isMore = firstStep(account).map { $0.at <= clock } ?? false
        if converts, !isMore { convert(account) }
      }
    }
  }

  private mutating func firstStep(_ account: String) -> Step? {
    guard let known = accounts[account] else { return nil }
    if known.isLookedAt { return known.firstStep }
    var first: Step?
    func look(at step: @autoclosure () -> Step, _ moment: Instant) {
      if let first, first.at < moment { return }
      let step = step()
      if first.map(step.comesBefore) ?? true { first = step }
    }
    for hold in known.holds {
      look(at: Step(at: hold.deadline, kind: 0, id: [hold.id]), hold.deadline)
    }
    for coin in known.coins where coin.holder == nil {
      if let at = coin.expiresAt { look(at: Step(at: at, kind: 1, id: []), at) }
    }
    for promise in known.promises {
      look(at: Step(at: promise.dueAt, kind: 2, id: promise.key), promise.dueAt)
    }
    accounts[account]?.firstStep = first
    accounts[account]?.isLookedAt = true
    return first
  }

  private mutating func keep(_ key: [String], _ account: String) {
    guard let index = accounts[account]?.promises.firstIndex(where: { $0.key == key }),
      let promise = accounts[account]?.promises.remove(at: index)
    else { return }
    mint(
      promise.amount, key[2], account, expiresAt: promise.expiresAt, isReward: true)
  }
}
