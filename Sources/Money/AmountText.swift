/// Writes and reads amounts as decimal digits, without any floating point.
package enum AmountText {
  /// An amount in major units with exactly the given decimals: 1275 with 2 is `12.75`.
  package static func text(_ minorUnits: Int64, decimals: Int) -> String {
    var digits = String(minorUnits.magnitude)
    if decimals > 0 {
      if digits.utf8.count <= decimals {
        digits = String(repeating: "0", count: decimals + 1 - digits.utf8.count) + digits
      }
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
    }
    return minorUnits < 0 ? "-" + digits : digits
  }

  /// An amount as a shopper reads it: `$12.75` where the dollar sign is used, else `12.75 EUR`.
  package static func display(_ minorUnits: Int64, currency: Currency) -> String {
    let amount = text(minorUnits, decimals: currency.decimals)
    guard currency.isDollar else { return "\(amount) \(currency.code)" }
    return minorUnits < 0 ? "-$" + amount.dropFirst() : "$" + amount
  }
}
