/// What an audit works out, each as a statement that gives the rows which differ.
enum AuditQueries {
  /// A statement whose rows are: what differs, what is kept, what was worked out.
  struct Check {
    var kept: String
    var workedOut: String
    var statement: SQLText

    init(_ kept: String, _ workedOut: String, _ text: String) {
      self.kept = kept
      self.workedOut = workedOut
      statement = SQLText(text)
    }
  }

  static let integrity = SQLText("PRAGMA integrity_check")
  static let accounts = SQLText("SELECT count(*) FROM account")
  static let balances = SQLText("SELECT count(*) FROM balance")
  static let lots = SQLText("SELECT count(*) FROM lot")
  static let holds = SQLText("SELECT count(*) FROM hold")
  static let rewards = SQLText("SELECT count(*) FROM reward")

  static let checks =
    balanceChecks + lotChecks + holdChecks + purchaseChecks + feedChecks + momentChecks
    + codeChecks

  /// A balance's name with its account's, for a line of the report.
  private static let named =
    "(SELECT id FROM account WHERE number = a) || ' ' || (SELECT name FROM balance_kind WHERE id = k)"

  private static let balanceChecks = [
    Check(
      "posted", "remaining in lots less debt",
      """
      SELECT \(named), kept, summed FROM (
        SELECT balance.account AS a, balance.kind AS k, balance.posted AS kept, coalesce((
          SELECT sum(lot.remaining) FROM lot
          WHERE lot.account = balance.account AND lot.kind = balance.kind
            AND lot.remaining > 0), 0) - balance.debt AS summed
        FROM balance) AS compared WHERE kept <> summed
      """),
    Check(
      "held", "left in open holds",
      """
      SELECT \(named), kept, summed FROM (
        SELECT balance.account AS a, balance.kind AS k, balance.held AS kept, coalesce((
          SELECT sum(hold.amount - hold.captured) FROM hold
          WHERE hold.account = balance.account AND hold.kind = balance.kind
            AND hold.is_open = 1), 0) AS summed
        FROM balance) AS compared WHERE kept <> summed
      """),
    Check(
      "pending", "sum of promises",
      """
      SELECT \(named), kept, summed FROM (
        SELECT balance.account AS a, balance.kind AS k, balance.pending AS kept, coalesce((
          SELECT sum(reward.amount) FROM reward
          WHERE reward.account = balance.account AND reward.kind = balance.kind
            AND reward.state = 'pending'), 0) AS summed
        FROM balance) AS compared WHERE kept <> summed
      """),
  ]

  private static let lotChecks = [
    Check(
      "held", "parts of open holds",
      """
      SELECT 'lot ' || id, held, summed FROM (
        SELECT lot.id, lot.held, coalesce(parts.summed, 0) AS summed FROM lot
        LEFT JOIN (SELECT lot, sum(amount) AS summed FROM hold_part GROUP BY lot) AS parts
          ON parts.lot = lot.id) AS compared
      WHERE held <> summed
      """)
  ]

  private static let holdChecks = [
    Check(
      "left", "parts",
      """
      SELECT 'hold ' || id, lefts, summed FROM (
        SELECT hold.id, CASE hold.is_open WHEN 1 THEN hold.amount - hold.captured ELSE 0 END
          AS lefts, coalesce(parts.summed, 0) AS summed FROM hold
        LEFT JOIN (SELECT hold, sum(amount) AS summed FROM hold_part GROUP BY hold) AS parts
          ON parts.hold = hold.id) AS compared
      WHERE lefts <> summed
      """),
    Check(
      "endings", "should be",
      """
      SELECT 'hold ' || id, endings, should FROM (
        SELECT hold.id, 1 - hold.is_open AS should,
          (SELECT count(*) FROM hold_end WHERE hold_end.hold = hold.id) AS endings
        FROM hold) AS compared
      WHERE endings <> should
      """),
  ]

  private static let feedChecks = [
    Check(
      "places", "changes",
      """
      SELECT 'feed', places, changes FROM (
        SELECT coalesce(max(place), 0) AS places, count(*) AS changes FROM account_change)
        AS compared WHERE places <> changes
      """),
    Check(
      "merged, should have 0", "has lots, holds and promises",
      """
      SELECT 'account ' || id, 0, parts FROM (
        SELECT account.id,
          (SELECT count(*) FROM lot WHERE lot.account = account.number AND lot.remaining > 0)
          + (SELECT count(*) FROM hold WHERE hold.account = account.number AND hold.is_open = 1)
          + (SELECT count(*) FROM reward
            WHERE reward.account = account.number AND reward.state = 'pending') AS parts
        FROM account WHERE account.survivor IS NOT NULL) AS compared
      WHERE parts <> 0
      """),
  ]
}
