/// What one cart may cost at most; every number from outside has its bound here.
///
/// - Source: <doc:CartsAndQuotes>.
public struct CartLimits: Hashable, Sendable {
  /// Lines of one cart.
  public var lines: Int
  /// Bytes of the JSON text.
  package var jsonBytes: Int
  /// Values and keys of the JSON text.
  package var jsonNodes: Int

  /// What the library takes when it is asked for nothing else: a million lines.
  public static let library = CartLimits(
    lines: 1_000_000, jsonBytes: 1 << 30, jsonNodes: 48_000_000)
  /// What the service takes in one request: a hundred thousand lines.
  public static let http = CartLimits(lines: 100_000, jsonBytes: 64 << 20, jsonNodes: 8_000_000)

  /// Codes of one cart, counted as sent.
  public static let codes = 25
  /// Units of one line.
  public static let quantity: ClosedRange<Int64> = 1...10_000_000

  /// Bytes of a line's id, and of a name of a campaign, a balance or an attribute.
  public static let nameBytes = 128
  /// Bytes of a sku, brand, tag, vendor, group, store, and of a customer's id.
  public static let keyBytes = 256
  /// Bytes of a code.
  public static let codeBytes = 128
  /// Bytes of an e-mail address.
  public static let emailBytes = 320
  /// Bytes of a category path.
  public static let categoryBytes = 512
  /// Bytes of a line's name and of an attribute's text.
  public static let textBytes = 1_024

  /// Categories, brands or tags of one line.
  public static let labels = 100
  /// Attributes of one line, customer or order.
  public static let attributes = 50
  /// Texts of one attribute.
  public static let attributeTexts = 50
  /// Groups of a customer.
  public static let groups = 1_000
  /// Balances of a customer, and balances redeemed or paid with.
  public static let balances = 100
  /// Completed checkouts told of a customer.
  public static let visits = 10_000
  /// Lines told of one completed checkout.
  public static let visitLines = 10_000
  /// Earlier uses of campaigns told of a customer.
  public static let redemptions = 10_000
  /// Campaigns the shopper does not want.
  public static let declined = 1_000
  /// Campaigns whose uses by everyone are told.
  public static let usage = 10_000
  /// Codes whose uses by everyone are told, of one campaign.
  public static let usageCodes = 10_000
  /// Seconds since 1970 of the first and the last moment of the years 1 to 9999, anywhere.
  public static let moments: ClosedRange<Int64> = -62_135_683_200...253_402_387_199
  /// Uses by everyone.
  public static let uses: ClosedRange<Int64> = 0...1_000_000_000_000_000

  /// Whole units of an amount of a balance; with its decimals it fits 64 bits in any currency.
  public static let balanceUnits: Int64 = 100_000_000_000_000
  /// Decimals of an amount of a balance: those of the currency that has most.
  public static let balanceDecimals = 4
  /// Decimals of a number in an attribute.
  public static let attributeDecimals = 18
}

/// What rule files may cost at most when they are read.
public enum RuleFileLimits {
  /// Bytes of one rule file.
  public static let ruleFileBytes = 8 << 20
  /// Bytes of one list of skus.
  public static let listBytes = 64 << 20
  /// Rule files of one rule set.
  public static let files = 10_000
  /// Bytes of all files of one rule set, lists included.
  public static let ruleSetBytes = 512 << 20
}
