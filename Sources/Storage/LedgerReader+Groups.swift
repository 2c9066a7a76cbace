import Ledger
public import LocalTime

extension LedgerReader {
  private static let groups = SQLText(
    """
    SELECT DISTINCT membership.member_group FROM account AS named
    JOIN membership ON membership.account = coalesce(named.survivor, named.number)
    WHERE named.id = $1 AND membership.joined_at <= $2
      AND (membership.left_at IS NULL OR membership.left_at > $2)
      AND (membership.leaves_at IS NULL OR membership.leaves_at > $2)
    ORDER BY membership.member_group
    """)

  /// The groups an account was in at a moment, whether or not anything ran then.
  public func groups(of account: String, at moment: Instant) throws(StorageError) -> [String] {
    var found: [String] = []
    let rows = try connection.rows(
      Self.groups, [.text(account), .integer(moment.secondsSince1970)])
    while try rows.next() { found.append(rows.text(0)) }
    return found
  }
}
