import Checkout
import HTTP
import Ledger
import LocalTime
import Promo
import WireFormat

extension PromoService {
  /// Reads a cart; one with wrong figures is refused with their place.
  func cart(_ json: [UInt8], at pointer: String = "") throws(Problem) -> (Cart, Instant?) {
    do throws(CartError) {
      let (cart, at) = try Cart.read(json: json, limits: .http)
      return (cart, at)
    } catch {
      throw Problem(error, under: pointer)
    }
  }

  /// Prices a cart that was loaded.
  func quote(_ cart: Cart, _ rules: RuleSet, at now: Instant) throws(Problem) -> Quote {
    do throws(CartError) { return try rules.quote(validated: cart, at: now) } catch {
      throw Problem(error, under: "")
    }
  }

  /// Counts codes that nothing knows, and stops whoever tries too many.
  ///
  /// Counted are the customer's account and the shopper's address, as the shop's server names it in
  /// `Forwarded`. A guest of whom it names none is counted by the address of the connection: all
  /// guests behind one server share that.
  func checkGuesses(of account: String?, _ quote: Quote, _ call: Call) throws(Problem) {
    let unknown = quote.codes.count { $0.status == .unknown }
    guard unknown > 0 else { return }
    let shopper = call.request.shopperAddress
    let address = shopper ?? (account == nil ? call.request.client : nil)
    let counted = [account.map { "account \($0)" }, address.map { "address \($0)" }]
    for who in counted.compactMap(\.self) {
      let key = "\(call.actor) \(hexadecimal(Secrets.digest(Array(who.utf8))))"
      for _ in 0..<unknown where !wrongCodes.take(key, milliseconds: milliseconds) {
        var problem = Problem(429, "too_many_codes", "too many codes that nobody knows")
        problem.headers = [.init("Retry-After", "\(ServiceLimits.wrongCodesSeconds)")]
        throw problem
      }
    }
  }
}

extension HTTPRequest {
  /// The address of the shopper for whom a shop's server asks: what `Forwarded` says first behind
  /// `for=`; nil when it says nothing.
  fileprivate var shopperAddress: String? {
    let first = values(of: "forwarded").first?.split(separator: ",").first ?? ""
    for pair in first.split(separator: ";") {
      let sides = pair.split(separator: "=", maxSplits: 1)
      guard sides.count == 2, sides[0].filter({ $0 != " " }).lowercased() == "for" else { continue }
      let address = sides[1].lowercased().filter { !" \"".contains($0) }
      return address.isEmpty ? nil : address
    }
    return nil
  }
}

extension Problem {
  /// Why a cart can not be priced.
  init(_ error: CartError, under pointer: String) {
    self.init(
      error.code.isMalformed ? 400 : 422, error.code.rawValue, error.message,
      at: pointer + error.pointer)
  }
}

extension JSONWriter {
  /// Writes a member that is an exact amount; `null` for nil.
  mutating func amount(_ key: String, _ amount: ExactDecimal?) {
    self.key(key)
    if let amount { decimal(amount.value, decimals: amount.decimals) } else { null() }
  }
}
