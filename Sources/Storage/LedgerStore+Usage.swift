import Ledger
import LocalTime

extension LedgerStore {
  private static let count = SQLText(
    """
    INSERT INTO campaign_usage
      (campaign, scope, scope_key, period, uses, discount, uses_maximum, discount_maximum)
    VALUES ($1, $2, $3, $4, 1, $5, $6, $7)
    ON CONFLICT (campaign, scope, scope_key, period) DO UPDATE SET
      uses = campaign_usage.uses + 1, discount = campaign_usage.discount + excluded.discount,
      uses_maximum = excluded.uses_maximum, discount_maximum = excluded.discount_maximum
    WHERE ($6 IS NULL OR campaign_usage.uses < $6)
      AND ($7 IS NULL OR campaign_usage.discount <= $7 - $5)
    """)
  private static let used = SQLText(
    """
    SELECT uses, discount FROM campaign_usage
    WHERE campaign = $1 AND scope = $2 AND scope_key = $3 AND period = $4
    """)
  private static let uncount = SQLText(
    """
    UPDATE campaign_usage SET uses = uses - 1, discount = discount - $5
    WHERE campaign = $1 AND scope = $2 AND scope_key = $3 AND period = $4
    """)
  private static let redeemed = SQLText(
    """
    SELECT campaign, scope, scope_key, period, discount FROM redemption WHERE purchase = $1
    """)

  /// Counts every use of a purchase against its limits.
  ///
  /// Counting and looking are one statement, so two purchases can not both take the last use.
  /// - Parameter counted: Gets what was counted, to be kept with the purchase.
  /// - Returns: The first limit that does not allow it; nil when all do.
  func claim(
    _ uses: [CampaignUse], for order: String, at now: Instant,
    _ counted: inout [PurchaseContent.Use]
  ) throws(StorageError) -> LedgerAnswer? {
    // Two spellings of one code, or two ids of one customer, are one use.
    let isSpelled = uses.flatMap(\.claims).count { [.customer, .code].contains($0.scope) } > 1
    var places: Set<[[UInt8]]> = []
    for use in uses {
      for claim in use.claims {
        let key: String
        switch try countedKey(of: claim, for: order, at: now) {
        case .key(let counted): key = counted
        case .refused(let code): return LedgerAnswer(code, subject: use.campaign)
        }
        if isSpelled {
          let texts = [use.campaign, claim.scope.rawValue, key, claim.period]
          guard places.insert(texts.map { Array($0.utf8) }).inserted else { continue }
        }
        let place: [SQLValue] = [
          .text(use.campaign), .text(claim.scope.rawValue), .text(key), .text(claim.period),
        ]
        let fits =
          claim.usesMaximum != 0 && use.discount <= claim.discountMaximum ?? use.discount
        let changed =
          !fits
          ? 0
          : try connection.run(
            Self.count,
            place + [
              .integer(use.discount), SQLValue(claim.usesMaximum),
              SQLValue(claim.discountMaximum),
            ])
        if changed == 0 { return try refusal(of: claim, by: use, place) }
        counted.append(
          PurchaseContent.Use(
            campaign: use.campaign, scope: claim.scope.rawValue, key: key,
            period: claim.period, discount: use.discount))
      }
    }
    return nil
  }

  /// Gives every use of a purchase back.
  func giveUsesBack(of order: String) throws(StorageError) {
    try giveCodesBack(of: order)
    var counted: [[SQLValue]] = []
    let rows = try connection.rows(Self.redeemed, [.text(order)])
    while try rows.next() {
      counted.append((0..<4).map { .text(rows.text($0)) } + [.integer(rows.integer(4))])
    }
    for var use in counted {
      if use[1] == .text("customer"), case .text(let id) = use[2] {
        use[2] = .text(try countedID(of: id))
      }
      try connection.run(Self.uncount, use)
    }
  }

  private func refusal(
    of claim: CampaignUse.Claim, by use: CampaignUse, _ place: [SQLValue]
  ) throws(StorageError) -> LedgerAnswer {
    let rows = try connection.rows(Self.used, place)
    defer { rows.close() }
    let isKnown = try rows.next()
    if let most = claim.usesMaximum, (isKnown ? rows.integer(0) : 0) >= most {
      return LedgerAnswer(.limitReached, amount: most, subject: use.campaign)
    }
    let left = max(0, (claim.discountMaximum ?? 0) - (isKnown ? rows.integer(1) : 0))
    return LedgerAnswer(.budgetExhausted, amount: left, subject: use.campaign)
  }
}
