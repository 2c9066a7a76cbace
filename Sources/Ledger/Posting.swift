public import LocalTime

/// Where value comes from and goes to: the other side of every member's entry.
///
/// A house account has no stored balance; it is the sum of its postings.
public enum House: Int64, Hashable, Sendable, CaseIterable {
  /// Rewards and credits given out.
  case issued = -1
  /// Value that paid for something.
  case redeemed = -2
  /// Value that was not spent in time.
  case expired = -3
  /// One balance turned into another.
  case converted = -4
  /// Corrections by a person.
  case adjusted = -5
  /// Rewards taken back because their purchase was returned.
  case returned = -6
}

/// What a transaction is about.
public enum TransactionKind: String, Hashable, Sendable, CaseIterable {
  case issue, redeem, adjust, capture, expiry, conversion, reward, checkout, void, giveBack, merge
}

/// One side of a transaction; the entries of one transaction and balance sum to zero.
public struct Posting: Hashable, Sendable {
  /// Above zero: an account's number. Below zero: a house account.
  public var owner: Int64
  /// What it is of.
  public var balance: BalanceID
  /// Smallest units, with a sign; never zero.
  public var amount: Int64
  /// The lot an account's entry touches; nil for the house, and for a debt.
  public var lot: LotID?

  /// One side.
  public init(owner: Int64, balance: BalanceID, amount: Int64, lot: LotID?) {
    self.owner = owner
    self.balance = balance
    self.amount = amount
    self.lot = lot
  }
}

/// A transaction that a decision asks for; the store stamps and chains it.
public struct TransactionDraft: Hashable, Sendable {
  /// What it is about.
  public var kind: TransactionKind
  /// When it took effect; the store also records when it was written.
  public var effectiveAt: Instant
  /// Its sides, at least two.
  public var postings: [Posting]
  /// The order of a reward; empty where the command that asked for the decision says what it is for.
  public var about: String

  /// A transaction without sides yet.
  package init(_ kind: TransactionKind, effectiveAt: Instant, about: String = "") {
    self.kind = kind
    self.effectiveAt = effectiveAt
    self.postings = []
    self.about = about
  }

  /// Whether the sides of every balance sum to zero.
  package var isBalanced: Bool {
    // Few sides are of few balances, and a table of sums would cost more than to look again.
    postings.indices.allSatisfy { place in
      let balance = postings[place].balance
      if postings[..<place].contains(where: { $0.balance == balance }) { return true }
      var sum: Int128 = 0
      for posting in postings[place...] where posting.balance == balance {
        sum += Int128(posting.amount)
      }
      return sum == 0
    }
  }
}
