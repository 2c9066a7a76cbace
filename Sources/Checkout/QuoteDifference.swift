public import Promo

/// What is not as it was when a customer agreed to a price.
///
/// Only what the customer pays and gets is compared: not why other campaigns do not apply, nor when
/// the quote was made.
public struct QuoteDifference: Hashable, Sendable {
  /// One thing that changed.
  public struct Change: Hashable, Sendable {
    /// What it is about.
    public enum Subject: Hashable, Sendable {
      /// What a campaign takes off.
      case discount(campaign: String)
      /// What a campaign earns of a balance.
      case earning(campaign: String, balance: String)
      /// What is taken of a balance.
      case balance(String)
      /// What a line costs.
      case line(String)
      case shipping
      case total
      case due
    }
    /// What it is about.
    public var subject: Subject
    /// The amount agreed to; nil for what is new.
    public var agreed: ExactDecimal?
    /// The amount now; nil for what is gone.
    public var now: ExactDecimal?
    /// Why a campaign gives nothing now.
    public var reason: Quote.NotApplied?
  }

  /// In the order of campaigns, lines and sums; empty when everything is as it was.
  public var changes: [Change] = []

  /// Compares what was agreed to with a quote made now, in which everything is explained.
  public init(agreed: Quote, now: Quote) {
    compare(
      agreed.applied.map { ($0.campaign, money($0.discount)) },
      now.applied.map { ($0.campaign, money($0.discount)) },
      { .discount(campaign: $0) },
      reason: { campaign in now.notApplied.first { $0.campaign == campaign } })
    let earned = [agreed, now].map { quote in
      quote.earned.map { (Earning(campaign: $0.campaign, balance: $0.balance), $0.amount) }
    }
    compare(
      earned[0], earned[1], { .earning(campaign: $0.campaign, balance: $0.balance) },
      reason: { key in now.notApplied.first { $0.campaign == key.campaign } })
    compare(
      (agreed.redeemed + agreed.payments).map { ($0.balance, $0.amount) },
      (now.redeemed + now.payments).map { ($0.balance, $0.amount) }, { .balance($0) },
      reason: { _ in nil })
    compare(
      agreed.lines.map { ($0.id, money($0.total)) }, now.lines.map { ($0.id, money($0.total)) },
      { .line($0) }, reason: { _ in nil })
    let sums: [(Change.Subject, ExactDecimal?, ExactDecimal?)] = [
      (.shipping, agreed.shipping.map { money($0.total) }, now.shipping.map { money($0.total) }),
      (.total, money(agreed.total), money(now.total)), (.due, money(agreed.due), money(now.due)),
    ]
    for (subject, before, after) in sums where before != after {
      changes.append(Change(subject: subject, agreed: before, now: after, reason: nil))
    }
  }

  private struct Earning: Hashable {
    var campaign: String
    var balance: String
  }

  private mutating func compare<Key: Hashable>(
    _ agreed: [(Key, ExactDecimal)], _ now: [(Key, ExactDecimal)],
    _ subject: (Key) -> Change.Subject, reason: (Key) -> Quote.NotApplied?
  ) {
    let before = sums(agreed)
    let after = sums(now)
    for (key, amount) in before.order.map({ ($0, before.amounts[$0]) }) {
      let other = after.amounts[key]
      guard other != amount else { continue }
      changes.append(
        Change(
          subject: subject(key), agreed: amount, now: other,
          reason: other == nil ? reason(key) : nil))
    }
    for key in after.order where before.amounts[key] == nil {
      changes.append(
        Change(subject: subject(key), agreed: nil, now: after.amounts[key], reason: nil))
    }
  }

  private func sums<Key: Hashable>(_ amounts: [(Key, ExactDecimal)]) -> (
    order: [Key], amounts: [Key: ExactDecimal]
  ) {
    var order: [Key] = []
    var sums: [Key: ExactDecimal] = [:]
    for (key, amount) in amounts {
      if sums[key] == nil { order.append(key) }
      sums[key, default: ExactDecimal(value: 0, decimals: amount.decimals)].value += amount.value
    }
    return (order, sums)
  }

  private func money(_ money: Money) -> ExactDecimal {
    ExactDecimal(value: money.minorUnits, decimals: money.currency.decimals)
  }
}
