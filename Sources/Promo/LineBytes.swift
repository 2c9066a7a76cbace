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
  /// The digits of small amounts, if they are known.
  let shortAmounts: [UInt64]
  let decimals: Int

  /// Bytes of a line's keys and punctuation, of its position and its numbers at their longest, and
  /// of a group of units.
  private static let lineByteCount = 220 + 20 + 20 + 7 * 24
  private static let groupByteCount = 64 + 20

  /// What the lines come to.
  func totals(_ ledger: DiscountLedger) -> LineTotals {
    var totals = LineTotals()
    totals.add(
      subtotal: notes.cost, discount: ledger.sums.items, orderShare: ledger.sums.order,
      redeemedShare: ledger.sums.redeemed)
    return totals
  }

  /// The bytes that the lines need at most, whose units are in some runs.
  func byteCountMaximum(_ ledger: DiscountLedger, runCount: Int) -> Int {
    columns.lineCount * Self.lineByteCount + notes.nameByteCount
      + runCount * Self.groupByteCount + ledger.byteCountMaximum + ByteRoom.slack
  }

  /// Appends all lines with commas between them.
  ///
  /// The room is handed over and back: while nothing else can see it, what it knows of itself stays
  /// in registers.
  func write(
    _ json: Span<UInt8>, _ runs: borrowing RunTable, _ log: borrowing EntryLog,
    _ ledger: inout DiscountLedger, into room: consuming ByteRoom
  ) -> ByteRoom {
    while ledger.advance(log) { room = write(json, runs, ledger, into: room) }
    return room
  }

  /// Appends the lines whose discounts the ledger lists.
  private func write(
    _ json: Span<UInt8>, _ runs: borrowing RunTable, _ ledger: DiscountLedger,
    into room: consuming ByteRoom
  ) -> ByteRoom {
    let (prices, quantities) = (columns.prices.span, columns.quantities.span)
    let (skus, ids, next) = (names.skus.span, notes.ids.span, runs.next.span)
    let (newPrices, orderShares) = (runs.prices.span, runs.orderShares.span)
    let redeemedShares = runs.redeemedShares.span
    let (ends, discounts) = (ledger.ends.span, ledger.discounts.span)
    let (openings, openingBytes) = (ledger.openings.span, ledger.openingBytes.span)
    let decimals = decimals
    let short = shortAmounts.span
    let firstLine = ledger.lines.lowerBound
    var place = 0
    for line in ledger.lines {
      if line > 0 { room.append(",") }
      room.append(#"{"id":""#)
      if line < ids.count, ids[line].count >= 0 {
        append(ids[line], json, to: &room)
      } else {
        room.append(AmountDigits(Int64(line + 1)))
      }
      room.append(#"","sku":""#)
      append(skus[line], json, to: &room)
      if next.isEmpty || next[line] < 0 {
        let numbers = LineAmounts(
          price: prices[line], quantity: quantities[line], newPrice: newPrices[line],
          orderShare: orderShares[line],
          redeemedShare: redeemedShares.isEmpty ? 0 : redeemedShares[line])
        numbers.write(decimals: decimals, short: short, to: &room)
      } else {
        room = writeSplitNumbers(
          UnitGroups(of: line, runs), prices[line], quantities[line], into: room)
      }
      room.append(#"","discounts":["#)
      let end = Int(ends[line &- firstLine])
      // What ends the discount before is left out where there is none.
      var skipped = DiscountLedger.endByteCount
      while place < end {
        let discount = discounts[place]
        var amount = discount.amount
        place &+= 1
        // Several effects of one source in one stage are one discount.
        while place < end, discounts[place].opening == discount.opening {
          amount += discounts[place].amount
          place &+= 1
        }
        let opening = openings[discount.opening]
        room.append(
          openingBytes, from: Int(opening.start) &+ skipped, count: Int(opening.count) &- skipped)
        room.append(amount, decimals: decimals, short: short)
        skipped = 0
      }
      if skipped == 0 { room.append(#""}]}"#) } else { room.append("]}") }
    }
    return room
  }

  /// Appends all numbers of a line whose units have been split, up to its discounts.
  @inline(never)
  private func writeSplitNumbers(
    _ units: UnitGroups, _ price: Int64, _ quantity: Int64, into room: consuming ByteRoom
  ) -> ByteRoom {
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

/// The numbers of a line whose units have one price.
private struct LineAmounts {
  let price: Int64
  let quantity: Int64
  let newPrice: Int64
  let orderShare: Int64
  let redeemedShare: Int64

  /// Appends all numbers of the line, up to its discounts.
  @inline(__always)
  func write(decimals: Int, short: Span<UInt64>, to room: inout ByteRoom) {
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
}
