import Glibc
import LocalTime
import Promo

/// Any bytes at all as a cart: they end in a named mistake or in a quote under a shop's rules.
///
/// What is held to besides not trapping: mistakes lie inside the text, a cart that is written can
/// be read again, the money of a quote adds up, asking twice gives the same bytes, and so does going
/// from JSON to JSON without values in between.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCart(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: start == nil ? 0 : count))
  let now = Instant(secondsSince1970: 1_811_000_000)
  let cart: Cart
  let at: Instant
  do {
    let read = try Cart.read(json: bytes, now: now, limits: .http)
    (cart, at) = (read.cart, read.at ?? now)
  } catch {
    precondition(!error.message.isEmpty)
    if let offset = error.offset { precondition(0 <= offset && offset <= bytes.count) }
    precondition(direct(bytes, now) == nil, "what cannot be read cannot be quoted")
    return 0
  }
  if let again = try? Cart.read(json: cart.json(at: at)) {
    precondition(again.cart == cart && again.at == at, "a written cart is the same cart")
  } else {
    preconditionFailure("a cart that is written can be read")
  }
  do {
    let quote = try rules.quote(cart, at: at)
    check(quote)
    let again = try rules.quote(cart, at: at)
    precondition(again.json() == quote.json(), "the same cart gives the same bytes")
    precondition(direct(bytes, now) == quote.json(), "both ways give the same bytes")
  } catch {
    precondition("\(error)".utf8.count > 0)
    precondition(direct(bytes, now) == nil, "both ways refuse the same carts")
  }
  return 0
}

/// The quote without values in between; nil where the cart is refused.
private func direct(_ bytes: [UInt8], _ now: Instant) -> [UInt8]? {
  try? rules.quote(json: bytes, now: now, limits: .http)
}

private func check(_ quote: Quote) {
  var total = quote.shipping?.total.minorUnits ?? 0
  for line in quote.lines {
    precondition(line.total.minorUnits >= 0)
    let left =
      line.subtotal.minorUnits - line.discount.minorUnits - line.orderShare.minorUnits
      - line.redeemedShare.minorUnits
    precondition(left == line.total.minorUnits, "a line's total is what is left of its subtotal")
    total += line.total.minorUnits
  }
  precondition(total == quote.total.minorUnits && quote.due.minorUnits >= 0)
  let given = quote.applied.reduce(0) { $0 + $1.discount.minorUnits }
  let counted = quote.discount.minorUnits + (quote.shipping?.discount.minorUnits ?? 0)
  precondition(given == counted, "campaigns give what is taken off")
}

/// The rules that the carts are priced under: the files that `PROMO_FUZZ_RULES` names.
private let rules: RuleSet = {
  guard let path = getenv("PROMO_FUZZ_RULES").map({ String(cString: $0) }) else {
    preconditionFailure("PROMO_FUZZ_RULES names the rule file to price carts under")
  }
  do {
    return RuleSet.compile(sources: try RuleFiles.read([path])).rules
  } catch {
    preconditionFailure("\(error)")
  }
}()
