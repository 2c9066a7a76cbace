import LocalTime

extension CheckoutRecord {
  /// What is wrong with a purchase whatever the ledger holds.
  var fault: LedgerAnswer.Code? {
    guard isIdentifier(order), account.map(isIdentifier) ?? true else { return .badIdentifier }
    guard lines.count <= LedgerLimits.purchaseLinesMaximum,
      spends.count + redemptions.count + rewards.count + uses.count
        <= LedgerLimits.purchasePartsMaximum,
      uses.allSatisfy({ $0.claims.count <= LedgerLimits.claimsMaximum }),
      body.count <= LedgerLimits.purchaseBytesMaximum
    else { return .tooMuch }
    let movesNothing = spends.isEmpty && redemptions.isEmpty && rewards.isEmpty
    guard account != nil || movesNothing else { return .unknownAccount }
    return faultOfLines ?? faultOfParts ?? faultOfUses
  }

  private var faultOfLines: LedgerAnswer.Code? {
    var ids: Set<[UInt8]> = []
    for line in lines {
      guard isIdentifier(line.id), ids.insert(Array(line.id.utf8)).inserted else {
        return .badIdentifier
      }
      guard (1...LedgerLimits.amountMaximum).contains(line.quantity),
        (0...LedgerLimits.amountMaximum).contains(line.paid)
      else { return .badAmount }
    }
    return nil
  }

  private var faultOfParts: LedgerAnswer.Code? {
    for spend in spends {
      switch spend.source {
      case .hold(let id, _), .balance(let id):
        guard isIdentifier(id) else { return .badIdentifier }
      case .spending(let account, let spender):
        guard isIdentifier(account) else { return .badIdentifier }
        if let fault = spender.fault { return fault }
      }
      guard isAmount(spend.amount), areWeights(spend.weights) else { return .badAmount }
    }
    for redemption in redemptions {
      guard isIdentifier(redemption.request), isIdentifier(redemption.balance) else {
        return .badIdentifier
      }
      guard isAmount(redemption.amount), areWeights(redemption.weights) else { return .badAmount }
    }
    for reward in rewards {
      guard isIdentifier(reward.campaign), isIdentifier(reward.balance) else {
        return .badIdentifier
      }
      guard isAmount(reward.amount), areWeights(reward.weights) else { return .badAmount }
      guard isMoment(reward.availableAt), isMoment(reward.expiresAt) else { return .badMoment }
    }
    return nil
  }

  private var faultOfUses: LedgerAnswer.Code? {
    var kept: Set<[[UInt8]]> = []
    for use in uses {
      guard isIdentifier(use.campaign) else { return .badIdentifier }
      guard (0...LedgerLimits.amountMaximum).contains(use.discount) else { return .badAmount }
      for claim in use.claims {
        let place = [use.campaign, claim.scope.rawValue, claim.key, claim.period]
        guard claim.key.isEmpty || isIdentifier(claim.key),
          claim.period.isEmpty || isIdentifier(claim.period),
          claim.pool.map({ isIdentifier($0) && claim.scope == .code }) ?? true,
          kept.insert(place.map { Array($0.utf8) }).inserted
        else { return .badIdentifier }
        guard (claim.usesMaximum ?? 0) >= 0, (claim.discountMaximum ?? 0) >= 0 else {
          return .badAmount
        }
      }
    }
    return nil
  }

  private func areWeights(_ weights: [Int64]) -> Bool {
    weights.isEmpty
      || weights.count == lines.count
        && weights.allSatisfy { (0...LedgerLimits.amountMaximum).contains($0) }
  }
}

private func isAmount(_ amount: Int64) -> Bool {
  (1...LedgerLimits.amountMaximum).contains(amount)
}

/// Whether a moment, if there is one, lies between 1970 and the end of the year 9999.
func isMoment(_ moment: Instant?) -> Bool {
  moment.map { (0...LedgerLimits.momentMaximum).contains($0.secondsSince1970) } ?? true
}
