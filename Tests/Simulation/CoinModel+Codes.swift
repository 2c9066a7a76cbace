import Ledger
import LocalTime

extension CoinModel {
  mutating func generateCodes(_ pool: String, _ random: [UInt8]) -> LedgerAnswer {
    let codes = PeopleModel.codes(random)
    let isNew = Set(codes).count == codes.count && codes.allSatisfy { people.codes[$0] == nil }
    guard isNew else { return LedgerAnswer(.badRandom) }
    for code in codes { people.codes[code] = PeopleModel.Code(pool: pool) }
    return LedgerAnswer(.codesGenerated, amount: Int64(codes.count))
  }

  private func isPool(_ name: String) -> Bool { people.codes.values.contains { $0.pool == name } }

  mutating func useCode(_ typed: String, _ pool: String, _ order: String, at now: Instant)
    -> LedgerAnswer
  {
    guard isPool(pool) else { return LedgerAnswer(.unknownPool) }
    switch purchases[order]?.state {
    case "voided": return LedgerAnswer(.alreadyVoided)
    case "returned": return LedgerAnswer(.alreadyReturned)
    default: break
    }
    guard let code = PeopleModel.plainCode(typed), people.codes[code]?.pool == pool else {
      return LedgerAnswer(.unknownCode)
    }
    guard people.codes[code]?.usedFor == nil else { return LedgerAnswer(.codeAlreadyUsed) }
    people.codes[code]?.usedFor = order
    people.codes[code]?.usedAt = now
    return LedgerAnswer(.codeUsed)
  }

  /// Uses the code a limit names, if it names one of a pool, and says under what it is counted.
  ///
  /// - Returns: Why not, or the key.
  mutating func claimCode(_ claim: CampaignUse.Claim, _ order: String, at now: Instant)
    -> (refusal: LedgerAnswer.Code?, key: String)
  {
    guard claim.scope == .code else { return (nil, claim.key) }
    guard let code = PeopleModel.plainCode(claim.key), let known = people.codes[code],
      claim.pool == nil || claim.pool == known.pool
    else {
      guard let pool = claim.pool else { return (nil, "word " + claim.key) }
      return (isPool(pool) ? .unknownCode : .unknownPool, "")
    }
    guard known.usedFor == nil || known.usedFor == order else { return (.codeAlreadyUsed, "") }
    people.codes[code]?.usedFor = order
    if known.usedFor == nil { people.codes[code]?.usedAt = now }
    return (nil, code)
  }

  /// Lets the codes be used again that an order has used.
  mutating func giveCodesBack(_ order: String) {
    for (code, known) in people.codes where known.usedFor == order {
      people.codes[code]?.usedFor = nil
      people.codes[code]?.usedAt = nil
    }
  }
}
