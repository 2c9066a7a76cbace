import LocalTime
import Money
import Promo

extension Receipt {
  /// Widths of the columns of figures; what is left is the item's.
  private struct Widths {
    var quantity: Int
    var was: Int
    var now: Int
    var total: Int

    init(_ receipt: Receipt) {
      let lines = receipt.quote.lines
      func widest(_ texts: [String], atLeast minimum: Int) -> Int {
        max(minimum, texts.map(columnCount).max() ?? 0)
      }
      quantity = widest(lines.map { String($0.quantity) }, atLeast: 3)
      was = widest(lines.map { receipt.amount($0.price) }, atLeast: 5)
      total = widest(lines.map { receipt.amount($0.subtotal) }, atLeast: 5)
      let saved = lines.flatMap { $0.discounts.map { receipt.amountOff($0.amount) } }
      now = widest(lines.compactMap { $0.unitPrice.map(receipt.amount) } + saved, atLeast: 3)
    }

    func item(in columns: Int) -> Int { max(8, columns - quantity - was - now - total - 8) }
  }

  /// When the prices hold, and in which currency.
  var heading: [String] {
    let at = local(quote.at).description
    let moment = "\(at.prefix(10)) \(at.dropFirst(11).prefix(5))"
    let offset = at.dropFirst(19)
    let currency = quote.currency.code
    let clocks = zone.map { printable($0.identifier) } ?? "UTC\(offset == "Z" ? "" : offset)"
    // A zone that does not fit is left out rather than cut in the middle.
    let room = columns - 1 - columnCount(of: currency)
    let full = "Your cart on \(moment) \(clocks)"
    let heading = columnCount(of: full) <= room ? full : "Your cart on \(moment)"
    return [style.bold(row(heading, currency)), rule("=")]
  }

  /// One row a line, with what took how much off it below.
  var itemTable: [String] {
    let widths = Widths(self)
    var rows = [
      style.dim(
        cells(widths, quantity: "QTY", item: "ITEM", was: "PRICE", now: "NOW", total: "TOTAL"))
    ]
    for line in quote.lines { rows += self.rows(of: line, widths) }
    for gift in quote.withdrawnGifts {
      let remark = "\(printable(gift.sku)): no longer free, taken out (\(title(gift.campaign)))"
      rows += wrapped(remark, to: columns)
    }
    if quote.lines.isEmpty { rows.append("The cart is empty.") }
    return rows
  }

  private func rows(of line: Quote.Line, _ widths: Widths) -> [String] {
    let afterItems = Money(
      minorUnits: line.subtotal.minorUnits - line.discount.minorUnits, currency: quote.currency)
    let isGift = line.subtotal.minorUnits == 0 && line.price.minorUnits > 0
    var now = line.unitPrice.map(amount) ?? ""
    if isGift { now = "free" } else if line.unitPrice == line.price { now = "" }
    var rows = [
      cells(
        widths, quantity: String(line.quantity), item: itemName(line, widths.item(in: columns)),
        was: amount(line.price), now: now, total: amount(afterItems))
    ]
    for discount in line.discounts where discount.stage == .items {
      rows.append(savingRow(discount, widths))
    }
    if line.units.count > 1 {
      let groups = line.units.map { "\($0.quantity) \(times) \(amount($0.unitPrice))" }
      rows += wrapped(groups.joined(separator: ", "), to: columns - widths.quantity - 4).map {
        String(repeating: " ", count: widths.quantity + 2) + style.dim("as " + $0)
      }
    }
    return rows
  }

  /// What one campaign took off a line, its amount below the new price.
  private func savingRow(_ discount: Quote.LineDiscount, _ widths: Widths) -> String {
    let room = widths.item(in: columns) + 2 + widths.was
    let label = clipped(discount.campaign.map(title) ?? "", to: room, mark: clippingMark)
    let off = paddedLeft(amountOff(discount.amount), to: widths.now)
    return String(repeating: " ", count: widths.quantity + 2)
      + style.green(padded(label, to: room) + "  " + off)
  }

  /// The name with the sku behind it where there is room for both.
  private func itemName(_ line: Quote.Line, _ room: Int) -> String {
    let sku = printable(line.sku)
    guard let name = names[line.id].map(printable), !name.isEmpty else { return sku }
    let both = "\(name) (\(sku))"
    return columnCount(of: both) <= room ? both : name
  }

  private func cells(
    _ widths: Widths, quantity: String, item: String, was: String, now: String, total: String
  ) -> String {
    let room = widths.item(in: columns)
    return [
      paddedLeft(quantity, to: widths.quantity),
      padded(clipped(item, to: room, mark: clippingMark), to: room),
      paddedLeft(was, to: widths.was), paddedLeft(now, to: widths.now),
      paddedLeft(total, to: widths.total),
    ].joined(separator: "  ")
  }
}
