public import Ledger
public import LocalTime

/// An accepted change of who somebody is to the shop, without anything that tells who that is.
public struct AccountChange: Hashable, Sendable {
  /// What changed. The names are part of the contract and never change.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The account was opened.
    case opened
    /// The person became known without being a member.
    case registered
    /// The person became a member.
    case enrolled
    /// Fields of the record changed.
    case updated
    /// The account became a part of `other`.
    case merged
    /// `other` became a part of the account.
    case absorbed
    /// The person was forgotten.
    case erased
    /// The account neither earns nor spends from then on.
    case disabled
    /// The account earns and spends again.
    case enabled
    /// A card of the pool named first was allocated.
    case card
    /// The account joined the group named first.
    case joined
    /// The account left the group named first.
    case left
    /// A spending account was opened, or its assignments changed.
    case spending
  }

  /// Counted up from 1 without a gap; what the next reading begins after.
  public var place: Int64
  /// The caller's id of the account.
  public var account: String
  /// What changed.
  public var kind: Kind
  /// Fields, groups or pools it is about, never what they hold.
  public var names: [String]
  /// The other account of a merge.
  public var other: String?
  /// The record's version by it; nil when it left the record alone.
  public var version: Int64?
  /// When it was written.
  public var recordedAt: Instant
}

private let insertChange = SQLText(
  """
  INSERT INTO account_change (place, account, kind, names, other, version, recorded_at)
  VALUES ((SELECT coalesce(max(place), 0) + 1 FROM account_change), $1, $2, $3, $4, $5, $6)
  """)
private let changes = SQLText(
  """
  SELECT c.place, account.id, c.kind, c.names, other.id, c.version, c.recorded_at
  FROM account_change AS c JOIN account ON account.number = c.account
  LEFT JOIN account AS other ON other.number = c.other
  WHERE c.place > $1 ORDER BY c.place LIMIT $2
  """)

extension LedgerStore {
  /// Adds a change to the feed, in the commit that makes it.
  func note(
    _ kind: AccountChange.Kind, of account: AccountNumber, names: [String] = [],
    other: AccountNumber? = nil, version: Int64? = nil, at now: Instant
  ) throws(StorageError) {
    try connection.run(
      insertChange,
      [
        .integer(account.value), .text(kind.rawValue), .text(names.joined(separator: "\n")),
        SQLValue(other?.value), SQLValue(version), .integer(now.secondsSince1970),
      ])
  }
}

extension LedgerReader {
  /// The changes of accounts after a place, in the order they happened.
  ///
  /// - Parameters:
  ///   - place: Of the last change that was read; zero to begin.
  ///   - most: How many to return; no more than `LedgerLimits.foundMaximum` are.
  public func changes(after place: Int64, most: Int = LedgerLimits.foundMaximum)
    throws(StorageError) -> [AccountChange]
  {
    let limit = Int64(max(0, min(most, LedgerLimits.foundMaximum)))
    var found: [AccountChange] = []
    let rows = try connection.rows(Storage.changes, [.integer(place), .integer(limit)])
    defer { rows.close() }
    while try rows.next() {
      guard let kind = AccountChange.Kind(rawValue: rows.text(2)) else {
        throw .corrupt("a change of the unknown kind \(rows.text(2))")
      }
      let other = rows.text(4)
      found.append(
        AccountChange(
          place: rows.integer(0), account: rows.text(1), kind: kind,
          names: rows.text(3).split(separator: "\n").map(String.init),
          other: other.isEmpty ? nil : other, version: rows.optionalInteger(5),
          recordedAt: Instant(secondsSince1970: rows.integer(6))))
    }
    return found
  }
}
