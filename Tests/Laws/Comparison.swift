package import Promo
package import ReferenceInterpreter

/// Where two evaluators differ first, and what each says there.
package struct Difference: CustomStringConvertible {
  package var field: String
  package var engine: String
  package var reference: String

  /// The field without its indices and names.
  package var kind: String {
    field.split(separator: " ").map { word in
      word.split(separator: ".").map { $0.prefix { $0 != "[" } }.joined(separator: ".")
    }.filter { !$0.hasPrefix("c") || $0.count > 2 }.joined(separator: " ")
  }

  package var description: String {
    "\(field)\n  engine:    \(engine)\n  reference: \(reference)"
  }
}

/// Compares a quote with an answer field by field; the first difference ends it.
package struct Comparison {
  private var difference: Difference?

  /// The first field in which they differ; nil when they agree on everything.
  package static func difference(_ quote: Quote, _ answer: Answer) -> Difference? {
    var comparison = Comparison()
    comparison.compareOutcome(quote, answer)
    comparison.compareLines(quote.lines, answer.lines)
    comparison.compareCampaigns(quote, answer)
    comparison.compareTotals(quote, answer)
    return comparison.difference
  }

  private mutating func same<Value: Equatable>(
    _ field: @autoclosure () -> String, _ engine: Value, _ reference: Value
  ) {
    guard difference == nil, engine != reference else { return }
    difference = Difference(
      field: field(), engine: String(describing: engine),
      reference: String(describing: reference))
  }

  /// Texts are compared by bytes.
  private mutating func same(
    _ field: @autoclosure () -> String, text engine: String?, _ reference: String?
  ) {
    same(field(), engine.map { Array($0.utf8) }, reference.map { Array($0.utf8) })
    guard difference?.field == field() else { return }
    difference?.engine = engine ?? "nil"
    difference?.reference = reference ?? "nil"
  }

  private mutating func each<Engine, Reference>(
    _ field: String, _ engine: [Engine], _ reference: [Reference],
    _ compare: (inout Comparison, String, Engine, Reference) -> Void
  ) {
    if difference != nil { return }
    guard engine.count == reference.count else {
      difference = Difference(
        field: field, engine: "\(engine)", reference: "\(reference)")
      return
    }
    for index in engine.indices {
      compare(&self, "\(field)[\(index)]", engine[index], reference[index])
    }
  }

  // MARK: Parts

  /// Which campaigns applied and how much they gave: what explains most other differences.
  private mutating func compareOutcome(_ quote: Quote, _ answer: Answer) {
    same("applied", quote.applied.map(\.campaign), answer.applied.map(\.campaign))
    same(
      "applied[].discount", quote.applied.map(\.discount), answer.applied.map(\.discount))
    same("choice.proven", quote.isProven, answer.isProven)
  }

  private mutating func compareLines(_ engine: [Quote.Line], _ reference: [Answer.Line]) {
    each("lines", engine, reference) { comparison, field, engine, reference in
      comparison.same("\(field).id", text: engine.id, reference.id)
      comparison.same("\(field).sku", text: engine.sku, reference.sku)
      comparison.same("\(field).quantity", engine.quantity, reference.quantity)
      comparison.same("\(field).price", engine.price, reference.price)
      comparison.same("\(field).discount", engine.discount, reference.discount)
      comparison.same("\(field).orderShare", engine.orderShare, reference.orderShare)
      comparison.same("\(field).redeemedShare", engine.redeemedShare, reference.redeemedShare)
      comparison.each("\(field).units", engine.units, reference.units) {
        $0.same("\($1).quantity", $2.quantity, $3.quantity)
        $0.same("\($1).unitPrice", $2.unitPrice, $3.unitPrice)
      }
      comparison.same("\(field).unitPrice", engine.unitPrice, reference.unitPrice)
      comparison.same("\(field).subtotal", engine.subtotal, reference.subtotal)
      comparison.same("\(field).total", engine.total, reference.total)
      comparison.each("\(field).discounts", engine.discounts, reference.discounts) {
        $0.same("\($1).campaign", text: $2.campaign, $3.campaign)
        $0.same("\($1).balance", text: $2.balance, $3.balance)
        $0.same("\($1).stage", $2.stage, $3.stage)
        $0.same("\($1).amount", $2.amount, $3.amount)
      }
    }
  }

  private mutating func compareCampaigns(_ quote: Quote, _ answer: Answer) {
    each("applied", quote.applied, answer.applied) {
      $0.same("\($1).title", text: $2.title, $3.title)
      $0.same("\($1).times", $2.times, $3.times)
      $0.same("\($1).capped", $2.isCapped, $3.isCapped)
      $0.same("\($1).missing", $2.missing, $3.missing)
      $0.same("\($1).message", text: $2.message, $3.message)
      $0.same("\($1).hint", text: $2.hint, $3.hint)
    }
    same("notApplied", quote.notApplied.map(\.campaign), answer.notApplied.map(\.campaign))
    each("notApplied", quote.notApplied, answer.notApplied) {
      let field = "\($1) \($2.campaign)"
      $0.same("\(field).reason", $2.reason, $3.reason)
      $0.same("\(field).detail.left", text: $2.detail?.left, $3.detail?.left)
      $0.same("\(field).detail.operator", text: $2.detail?.operator, $3.detail?.operator)
      $0.same("\(field).detail.right", text: $2.detail?.right, $3.detail?.right)
      $0.same("\(field).missing", $2.missing, $3.missing)
      $0.same("\(field).hint", text: $2.hint, $3.hint)
      $0.same("\(field).against", $2.against, $3.against)
      $0.same("\(field).saving", $2.saving, $3.saving)
    }
    each("earned", quote.earned, answer.earned) {
      $0.same("\($1).campaign", text: $2.campaign, $3.campaign)
      $0.same("\($1).balance", text: $2.balance, $3.balance)
      $0.same("\($1).amount", $2.amount, $3.amount)
      $0.same("\($1).clipped", $2.clipped, $3.clipped)
      $0.same("\($1).availableAt", $2.availableAt.description, $3.availableAt.description)
      $0.same("\($1).expiresAt", $2.expiresAt?.description, $3.expiresAt?.description)
    }
    each("codes", quote.codes, answer.codes) {
      $0.same("\($1).code", text: $2.code, $3.code)
      $0.same("\($1).status", $2.status, $3.status)
    }
  }

  private mutating func compareTotals(_ quote: Quote, _ answer: Answer) {
    each("gifts", quote.gifts, answer.gifts) {
      $0.same("\($1).campaign", text: $2.campaign, $3.campaign)
      $0.same("\($1).sku", text: $2.sku, $3.sku)
      $0.same("\($1).quantity", $2.quantity, $3.quantity)
    }
    each("withdrawnGifts", quote.withdrawnGifts, answer.withdrawnGifts) {
      $0.same("\($1).id", text: $2.id, $3.id)
      $0.same("\($1).sku", text: $2.sku, $3.sku)
      $0.same("\($1).campaign", text: $2.campaign, $3.campaign)
    }
    same("at", quote.at.description, answer.at.description)
    same("shipping.price", quote.shipping?.price, answer.shipping?.price)
    same("shipping.discount", quote.shipping?.discount, answer.shipping?.discount)
    same("shipping.total", quote.shipping?.total, answer.shipping?.total)
    each("redeemed", quote.redeemed, answer.redeemed) { $0.compareUse($1, $2, $3) }
    each("payments", quote.payments, answer.payments) { $0.compareUse($1, $2, $3) }
    same("subtotal", quote.subtotal, answer.subtotal)
    same("discount", quote.discount, answer.discount)
    same("total", quote.total, answer.total)
    same("due", quote.due, answer.due)
  }

  private mutating func compareUse(
    _ field: String, _ engine: Quote.BalanceUse, _ reference: Answer.BalanceUse
  ) {
    same("\(field).balance", text: engine.balance, reference.balance)
    same("\(field).amount", engine.amount, reference.amount)
    same("\(field).value", engine.value, reference.value)
  }
}
