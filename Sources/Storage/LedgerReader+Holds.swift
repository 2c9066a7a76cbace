public import LocalTime

/// A hold as it is recorded.
public struct StoredHold: Hashable, Sendable {
  /// The caller's id of it.
  public var id: String
  /// The id of its account.
  public var account: String
  /// The name of its balance.
  public var balance: String
  /// What it set aside, in smallest units.
  public var amount: Int64
  /// What was captured of it.
  public var captured: Int64
  /// The first moment at which it can no longer be captured.
  public var deadline: Instant
  /// `captured`, `released`, `replaced` or `expired`; nil while nobody ended it.
  public var ending: String?
}

private let oneHold = SQLText(
  """
  SELECT hold.id, account.id, balance_kind.name, hold.amount, hold.captured, hold.deadline,
    hold_end.ending
  FROM hold JOIN account ON account.number = hold.account
  JOIN balance_kind ON balance_kind.id = hold.kind
  LEFT JOIN hold_end ON hold_end.hold = hold.id WHERE hold.id = $1
  """)

extension LedgerReader {
  /// A hold; nil for an unknown id.
  public func hold(_ id: String) throws(StorageError) -> StoredHold? {
    let rows = try connection.rows(oneHold, [.text(id)])
    defer { rows.close() }
    guard try rows.next() else { return nil }
    let ending = rows.text(6)
    return StoredHold(
      id: rows.text(0), account: rows.text(1), balance: rows.text(2), amount: rows.integer(3),
      captured: rows.integer(4), deadline: Instant(secondsSince1970: rows.integer(5)),
      ending: ending.isEmpty ? nil : ending)
  }
}
