import Money
import Pricing
import WireFormat

/// Writes the lines of a quote as JSON straight from columns and what pricing came to.
struct LineBytes {
  let columns: CartColumns
  let notes: LineNotes
  let evaluation: Evaluation
  let ledger: DiscountLedger

  /// Bytes of a line's keys and punctuation, of its position and its numbers at their longest, and
  /// of a group of units.
  private static let lineByteCount = 220 + 20 + 20 + 7 * 24
  private static let groupByteCount = 64 + 20

  /// What the lines come to; none of them is a gift.
  var totals: LineTotals {
    var totals = LineTotals()
    totals.add(
      subtotal: notes.cost, discount: ledger.sums.items, orderShare: ledger.sums.order,
      redeemedShare: ledger.sums.redeemed)
    return totals
  }

  /// The bytes that the lines need at most.
  var byteCountMaximum: Int {
    columns.lineCount * Self.lineByteCount + notes.nameByteCount
      + evaluation.runCount * Self.groupByteCount + ledger.byteCountMaximum + ByteRoom.slack
  }

  /// Appends all lines with commas between them.
  func write(_ json: Span<UInt8>, to room: inout ByteRoom) {
    let (prices, quantities) = (columns.prices.span, columns.quantities.span)
    let (skus, ids) = (notes.skus.span, notes.ids.span)
    let taken = ledger.taken.span
    for line in prices.indices {
      if line > 0 { room.append(",") }
      room.append(#"{"id":""#)
      if line < ids.count, ids[line].count >= 0 {
        append(ids[line], json, to: &room)
      } else {
        room.append(AmountDigits(Int64(line + 1)))
      }
      room.append(#"","sku":""#)
      append(skus[line], json, to: &room)
      writeNumbers(line, prices[line], quantities[line], taken[line], to: &room)
      writeDiscounts(line, to: &room)
    }
  }

  /// Appends all numbers of a line, up to its discounts.
  @inline(__always)
  private func writeNumbers(
    _ line: Int, _ price: Int64, _ quantity: Int64, _ taken: Int64, to room: inout ByteRoom
  ) {
    let decimals = columns.currency.decimals
    let quantityDigits = AmountDigits(quantity)
    room.append(#"","quantity":"#)
    room.append(quantityDigits)
    room.append(#","price":""#)
    room.append(AmountDigits(price, decimals: decimals))
    var shares: (order: Int64, redeemed: Int64) = (0, 0)
    if let run = evaluation.onlyRun(of: Int32(line)) {
      shares = (run.orderShare, run.redeemedShare)
      let unitPrice = AmountDigits(run.price, decimals: decimals)
      room.append(#"","unitPrice":""#)
      room.append(unitPrice)
      room.append(#"","units":[{"quantity":"#)
      room.append(quantityDigits)
      room.append(#","unitPrice":""#)
      room.append(unitPrice)
      room.append(#""}],"subtotal":""#)
    } else {
      shares = writeUnits(line, to: &room)
    }
    let subtotal = price * quantity
    room.append(AmountDigits(subtotal, decimals: decimals))
    room.append(#"","discount":""#)
    room.append(AmountDigits(taken, decimals: decimals))
    room.append(#"","orderShare":""#)
    room.append(AmountDigits(shares.order, decimals: decimals))
    room.append(#"","redeemedShare":""#)
    room.append(AmountDigits(shares.redeemed, decimals: decimals))
    room.append(#"","total":""#)
    room.append(
      AmountDigits(subtotal - taken - shares.order - shares.redeemed, decimals: decimals))
  }

  /// Appends the unit price of a line in pieces, the groups of its units, and what stands before
  /// the subtotal; answers what the order and balances took off the line.
  @inline(never)
  private func writeUnits(
    _ line: Int, to room: inout ByteRoom
  ) -> (order: Int64, redeemed: Int64) {
    let decimals = columns.currency.decimals
    let result = evaluation.line(Int32(line))
    room.append(#"","unitPrice":"#)
    if result.units.count == 1 {
      room.append("\"")
      room.append(result.units[0].price, decimals: decimals)
      room.append("\"")
    } else {
      room.append("null")
    }
    room.append(#","units":["#)
    for (place, group) in result.units.enumerated() {
      if place > 0 { room.append(",") }
      room.append(#"{"quantity":"#)
      room.append(group.quantity)
      room.append(#","unitPrice":""#)
      room.append(group.price, decimals: decimals)
      room.append(#""}"#)
    }
    room.append(#"],"subtotal":""#)
    return (result.orderShare, result.redeemedShare)
  }

  /// Appends the discounts of a line, and what ends it.
  @inline(__always)
  private func writeDiscounts(_ line: Int, to room: inout ByteRoom) {
    let (openings, discounts) = (ledger.openingBytes.span, ledger.discounts.span)
    room.append(#"","discounts":["#)
    var place = Int(ledger.bounds[line])
    let end = Int(ledger.bounds[line + 1])
    // The first one does without the comma.
    var commaCount = 1
    while place < end {
      var discount = discounts[place]
      place += 1
      // Several effects of one source in one stage are one discount.
      while place < end, discounts[place].opening == discount.opening {
        discount.amount += discounts[place].amount
        place += 1
      }
      room.append(
        openings, from: Int(discount.opening) + commaCount,
        count: Int(discount.openingCount) - commaCount)
      room.append(AmountDigits(discount.amount, decimals: columns.currency.decimals))
      room.append(#""}"#)
      commaCount = 0
    }
    room.append("]}")
  }

  @inline(__always)
  private func append(
    _ spelling: LineReader.Spelling, _ json: Span<UInt8>, to room: inout ByteRoom
  ) {
    let (start, count) = (Int(spelling.start), Int(spelling.count))
    if spelling.isBeside {
      room.append(notes.beside.span, from: start, count: count)
    } else {
      room.append(json, from: start, count: count)
    }
  }
}
