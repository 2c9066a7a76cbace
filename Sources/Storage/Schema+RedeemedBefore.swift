extension Schema {
  /// Which purchase was paid by what a request redeemed before. It stays when the purchase is undone,
  /// for then the value is given back, and pays for nothing else.
  static let redeemedBefore =
    [
      """
      CREATE TABLE redemption_use (
        request TEXT PRIMARY KEY, purchase TEXT NOT NULL) STRICT, WITHOUT ROWID
      """
    ] + appendOnly("redemption_use")
}
