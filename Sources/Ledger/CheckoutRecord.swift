public import LocalTime

/// A purchase that was paid, with everything of value that it moved.
///
/// All of it happens in one commit, or nothing does.
public struct CheckoutRecord: Hashable, Sendable {
  /// One line of the purchase.
  public struct Line: Hashable, Sendable {
    /// The cart's id of the line; unique in the purchase.
    public var id: String
    /// Units bought; above zero.
    public var quantity: Int64
    /// What was paid for the line, in minor units.
    public var paid: Int64
    /// One line.
    public init(id: String, quantity: Int64, paid: Int64) {
      self.id = id
      self.quantity = quantity
      self.paid = paid
    }
  }

  /// Value that paid for a part, or was taken as a discount.
  public struct Spend: Hashable, Sendable {
    /// Where it is taken from.
    public enum Source: Hashable, Sendable {
      /// A hold that was placed before, on the account or on a spending account.
      case hold(String, remainder: AccountBook.Remainder)
      /// What the account has of a balance.
      case balance(String)
      /// A spending account that somebody is assigned to, who need not be who bought.
      case spending(account: String, by: Spender)
    }
    /// Where it is taken from.
    public var source: Source
    /// Smallest units of its balance; above zero.
    public var amount: Int64
    /// What each line took of it; empty to share it by what was paid.
    public var weights: [Int64]
    /// Value to spend.
    public init(_ source: Source, amount: Int64, weights: [Int64] = []) {
      self.source = source
      self.amount = amount
      self.weights = weights
    }
  }

  /// Value that a request redeemed for the purchase before it was made.
  public struct Redemption: Hashable, Sendable {
    /// The id of the request.
    public var request: String
    /// The balance's name in the rules.
    public var balance: String
    /// All that the request redeemed of the balance, in smallest units.
    public var amount: Int64
    /// What each line took of it; empty to share it by what was paid.
    public var weights: [Int64]
    /// Value that was redeemed.
    public init(by request: String, of balance: String, amount: Int64, weights: [Int64] = []) {
      self.request = request
      self.balance = balance
      self.amount = amount
      self.weights = weights
    }
  }

  /// What a campaign gives for the purchase.
  public struct Reward: Hashable, Sendable {
    /// The campaign's name in the rules.
    public var campaign: String
    /// The balance's name in the rules.
    public var balance: String
    /// Smallest units of its balance; above zero.
    public var amount: Int64
    /// The first moment it can be spent; nil for now.
    public var availableAt: Instant?
    /// When it goes; nil for the balance's own term.
    public var expiresAt: Instant?
    /// What each line earned of it; empty to share it by what was paid.
    public var weights: [Int64]
    /// A reward.
    public init(
      campaign: String, balance: String, amount: Int64, availableAt: Instant? = nil,
      expiresAt: Instant? = nil, weights: [Int64] = []
    ) {
      self.campaign = campaign
      self.balance = balance
      self.amount = amount
      self.availableAt = availableAt
      self.expiresAt = expiresAt
      self.weights = weights
    }
  }

  /// The caller's id of the order; recorded once.
  public var order: String
  /// Who bought; nil for a guest, who neither spends nor earns.
  public var account: String?
  /// What was bought.
  public var lines: [Line]
  /// Campaigns it used, each with the limits that must hold.
  public var uses: [CampaignUse]
  /// What it takes from holds and balances.
  public var spends: [Spend]
  /// What was redeemed for it before; each pays for one purchase for ever, and comes back with it.
  public var redemptions: [Redemption] = []
  /// What it earns.
  public var rewards: [Reward]
  /// What the caller wants kept with it, as bytes; gone when the person is forgotten.
  public var body: [UInt8]

  /// A purchase.
  public init(
    order: String, account: String?, lines: [Line], uses: [CampaignUse] = [],
    spends: [Spend] = [], rewards: [Reward] = [], body: [UInt8] = []
  ) {
    self.order = order
    self.account = account
    self.lines = lines
    self.uses = uses
    self.spends = spends
    self.rewards = rewards
    self.body = body
  }
}

/// That a purchase used a campaign, and how often that may happen.
public struct CampaignUse: Hashable, Sendable {
  /// What a limit counts over.
  public enum Scope: String, Hashable, Sendable, CaseIterable {
    case total, customer, group, code
  }

  /// One limit the use counts against.
  public struct Claim: Hashable, Sendable {
    /// What it counts over.
    public var scope: Scope
    /// Which customer, group or code; empty in total.
    ///
    /// A customer's key is the account's id. Any other, such as a guest's address, and the word of
    /// a code are kept as keyed digests alone.
    public var key: String
    /// The period it counts in, such as `2026-11`; empty for ever.
    public var period: String
    /// The most uses; nil to count without a limit.
    public var usesMaximum: Int64?
    /// The most discount in minor units; nil without a budget.
    public var discountMaximum: Int64?
    /// The pool whose unused code the key must be, which is used by it; nil for a plain word.
    public var pool: String?
    /// A limit; only one over codes can have a pool.
    public init(
      _ scope: Scope, key: String = "", period: String = "", usesMaximum: Int64? = nil,
      discountMaximum: Int64? = nil, pool: String? = nil
    ) {
      self.scope = scope
      self.key = key
      self.period = period
      self.usesMaximum = usesMaximum
      self.discountMaximum = discountMaximum
      self.pool = pool
    }
  }

  /// The campaign's name in the rules.
  public var campaign: String
  /// What it took off, in minor units.
  public var discount: Int64
  /// The limits it counts against.
  public var claims: [Claim]
  /// A use.
  public init(campaign: String, discount: Int64, claims: [Claim]) {
    self.campaign = campaign
    self.discount = discount
    self.claims = claims
  }
}

/// What a return may take back of rewards that were issued already.
public enum ReturnPolicy: String, Hashable, Sendable, CaseIterable {
  /// Only what is still pending.
  case pendingOnly = "pending_only"
  /// As much as the account has.
  case withinBalance = "within_balance"
  /// All of it; what is missing is owed, and the next credit repays it.
  case debt
}
