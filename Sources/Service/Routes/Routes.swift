import HTTP

/// Everything that can be asked for, by resource.
enum Routes {
  static let all =
    quotes + payments + checkouts + accounts + balances + ledger + holds + spending + groups + codes
    + rules
    + shoppers
    + clients + webhooks + cards + actions + operators
}

extension Problem {
  /// What only a client may ask for.
  static var noClient: Problem { Problem(403, "forbidden", "this is for a shop's server") }
}

extension Call {
  /// A whole number of the query within bounds; nil when it is not there.
  func number(_ name: String, _ bounds: ClosedRange<Int64>) throws(Problem) -> Int64? {
    guard let text = request.argument(name) else { return nil }
    guard let number = Int64(text), bounds.contains(number) else {
      throw Problem(
        422, "bad_argument",
        "\(name) is a whole number from \(bounds.lowerBound) to \(bounds.upperBound)")
    }
    return number
  }
}
