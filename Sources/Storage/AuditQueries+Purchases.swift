extension AuditQueries {
  static let purchaseChecks = [
    Check(
      "returned", "units of all returns",
      """
      SELECT 'order ' || purchase || ' line ' || id, returned, summed FROM (
        SELECT purchase_line.purchase, purchase_line.id, purchase_line.returned, coalesce((
          SELECT sum(purchase_return.quantity) FROM purchase_return
          WHERE purchase_return.purchase = purchase_line.purchase
            AND purchase_return.line = purchase_line.place), 0) AS summed
        FROM purchase_line) AS compared WHERE returned <> summed
      """),
    Check(
      "packed purchases that were undone", "should be",
      """
      SELECT 'order ' || id || ' ' || state, 1, 0 FROM purchase
      WHERE content IS NOT NULL AND state <> 'final'
      """),
    Check(
      "lines still out", "should be",
      """
      SELECT 'order ' || id || ' ' || state, outside, should FROM (
        SELECT purchase.id, purchase.state, counted.outside,
          CASE WHEN purchase.state = 'returned' THEN 0
            WHEN purchase.state = 'voided' THEN counted.lines
            WHEN counted.outside = 0 THEN 1 ELSE counted.outside END AS should
        FROM purchase JOIN (
          SELECT purchase, count(*) AS lines,
            sum(CASE WHEN returned < quantity THEN 1 ELSE 0 END) AS outside
          FROM purchase_line GROUP BY purchase) AS counted ON counted.purchase = purchase.id)
        AS compared WHERE outside <> should
      """),
  ]

  static let momentChecks = [
    Check(
      "looks again at", "first thing due",
      """
      SELECT 'account ' || id, kept, first FROM (
        SELECT account.id, coalesce(account.next_change_at, 0) AS kept,
          coalesce(due.first, 0) AS first
        FROM account LEFT JOIN (
          SELECT account, min(at) AS first FROM (
            SELECT account, deadline AS at FROM hold WHERE is_open = 1
            UNION ALL SELECT account, expires_at AS at FROM lot
              WHERE remaining > held AND expires_at IS NOT NULL
            UNION ALL SELECT account, due_at AS at FROM reward WHERE state = 'pending') AS things
          GROUP BY account) AS due ON due.account = account.number) AS compared
      WHERE kept <> first
      """)
  ]

  static let codeChecks = [
    Check(
      "codes", "counted",
      """
      SELECT 'pool ' || name, codes, counted FROM (
        SELECT code_pool.name, code_pool.codes, coalesce(found.counted, 0) AS counted
        FROM code_pool LEFT JOIN (
          SELECT pool, count(*) AS counted FROM code GROUP BY pool) AS found
          ON found.pool = code_pool.name) AS compared
      WHERE codes <> counted
      """),
    Check(
      "codes used", "should be",
      """
      SELECT 'order ' || used_for, count(*), 0 FROM code
      WHERE used_for IS NOT NULL AND EXISTS (
        SELECT 1 FROM purchase WHERE purchase.id = code.used_for AND purchase.state <> 'final')
      GROUP BY used_for
      """),
  ]
}
