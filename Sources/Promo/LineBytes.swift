import Money
import Pricing
import WireFormat

/// Writes the lines of a quote as JSON straight from columns and what pricing came to.
struct LineBytes {
  let columns: CartColumns
  let notes: LineReader.Notes
  let evaluation: Evaluation
  let ledger: DiscountLedger
  let program: Program

  /// Bytes of a line's keys and punctuation, of its numbers at their longest, and of a group of
  /// units.
  private static let lineByteCount = 220 + 20 + 7 * 24
  private static let groupByteCount = 64 + 20

  /// What the lines come to, and the bytes that they need at most.
  func totals() -> (totals: LineTotals, byteCountMaximum: Int) {
    var totals = LineTotals()
    var byteCount = ledger.byteCountMaximum
    let (prices, quantities) = (columns.prices.span, columns.quantities.span)
    let (skus, ids) = (notes.skus.span, notes.ids.span)
    for line in prices.indices {
      let taken = ledger.taken[line]
      let subtotal = prices[line] * quantities[line]
      var groupCount = 1
      var shares: (order: Int64, redeemed: Int64) = (0, 0)
      if let run = evaluation.onlyRun(of: Int32(line)) {
        shares = (run.orderShare, run.redeemedShare)
      } else {
        let result = evaluation.line(Int32(line))
        shares = (result.orderShare, result.redeemedShare)
        groupCount = result.units.count
      }
      totals.add(
        subtotal: subtotal, discount: taken, orderShare: shares.order,
        redeemedShare: shares.redeemed)
      let idLength = line < ids.count ? max(20, Int(ids[line].count)) : 20
      byteCount +=
        Self.lineByteCount + Int(skus[line].count) + idLength + groupCount * Self.groupByteCount
    }
    return (totals, byteCount)
  }

  /// Appends all lines with commas between them.
  func write(_ json: Span<UInt8>, to bytes: inout OutputSpan<UInt8>) {
    let entries = evaluation.entries.span
    for line in columns.prices.indices {
      if line > 0 { bytes.append(UInt8(ascii: ",")) }
      write(line, json, entries, to: &bytes)
    }
  }

  private func write(
    _ line: Int, _ json: Span<UInt8>, _ entries: Span<DiscountEntry>,
    to bytes: inout OutputSpan<UInt8>
  ) {
    let decimals = columns.currency.decimals
    let (price, quantity) = (columns.prices[line], columns.quantities[line])
    bytes.append(#"{"id":""#)
    if line < notes.ids.count, notes.ids[line].count >= 0 {
      append(notes.ids[line], json, to: &bytes)
    } else {
      bytes.append(Int64(line + 1))
    }
    bytes.append(#"","sku":""#)
    append(notes.skus[line], json, to: &bytes)
    bytes.append(#"","quantity":"#)
    bytes.append(quantity)
    bytes.append(#","price":""#)
    bytes.append(price, decimals: decimals)
    var shares: (order: Int64, redeemed: Int64) = (0, 0)
    if let run = evaluation.onlyRun(of: Int32(line)) {
      shares = (run.orderShare, run.redeemedShare)
      bytes.append(#"","unitPrice":""#)
      bytes.append(run.price, decimals: decimals)
      bytes.append(#"","units":[{"quantity":"#)
      bytes.append(run.quantity)
      bytes.append(#","unitPrice":""#)
      bytes.append(run.price, decimals: decimals)
      bytes.append(#""}],"subtotal":""#)
    } else {
      let result = evaluation.line(Int32(line))
      shares = (result.orderShare, result.redeemedShare)
      writeUnits(result, to: &bytes)
    }
    let (subtotal, taken) = (price * quantity, ledger.taken[line])
    bytes.append(subtotal, decimals: decimals)
    bytes.append(#"","discount":""#)
    bytes.append(taken, decimals: decimals)
    bytes.append(#"","orderShare":""#)
    bytes.append(shares.order, decimals: decimals)
    bytes.append(#"","redeemedShare":""#)
    bytes.append(shares.redeemed, decimals: decimals)
    bytes.append(#"","total":""#)
    bytes.append(subtotal - taken - shares.order - shares.redeemed, decimals: decimals)
    bytes.append(#"","discounts":["#)
    writeDiscounts(line, entries, to: &bytes)
    bytes.append("]}")
  }

  /// Appends the unit price, the groups of units, and what stands before the subtotal.
  private func writeUnits(_ result: LineResult, to bytes: inout OutputSpan<UInt8>) {
    let decimals = columns.currency.decimals
    bytes.append(#"","unitPrice":"#)
    if result.units.count == 1 {
      bytes.append(UInt8(ascii: "\""))
      bytes.append(result.units[0].price, decimals: decimals)
      bytes.append(UInt8(ascii: "\""))
    } else {
      bytes.append("null")
    }
    bytes.append(#","units":["#)
    for (place, group) in result.units.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(#"{"quantity":"#)
      bytes.append(group.quantity)
      bytes.append(#","unitPrice":""#)
      bytes.append(group.price, decimals: decimals)
      bytes.append(#""}"#)
    }
    bytes.append(#"],"subtotal":""#)
  }

  private func writeDiscounts(
    _ line: Int, _ entries: Span<DiscountEntry>, to bytes: inout OutputSpan<UInt8>
  ) {
    let openings = ledger.openingBytes.span
    var place = Int(ledger.bounds[line])
    var isFirst = true
    while let entry = ledger.discount(of: line, at: &place, entries) {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      let opening = ledger.openings[ledger.opening(entry, program)]
      bytes.append(openings, from: opening.lowerBound, count: opening.count)
      bytes.append(entry.amount, decimals: columns.currency.decimals)
      bytes.append(#""}"#)
    }
  }

  private func append(
    _ spelling: LineReader.Spelling, _ json: Span<UInt8>, to bytes: inout OutputSpan<UInt8>
  ) {
    bytes.append(
      spelling.isBeside ? notes.beside.span : json, from: Int(spelling.start),
      count: Int(spelling.count))
  }
}
