/// The bounds on what reaches the service over the network.
enum ServiceLimits {
  /// Bytes of a body that holds no cart: 1 MiB.
  static let bodyBytesMaximum = 1_048_576
  /// Bytes of a body that holds a cart or rules: 32 MiB.
  static let cartBytesMaximum = 33_554_432
  /// Bytes of an idempotency key.
  static let keyBytesMaximum = 255
  /// Milliseconds that a request waits for its twin, sent under the same idempotency key.
  static let twinMilliseconds = 5_000
  /// Requests that wait at once for twins of theirs, whichever these are.
  static let twinsMaximum = 32
  /// Accounts on which what is due happens in one commit.
  static let settledAtOnce: Int64 = 100
  /// Lines of the log that wait for who reads it.
  static let logLinesMaximum = 10_000
  /// Revisions of the rules whose quotes are remembered.
  static let revisionsRemembered: Int64 = 8
  /// Bytes of a cart that is priced by the thread that read it: 16 KiB.
  static let quickCartBytesMaximum = 16_384
  /// Random bytes of a secret, a token or an id.
  static let secretBytes = 32
  /// Scopes' characters and clients' names.
  static let clientNameBytesMaximum = 100
  /// Seconds a quote can be bought at its price, unless told otherwise: 15 minutes.
  static let quoteSeconds: Int64 = 900
  /// Quotes that are remembered at once.
  static let quotesMaximum = 10_000
  /// Bytes of all quotes that are remembered: 256 MiB.
  static let quoteBytesMaximum = 268_435_456
  /// Bytes of what an account is looked for by.
  static let searchBytesMaximum = 320
  /// The first year that somebody can be born in.
  static let birthYearMinimum = 1_900
  /// Purchases of one customer that rules look back on.
  static let historyMaximum = 1_000
  /// Entries of one page.
  static let pageMaximum: Int64 = 100
  /// Entries of a page when nobody says how many.
  static let pageDefault: Int64 = 20
  /// Codes that one request generates.
  static let codesMaximum: Int64 = 10_000
  /// What other systems did for one payment.
  static let paymentTransactionsMaximum: Int64 = 100
  /// Tenders of one purchase.
  static let tendersMaximum = 100
  /// Seconds a shopper's token is good at most: a day.
  static let tokenSecondsMaximum: Int64 = 86_400
  /// Requests a client may make at once, and how many are added each second, unless told otherwise.
  static let requestsBurst: Int64 = 2_000
  static let requestsPerSecond: Int64 = 1_000
  /// Requests a second that a client can be let make.
  static let clientRates: ClosedRange<Int64> = 1...1_000_000
  /// URLs that are told of what happens.
  static let webhooksMaximum = 32
  /// Milliseconds that whoever is asked about payments may take to answer.
  static let hookMilliseconds = 10...5_000
  /// Payments that it is asked about at once; others are not made to wait for it.
  static let hooksAtOnce = 16
  /// Seconds that a secret which was replaced still signs: a week.
  static let overlapSecondsMaximum: Int64 = 604_800
  /// Codes no rule knows that a customer may try at once, and seconds until one more may be tried.
  static let wrongCodesBurst: Int64 = 20
  static let wrongCodesSeconds: Int64 = 60
}
