import LocalTime
import Pricing
import WireFormat

extension Till {
  /// Prices the cart whose lines have been read.
  mutating func quote(
    _ cart: Cart, _ json: [UInt8], at: Instant, _ content: RuleSet.Content
  ) throws(PlainReader.NotPlain) -> (json: [UInt8], head: Quote) {
    var warnings: [String] = []
    finishLines(warnings: &warnings)
    do {
      pricer.shopper = try ShopperFacts(cart, program: content.program, warnings: &warnings)
    } catch {
      throw .init()
    }
    pricer.price(now: at.secondsSince1970, explains: Explanation(cart.explain))
    let evaluation = pricer.evaluation(isWithLines: false)
    // The ledger leaves its place while the pricer is read.
    var ledger = DiscountLedger()
    swap(&ledger, &self.ledger)
    defer { swap(&ledger, &self.ledger) }
    try ledger.load(pricer.discounts, lineCount: pricer.cart.lineCount, content.program)
    if pricer.cart.lineCount > ShortAmounts.worthwhileCount {
      shortAmounts.prepare(decimals: cart.currency.decimals)
    }
    let lines = LineBytes(
      columns: pricer.cart, names: names, notes: notes, ledger: ledger,
      shortAmounts: shortAmounts)
    let lineBytesMaximum = lines.byteCountMaximum(runCount: pricer.runs.records.count)
    let writer = QuoteWriter(
      content: content, cart: cart, shopper: pricer.shopper, evaluation: evaluation, at: at)
    let quote = writer.head(warnings: warnings, lines.totals)
    let frame = writer.json(of: quote)
    var bytes: [UInt8] = []
    bytes.append(addingCapacity: frame.bytes.count + lineBytesMaximum) { bytes in
      let around = frame.bytes.span
      bytes.append(around, from: 0, count: frame.linesEnd)
      bytes.fill { room in room = lines.write(json.span, pricer.runs, into: room) }
      bytes.append(around, from: frame.linesEnd, count: around.count - frame.linesEnd)
    }
    return (bytes, quote)
  }
}
