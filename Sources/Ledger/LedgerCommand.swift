public import LocalTime

/// A change that somebody asks the ledger for.
///
/// Accounts and balances are named as the caller knows them: the account by its id, the balance by
/// its name in the rules. Amounts are in the balance's smallest units.
public enum LedgerCommand: Hashable, Sendable {
  /// Changes who somebody is to the shop.
  case account(AccountCommand)
  /// Opens an account that does not exist yet.
  case open(account: String)
  /// Brings value in, now or from a moment on.
  case issue(Issue)
  /// Spends value directly.
  case redeem(account: String, balance: String, amount: Int64, takesWhatThereIs: Bool)
  /// Corrects a balance by an amount with a sign; below what is available only as a debt.
  case adjust(
    account: String, balance: String, by: Int64, expiresAt: Instant?, allowsDebt: Bool)
  /// Sets what is posted, if the balance's version is still the one the caller has seen.
  case set(account: String, balance: String, to: Int64, ifVersion: Int64)
  /// Sets value aside until a deadline.
  case hold(PlaceHold)
  /// Ends one hold and sets another amount aside instead, or changes nothing.
  case replaceHold(String, with: PlaceHold)
  /// Spends what a hold has set aside.
  case capture(hold: String, amount: Int64, remainder: AccountBook.Remainder)
  /// Gives back what a hold sets aside.
  case release(hold: String)
  /// Records a purchase with everything of value that it moves.
  case checkout(CheckoutRecord)
  /// Undoes a purchase of which nothing was returned yet.
  case void(order: String, policy: ReturnPolicy)
  /// Takes units of a purchase back; what the shop would pay out for them may become credit.
  case giveBack(
    order: String, lines: [ReturnedLine], policy: ReturnPolicy, credit: ReturnCredit? = nil)
  /// Lets happen what was due on up to a number of accounts.
  case settle(accountsMaximum: Int64)

  /// Value to bring in.
  public struct Issue: Hashable, Sendable {
    /// The account's id.
    public var account: String
    /// The balance's name in the rules.
    public var balance: String
    /// Smallest units; above zero.
    public var amount: Int64
    /// The order or event it is for; one of a campaign and balance is issued once.
    public var order: String
    /// The campaign that gives it.
    public var campaign: String
    /// The first moment it can be spent; nil for now.
    public var availableAt: Instant?
    /// When it goes; nil for the balance's own term.
    public var expiresAt: Instant?

    /// Value to bring in.
    public init(
      account: String, balance: String, amount: Int64, order: String, campaign: String,
      availableAt: Instant? = nil, expiresAt: Instant? = nil
    ) {
      self.account = account
      self.balance = balance
      self.amount = amount
      self.order = order
      self.campaign = campaign
      self.availableAt = availableAt
      self.expiresAt = expiresAt
    }
  }

  /// Units of a line that come back.
  public struct ReturnedLine: Hashable, Sendable {
    /// The purchase's id of the line.
    public var id: String
    /// Above zero.
    public var quantity: Int64
    /// Units that come back.
    public init(id: String, quantity: Int64) {
      self.id = id
      self.quantity = quantity
    }
  }

  /// A hold to place.
  public struct PlaceHold: Hashable, Sendable {
    /// The caller's id for it, never used before.
    public var id: String
    /// The account's id.
    public var account: String
    /// The balance's name in the rules.
    public var balance: String
    /// Smallest units; above zero.
    public var amount: Int64
    /// The first moment at which it can no longer be captured.
    public var deadline: Instant
    /// Sets aside less than asked when less is there.
    public var takesWhatThereIs: Bool
    /// For whom value of a spending account is set aside; nil on any other account.
    public var spender: Spender?

    /// A hold to place.
    public init(
      id: String, account: String, balance: String, amount: Int64, deadline: Instant,
      takesWhatThereIs: Bool = false, spender: Spender? = nil
    ) {
      self.id = id
      self.account = account
      self.balance = balance
      self.amount = amount
      self.deadline = deadline
      self.takesWhatThereIs = takesWhatThereIs
      self.spender = spender
    }
  }
}

/// A command with who asks and why, under an id that makes it happen once.
public struct LedgerRequest: Hashable, Sendable {
  /// The caller's id of this request; sending it again answers as the first time.
  public var id: String
  /// Who asks, as the audit shall name them for ever: a worker's or a system's name.
  public var actor: String
  /// Why, in a few words; may be empty.
  ///
  /// It is a part of the books and stays when a person is forgotten, so it names nobody; one with an
  /// e-mail address is refused.
  public var reason: String
  /// What is asked for.
  public var command: LedgerCommand
  /// What tells it from another request of its id: 32 bytes; nil to compare all that it says.
  ///
  /// A caller whose own caller repeats himself may work out another command the second time, from
  /// later prices; what was sent is then what must be equal.
  public var identity: [UInt8]?

  /// A request.
  public init(
    id: String, actor: String, reason: String = "", identity: [UInt8]? = nil,
    _ command: LedgerCommand
  ) {
    self.id = id
    self.actor = actor
    self.reason = reason
    self.identity = identity
    self.command = command
  }
}
