import Money
import Promo

extension Quoting {
  /// The quote's lines, the gift lines that are withdrawn and the gifts still to be added.
  func settleLines() -> ([Answer.Line], [Answer.WithdrawnGift], [Answer.Gift]) {
    var lines: [Answer.Line] = []
    var withdrawn: [Answer.WithdrawnGift] = []
    var gifts: [Answer.Gift] = []
    for campaign in book.campaigns {
      gifts += (till.tallies[campaign.position]?.gifts ?? []).map {
        Answer.Gift(campaign: campaign.name, sku: $0.sku, quantity: $0.quantity)
      }
    }
    // The largest gift lines are asked first, so that the order of lines does not matter.
    let givenLines = cart.lines.indices.filter { cart.lines[$0].gift != nil }
    let bySize = givenLines.sorted {
      let (first, second) = (cart.lines[$0].quantity, cart.lines[$1].quantity)
      return first != second ? first > second : $0 < $1
    }
    var accepted = Set<Int>()
    for index in bySize {
      let line = cart.lines[index]
      if let giver = line.gift, accept(line, from: giver, &gifts) { accepted.insert(index) }
    }
    for (index, line) in cart.lines.enumerated() {
      let id = line.id ?? String(index + 1)
      guard let giver = line.gift else {
        lines.append(quoteLine(index, id: id))
        continue
      }
      if accepted.contains(index) {
        lines.append(
          Answer.Line(
            id: id, sku: line.sku, quantity: line.quantity, price: line.price, unitPrice: money(0),
            units: [Answer.PriceGroup(quantity: line.quantity, unitPrice: money(0))],
            subtotal: money(0), discount: money(0), orderShare: money(0), redeemedShare: money(0),
            total: money(0), discounts: []))
      } else {
        withdrawn.append(Answer.WithdrawnGift(id: id, sku: line.sku, campaign: giver))
      }
    }
    return (lines, withdrawn, gifts.filter { $0.quantity > 0 })
  }

  /// Takes a line's units from what its campaign proposes, if it proposes that many.
  private func accept(_ line: Cart.Line, from giver: String, _ gifts: inout [Answer.Gift]) -> Bool {
    let offers = gifts.indices.filter {
      same(gifts[$0].campaign, giver) && same(gifts[$0].sku, line.sku)
    }
    guard offers.map({ gifts[$0].quantity }).reduce(0, +) >= line.quantity else { return false }
    var rest = line.quantity
    for offer in offers {
      let taken = min(rest, gifts[offer].quantity)
      gifts[offer].quantity -= taken
      rest -= taken
    }
    return true
  }

  private func quoteLine(_ index: Int, id: String) -> Answer.Line {
    let line = cart.lines[index]
    let prices = till.units.filter { $0.line == index }.map(\.price).sorted(by: >)
    var groups: [Answer.PriceGroup] = []
    for price in prices {
      if groups.last?.unitPrice == money(price) {
        groups[groups.count - 1].quantity += 1
      } else {
        groups.append(Answer.PriceGroup(quantity: 1, unitPrice: money(price)))
      }
    }
    let cuts = till.cuts.filter { $0.line == index }
    func sum(_ stage: Quote.LineDiscount.Stage) -> Int64 {
      cuts.filter { $0.stage == stage }.map(\.amount).reduce(0, +)
    }
    let subtotal = line.price.minorUnits * line.quantity
    return Answer.Line(
      id: id, sku: line.sku, quantity: line.quantity, price: line.price,
      unitPrice: groups.count == 1 ? groups[0].unitPrice : nil, units: groups,
      subtotal: money(subtotal), discount: money(sum(.items)), orderShare: money(sum(.order)),
      redeemedShare: money(sum(.redeem)),
      total: money(subtotal - sum(.items) - sum(.order) - sum(.redeem)),
      discounts: cuts.map { cut in
        Answer.LineDiscount(
          campaign: cut.stage == .redeem ? nil : book.campaigns[cut.source].name,
          balance: cut.stage == .redeem ? book.balances[cut.source].name : nil,
          stage: cut.stage, amount: money(cut.amount))
      })
  }
}
