/// An exact amount of one currency, counted in its minor units.
public struct Money: Hashable, Sendable {
  /// Minor units: cents for USD, yen for JPY, fils for KWD. May be negative.
  public var minorUnits: Int64
  /// The currency the minor units are of.
  public var currency: Currency

  /// An amount from its minor units.
  public init(minorUnits: Int64, currency: Currency) {
    self.minorUnits = minorUnits
    self.currency = currency
  }
}

extension Money: CustomStringConvertible {
  /// The amount as the public contract writes it, followed by the code: `12.75 USD`.
  public var description: String {
    "\(AmountText.text(minorUnits, decimals: currency.decimals)) \(currency.code)"
  }
}
