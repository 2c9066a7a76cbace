public import Ledger
public import Promo

/// Why a quote can not be recorded as it stands.
public enum RecordingError: Error, Hashable, Sendable {
  /// The quote uses a balance that the ledger does not know.
  case unknownBalance(String)
  /// An amount has more decimals than its balance counts, or is too large to count.
  case inexactAmount(balance: String)
}

extension CheckoutRecord {
  /// The purchase that a quote describes, with what it takes from balances and what it earns.
  ///
  /// A balance taken as a discount belongs to the lines as the quote shared it; one taken as payment
  /// belongs to them by what was paid. The uses of campaigns, which count against their limits, are
  /// `CampaignUse.uses(in:of:by:)`.
  /// - Parameters:
  ///   - order: The caller's id of the order.
  ///   - account: Who bought; nil for a guest.
  ///   - quote: What was agreed to.
  ///   - holds: For balances that were set aside before, the hold to capture.
  ///   - held: What holds still set aside, by balance: what is taken beyond it is taken from what the
  ///     account has besides. A hold of which nothing is said sets enough aside.
  ///   - redeemedBefore: For balances that were redeemed before the checkout and are not taken again,
  ///     what each request redeemed.
  ///   - programme: The ledger's balances.
  /// - Throws: `unknownBalance`, `inexactAmount`.
  public init(
    order: String, account: String?, quote: Quote, holds: [String: String] = [:],
    held: [String: Int64] = [:], redeemedBefore: [String: [String: Int64]] = [:],
    programme: LoyaltyProgramme
  ) throws(RecordingError) {
    self.init(
      order: order, account: account,
      lines: quote.lines.map {
        Line(id: $0.id, quantity: $0.quantity, paid: $0.total.minorUnits)
      })
    for (uses, isDiscount) in [(quote.redeemed, true), (quote.payments, false)] {
      for use in uses {
        var amount = try units(of: use.amount, use.balance, programme)
        guard amount > 0 else { continue }
        let weights = isDiscount ? quote.weights(ofRedeemed: use.balance) : []
        if let earlier = redeemedBefore[use.balance] {
          redemptions += earlier.sorted { $0.key < $1.key }.map { request, amount in
            Redemption(by: request, of: use.balance, amount: amount, weights: weights)
          }
          continue
        }
        if let hold = holds[use.balance] {
          let captured = min(amount, held[use.balance] ?? amount)
          amount -= captured
          spends.append(
            Spend(.hold(hold, remainder: .released), amount: captured, weights: weights))
        }
        if amount > 0 {
          spends.append(Spend(.balance(use.balance), amount: amount, weights: weights))
        }
      }
    }
    for earned in quote.earned {
      let amount = try units(of: earned.amount, earned.balance, programme)
      guard amount > 0 else { continue }
      rewards.append(
        Reward(
          campaign: earned.campaign, balance: earned.balance, amount: amount,
          availableAt: earned.availableAt, expiresAt: earned.expiresAt))
    }
  }
}

extension Quote {
  /// What each line took of a balance that was redeemed as a discount, in minor units.
  fileprivate func weights(ofRedeemed balance: String) -> [Int64] {
    lines.map { line in
      line.discounts.filter { $0.balance == balance }.reduce(0) { $0 + $1.amount.minorUnits }
    }
  }
}

/// An exact amount in the smallest units of its balance.
func units(
  of amount: ExactDecimal, _ balance: String, _ programme: LoyaltyProgramme
) throws(RecordingError) -> Int64 {
  guard let terms = programme.terms(named: balance) else { throw .unknownBalance(balance) }
  var decimals = terms.currency.flatMap { Currency(code: $0)?.decimals } ?? 0
  var value = amount.value
  decimals -= amount.decimals
  while decimals > 0 {
    let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
    guard !isTooLarge else { throw .inexactAmount(balance: balance) }
    value = product
    decimals -= 1
  }
  while decimals < 0 {
    guard value % 10 == 0 else { throw .inexactAmount(balance: balance) }
    value /= 10
    decimals += 1
  }
  return value
}
