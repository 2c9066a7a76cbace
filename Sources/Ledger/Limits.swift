/// The bounds on every number and text that reaches the ledger from outside.
public enum LedgerLimits {
  /// The most one command may move, in the balance's smallest units.
  public static let amountMaximum: Int64 = 1_000_000_000_000_000
  /// The most an account may have of one balance; what would pass it is clipped and reported.
  public static let balanceMaximum: Int64 = 10_000_000_000_000_000
  /// Bytes of an id that a caller chooses: of a request, a hold, an order, a campaign.
  public static let identifierBytesMaximum = 128
  /// Bytes of a reason or of an actor's name.
  public static let textBytesMaximum = 500
  /// Holds that one account may have open at once.
  public static let openHoldsMaximum = 100
  /// Seconds between placing a hold and its deadline: 400 days.
  public static let holdSecondsMaximum: Int64 = 34_560_000
  /// Lines of one purchase.
  public static let purchaseLinesMaximum = 100_000
  /// Spends, rewards and campaign uses of one purchase together.
  public static let purchasePartsMaximum = 1_000
  /// Limits that one campaign use counts against.
  public static let claimsMaximum = 20
  /// Bytes kept with a purchase: 16 MiB.
  public static let purchaseBytesMaximum = 16_777_216
  /// Declared balances of one store.
  public static let balancesMaximum = 100
  /// Fields named by one request about an account, and declared in one store.
  public static let fieldsMaximum = 200
  /// Bytes of a field's name.
  public static let fieldNameBytesMaximum = 64
  /// Bytes of a text in a field.
  public static let fieldTextBytesMaximum = 1_000
  /// Random bytes for one key.
  public static let keyBytesMaximum = 1_024
  /// Digits of a card's place in its pool.
  public static let cardPlaceDigitsMaximum = 18
  /// Digits that all cards of a pool begin with.
  public static let cardPrefixBytesMaximum = 20
  /// Declared pools of cards of one store.
  public static let cardPoolsMaximum = 1_000
  /// Declared groups of one store.
  public static let groupsMaximum = 1_000
  /// Visits after which one is out of a group.
  public static let groupVisitsMaximum: Int64 = 1_000_000
  /// Days after which one is out of a group: a hundred years.
  public static let groupDaysMaximum: Int64 = 36_525
  /// Accounts, or changes of accounts, that one reading returns.
  public static let foundMaximum = 1_000
}
