import Money
import Pricing

extension QuoteWriter {
  /// Campaigns that gave something, in file order.
  func applied() -> [Quote.Applied] {
    var applied: [Quote.Applied] = []
    forEachApplied { applied.append($0) }
    return applied
  }

  /// Campaigns that gave nothing, as far as was asked, in file order.
  func notApplied() -> [Quote.NotApplied] {
    var notApplied: [Quote.NotApplied] = []
    forEachNotApplied { notApplied.append($0) }
    return notApplied
  }

  /// Tells of the campaigns that gave something, in file order.
  func forEachApplied(_ tell: (Quote.Applied) -> Void) {
    let verdicts = evaluation.verdicts.span
    for place in verdicts.indices where !verdicts[place].isRefused {
      guard case .applied(let application) = verdicts[place].verdict else { continue }
      tell(applied(Int(verdicts[place].campaign), application))
    }
  }

  // Each part of a campaign is read where it lies: a copy of all of it costs more than what is told.

  private func applied(_ campaign: Int, _ application: Application) -> Quote.Applied {
    let facts = TextFacts(
      saved: application.discount, missing: application.missing, code: application.code,
      remainingUses: application.remainingUses)
    return Quote.Applied(
      campaign: content.program.campaigns[campaign].name,
      title: content.program.campaigns[campaign].title, discount: money(application.discount),
      times: application.times, isCapped: application.isCapped,
      code: application.code.map(spelling),
      message: text(content.program.campaigns[campaign].message, campaign, facts),
      hint: hint(campaign, facts), missing: missing(application.missing))
  }

  private func hint(_ campaign: Int, _ facts: TextFacts) -> String? {
    guard facts.missing != nil else { return nil }
    return text(content.program.campaigns[campaign].hint, campaign, facts)
  }

  /// Tells of the campaigns that gave nothing, as far as was asked, in file order.
  func forEachNotApplied(_ tell: (Quote.NotApplied) -> Void) {
    guard cart.explain != .none else { return }
    let verdicts = evaluation.verdicts.span
    for place in verdicts.indices where verdicts[place].isRefused && verdicts[place].isListed {
      guard case .refused(let refusal) = verdicts[place].verdict else { continue }
      tell(notApplied(Int(verdicts[place].campaign), refusal))
    }
  }

  private func notApplied(_ campaign: Int, _ refusal: Refusal) -> Quote.NotApplied {
    let facts = TextFacts(
      saved: 0, missing: refusal.missing, code: refusal.code,
      remainingUses: refusal.remainingUses)
    return Quote.NotApplied(
      campaign: content.program.campaigns[campaign].name, reason: reason(refusal.reason),
      detail: detail(refusal.detail), missing: missing(refusal.missing),
      hint: hint(campaign, facts),
      against: refusal.reason == .stacking ? refusal.against.map(name) : nil,
      saving: refusal.saving.map(money))
  }

  private func reason(_ reason: Refusal.Reason) -> Quote.Reason {
    switch reason {
    case .currency: .currency
    case .declined: .declined
    case .audience: .audience
    case .code: .code
    case .schedule: .schedule
    case .limit: .limit
    case .cap: .cap
    case .condition: .condition
    case .stacking: .stacking
    case .nothingToGive: .nothingToGive
    case .error: .error
    }
  }

  private func detail(_ detail: ComparisonDetail?) -> Quote.Detail? {
    guard let detail else { return nil }
    return Quote.Detail(
      left: detail.left?.text(currency: cart.currency), operator: detail.comparison,
      right: detail.right?.text(currency: cart.currency))
  }

  private func missing(_ missing: MissingAmount?) -> Quote.Missing? {
    guard let missing else { return nil }
    return switch missing.unit {
    case .quantity: .quantity(missing.amount)
    case .amount: .amount(money(missing.amount))
    case .visits: .visits(missing.amount)
    case .count: .count(missing.amount)
    }
  }

  // MARK: Texts

  /// What the placeholders of a text are filled with.
  private struct TextFacts {
    var saved: Int64
    var missing: MissingAmount?
    var code: Int?
    var remainingUses: Int64?
  }

  private func text(
    _ template: TextTemplate?, _ campaign: Int, _ facts: TextFacts
  ) -> String? {
    guard let template else { return nil }
    return template.parts.map { part in
      switch part {
      case .text(let text): text
      case .title: content.program.campaigns[campaign].title
      case .saved: AmountText.display(facts.saved, currency: cart.currency)
      case .code: facts.code.map(spelling) ?? ""
      case .remainingUses: facts.remainingUses.map(String.init) ?? ""
      case .missing:
        facts.missing.map {
          $0.unit == .amount
            ? AmountText.display($0.amount, currency: cart.currency) : String($0.amount)
        } ?? ""
      }
    }.joined()
  }

  // MARK: Codes

  /// The code that let a campaign in, as the shopper typed it.
  func code(usedBy campaign: Int32) -> String? {
    switch evaluation.verdict(campaign) {
    case .applied(let application): application.code.map(spelling)
    case .earnedOnly(let code): code.map(spelling)
    case .refused, nil: nil
    }
  }

  /// What became of each code presented, in the order presented.
  func codes() -> [Quote.Code] {
    shopper.codes.indices.map { Quote.Code(code: spelling($0), status: status(ofCode: $0)) }
  }

  /// A code as the shopper first typed it, without outer blanks.
  private func spelling(_ index: Int) -> String {
    let typed = cart.codes.first { normalizedCode($0) == shopper.codes[index] } ?? ""
    return trimmed(typed)
  }

  private func status(ofCode index: Int) -> Quote.Code.Status {
    if cart.generatedCodes[spelling(index)]?.isUsed ?? false { return .usedUp }
    var statuses = Set<Quote.Code.Status>()
    for campaign in content.program.index.campaigns(ofCode: shopper.codeSlots[index]) {
      switch evaluation.verdict(campaign) {
      case .applied, .earnedOnly: statuses.insert(.applied)
      case .refused(let refusal): statuses.insert(status(of: refusal))
      case nil: continue
      }
    }
    // What is over in one campaign and still to come in another is neither.
    if statuses.contains(.notYet), statuses.contains(.expired) { statuses.insert(.notEligible) }
    let order: [Quote.Code.Status] = [
      .applied, .beaten, .usedUp, .notEligible, .notYet, .expired,
    ]
    return order.first { statuses.contains($0) } ?? .unknown
  }

  private func status(of refusal: Refusal) -> Quote.Code.Status {
    switch (refusal.reason, refusal.phase) {
    case (.stacking, _): .beaten
    case (.limit, _), (.cap, _): .usedUp
    case (.schedule, .notYet): .notYet
    case (.schedule, .expired): .expired
    default: .notEligible
    }
  }
}

/// A text without blanks around it.
private func trimmed(_ text: String) -> String {
  let blanks: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
  var bytes = Array(text.utf8.drop(while: blanks))
  while let last = bytes.last, blanks(last) { bytes.removeLast() }
  return String(decoding: bytes, as: UTF8.self)
}
