import Money
import Pricing
import WireFormat

/// Writes the lines of a quote as JSON straight from columns and what pricing came to.
///
/// None of the lines is a gift.
struct LineBytes {
  let columns: CartColumns
  let names: LineNames
  let notes: LineNotes
  let ledger: DiscountLedger
  let shortAmounts: ShortAmounts

  /// Bytes of a line's keys and punctuation, of its position and its numbers at their longest, and
  /// of a group of units.
  private static let lineByteCount = 220 + 20 + 20 + 7 * 24
  private static let groupByteCount = 64 + 20

  /// What the lines come to.
  var totals: LineTotals {
    var totals = LineTotals()
    totals.add(
      subtotal: notes.cost, discount: ledger.sums.items, orderShare: ledger.sums.order,
      redeemedShare: ledger.sums.redeemed)
    return totals
  }

  /// The bytes that the lines need at most, whose units are in some runs.
  func byteCountMaximum(runCount: Int) -> Int {
    columns.lineCount * Self.lineByteCount + notes.nameByteCount
      + runCount * Self.groupByteCount + ledger.byteCountMaximum + ByteRoom.slack
  }

  /// Appends all lines with commas between them.
  ///
  /// The room is handed over and back: while nothing else can see it, what it knows of itself stays
  /// in registers.
  func write(
    _ json: Span<UInt8>, _ runs: borrowing RunTable, into room: consuming ByteRoom
  ) -> ByteRoom {
    let (prices, quantities) = (columns.prices.span, columns.quantities.span)
    let (skus, ids, records) = (names.skus.span, notes.ids.span, runs.records.span)
    let (costs, redeemedShares) = (runs.costs.span, runs.redeemedShares.span)
    let words = shortAmounts.words(decimals: columns.currency.decimals)
    let short = words.span
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
      let run = records[line]
      if run.next < 0 {
        writeNumbers(
          prices[line], quantities[line], newPrice: run.price,
          orderShare: costs.isEmpty ? 0 : run.price &* quantities[line] &- costs[line],
          redeemedShare: redeemedShares.isEmpty ? 0 : redeemedShares[line], short: short,
          to: &room)
      } else {
        room = writeSplitNumbers(
          UnitGroups(of: line, runs), prices[line], quantities[line], into: room)
      }
      writeDiscounts(line, short: short, to: &room)
    }
    return room
  }

  /// Appends all numbers of a line whose units have one price, up to its discounts.
  @inline(__always)
  private func writeNumbers(
    _ price: Int64, _ quantity: Int64, newPrice: Int64, orderShare: Int64,
    redeemedShare: Int64, short: Span<UInt64>, to room: inout ByteRoom
  ) {
    let decimals = columns.currency.decimals
    let quantityDigits = AmountDigits.ofCount(quantity)
    let unitPrice = AmountDigits(newPrice, decimals: decimals)
    room.append(#"","quantity":"#)
    room.append(quantityDigits)
    room.append(#","price":""#)
    room.append(AmountDigits(price, decimals: decimals))
    room.append(#"","unitPrice":""#)
    room.append(unitPrice)
    room.append(#"","units":[{"quantity":"#)
    room.append(quantityDigits)
    room.append(#","unitPrice":""#)
    room.append(unitPrice)
    room.append(#""}],"subtotal":""#)
    room.append(AmountDigits(price &* quantity, decimals: decimals))
    room.append(#"","discount":""#)
    room.append((price &- newPrice) &* quantity, decimals: decimals, short: short)
    room.append(#"","orderShare":""#)
    room.append(orderShare, decimals: decimals, short: short)
    room.append(#"","redeemedShare":""#)
    room.append(redeemedShare, decimals: decimals, short: short)
    room.append(#"","total":""#)
    room.append(
      AmountDigits(newPrice &* quantity &- orderShare &- redeemedShare, decimals: decimals))
  }

  /// Appends all numbers of a line whose units have been split, up to its discounts.
  @inline(never)
  private func writeSplitNumbers(
    _ units: UnitGroups, _ price: Int64, _ quantity: Int64, into room: consuming ByteRoom
  ) -> ByteRoom {
    let decimals = columns.currency.decimals
    room.append(#"","quantity":"#)
    room.append(AmountDigits.ofCount(quantity))
    room.append(#","price":""#)
    room.append(AmountDigits(price, decimals: decimals))
    room.append(#"","unitPrice":"#)
    if units.count == 1 {
      room.append("\"")
      room.append(AmountDigits(units[0].price, decimals: decimals))
      room.append("\"")
    } else {
      room.append("null")
    }
    room.append(#","units":["#)
    var cost: Int64 = 0
    for place in 0..<units.count {
      let group = units[place]
      cost += group.quantity * group.price
      if place > 0 { room.append(",") }
      room.append(#"{"quantity":"#)
      room.append(AmountDigits.ofCount(group.quantity))
      room.append(#","unitPrice":""#)
      room.append(AmountDigits(group.price, decimals: decimals))
      room.append(#""}"#)
    }
    room.append(#"],"subtotal":""#)
    room.append(AmountDigits(price * quantity, decimals: decimals))
    room.append(#"","discount":""#)
    room.append(AmountDigits(price * quantity - cost, decimals: decimals))
    room.append(#"","orderShare":""#)
    room.append(AmountDigits(units.orderShare, decimals: decimals))
    room.append(#"","redeemedShare":""#)
    room.append(AmountDigits(units.redeemedShare, decimals: decimals))
    room.append(#"","total":""#)
    room.append(AmountDigits(cost - units.orderShare - units.redeemedShare, decimals: decimals))
    return room
  }

  /// Appends the discounts of a line, and what ends it.
  @inline(__always)
  private func writeDiscounts(_ line: Int, short: Span<UInt64>, to room: inout ByteRoom) {
    let (bounds, discounts) = (ledger.bounds.span, ledger.discounts.span)
    let (openings, bytes) = (ledger.openings.span, ledger.openingBytes.span)
    let decimals = columns.currency.decimals
    room.append(#"","discounts":["#)
    var place = Int(bounds[line])
    let end = Int(bounds[line + 1])
    // The first one does without the comma.
    var commaCount = 1
    while place < end {
      let discount = discounts[place]
      var amount = discount.amount
      place += 1
      // Several effects of one source in one stage are one discount.
      while place < end, discounts[place].opening == discount.opening {
        amount += discounts[place].amount
        place += 1
      }
      let opening = openings[discount.opening]
      room.append(
        bytes, from: Int(opening.start) &+ commaCount, count: Int(opening.count) &- commaCount)
      room.append(amount, decimals: decimals, short: short)
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
