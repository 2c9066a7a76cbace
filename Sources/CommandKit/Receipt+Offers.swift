import LocalTime
import Promo

extension Receipt {
  /// Every code with its status in words.
  var codes: [String] {
    section("Codes", quote.codes.map { "\(printable($0.code)): \($0.status.words)" })
  }

  /// What is earned, and when it can be used.
  var earnings: [String] {
    section(
      "You earn",
      quote.earned.map { earned in
        var text = balanceAmount(earned.amount, of: earned.balance)
        text +=
          earned.availableAt <= quote.at
          ? ", yours at once" : ", yours from \(day(earned.availableAt))"
        if let expiresAt = earned.expiresAt { text += ", until \(day(expiresAt))" }
        if let clipped = earned.clipped {
          text += " (\(balanceAmount(clipped, of: earned.balance)) more were over the limit)"
        }
        return text + ": \(title(earned.campaign))"
      })
  }

  /// What the shop should add to the cart.
  var gifts: [String] {
    section(
      "Free with this order",
      quote.gifts.map { "add \($0.quantity) \(times) \(printable($0.sku)): \(title($0.campaign))" })
  }

  /// What is missing for the next offers, the nearest ones; in the campaign's own words where it
  /// has a hint.
  var offers: [String] {
    let tiers = quote.applied.compactMap { applied in
      offer(applied.campaign, hint: applied.hint, missing: applied.missing)
    }
    let others = quote.notApplied.enumerated()
      .sorted { ($0.element.partsLacking, $0.offset) < ($1.element.partsLacking, $1.offset) }
      .compactMap { offer($0.element.campaign, hint: $0.element.hint, missing: $0.element.missing) }
    return section("Next offers", Array((tiers + others).prefix(Receipt.offersMaximum)))
  }

  private func offer(_ campaign: String, hint: String?, missing: Quote.Missing?) -> String? {
    guard let missing else { return nil }
    return hint.map(printable) ?? "\(title(campaign)): \(words(of: missing))"
  }

  private func words(of missing: Quote.Missing) -> String {
    switch missing {
    case .quantity(let count): count == 1 ? "1 more item" : "\(count) more items"
    case .amount(let money): "\(amount(money)) more"
    case .visits(let count): count == 1 ? "1 more visit" : "\(count) more visits"
    case .count(let count): "\(count) more"
    }
  }
}

extension Quote.NotApplied {
  /// How much of the threshold is still lacking, in parts per thousand; as far as can be where the
  /// quote does not say.
  fileprivate var partsLacking: Int64 {
    guard let missing, let digits = detail?.right?.utf8.filter({ $0 != UInt8(ascii: ".") }),
      let threshold = Int64(String(decoding: digits, as: UTF8.self)), threshold > 0
    else { return 1_000 }
    let lacking: Int64
    switch missing {
    case .amount(let money): lacking = money.minorUnits
    case .quantity(let count), .visits(let count), .count(let count): lacking = count
    }
    return lacking.multipliedReportingOverflow(by: 1_000).partialValue / threshold
  }
}

extension Quote.Code.Status {
  /// What a shopper is told.
  fileprivate var words: String {
    switch self {
    case .applied: "applied"
    case .unknown: "no such code"
    case .notYet: "not valid yet"
    case .expired: "has expired"
    case .usedUp: "has been used up"
    case .notEligible: "does not fit this cart or customer"
    case .beaten: "another offer saves more"
    }
  }
}
