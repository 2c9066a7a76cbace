import HTTP
package import HTTPClient
import LocalTime
import Promo
import Synchronization
import WireFormat

/// Somebody who is asked before a payment is accepted, such as a loyalty system that knows what a
/// customer really has.
package struct PaymentHook: Sendable {
  /// Where it is asked.
  package var address: WebAddress
  /// Signs what it is asked.
  package var secret: [UInt8]
  /// How long it may take to answer, in milliseconds.
  package var timeoutMilliseconds: Int
  /// Whether payments go on while it can not be asked; else they are refused.
  package var goesOnWithout: Bool

  /// Somebody to ask.
  ///
  /// - Parameter secret: Such as `whsec_MfKQ…`; nil for a text that is none.
  package init?(
    _ address: WebAddress, secret: String, timeoutMilliseconds: Int = 2_000,
    goesOnWithout: Bool = false
  ) {
    guard let bytes = StandardWebhook.secret(ofText: secret), bytes.count >= 16 else { return nil }
    self.address = address
    self.secret = bytes
    self.timeoutMilliseconds = timeoutMilliseconds
    self.goesOnWithout = goesOnWithout
  }
}

/// A payment that somebody is asked about.
struct ProposedPayment {
  /// The payment's id, or the order's where there is none of its own.
  var id: String
  var account: String?
  var quote: Quote
  var taxes: Taxes
  var tenders: [Tender]
  /// Whether anything is paid at all, by the ledger or otherwise.
  var isAnything: Bool {
    quote.due.minorUnits + taxes.total > 0 || !quote.payments.isEmpty || !quote.redeemed.isEmpty
  }
}

extension PromoService {
  /// Asks whether a payment may be made, where somebody is to be asked.
  ///
  /// - Throws: 409 with what was answered, when it may not; 503 when nobody could be asked.
  func confirm(_ payment: ProposedPayment) throws(Problem) {
    guard let hook = paymentHook, payment.isAnything else { return }
    let now = clock()
    let message = StandardWebhook(
      id: "pay_" + hexadecimal(try Secrets.random(16)), type: "payment.proposed", at: now
    ) { $0.members(of: payment) }
    let hasRoom = askedHooks.withLock { asked in
      if asked < ServiceLimits.hooksAtOnce { asked += 1 } else { return false }
      return true
    }
    guard hasRoom else {
      return try goOn(hook, "too many payments wait for it")
    }
    defer { askedHooks.withLock { $0 -= 1 } }
    let client = HTTPClient(reachesPrivate: true, timeoutMilliseconds: hook.timeoutMilliseconds)
    let headers = message.headers(signedWith: [hook.secret], at: now)
    let answer: HTTPClient.Answer
    do throws(HTTPClient.Failure) {
      answer = try client.post(message.body, to: hook.address, headers: headers)
    } catch {
      return try goOn(hook, error.text)
    }
    guard answer.status == 200, !answer.isCut,
      let root = (try? JSONDocument(parsing: answer.body))?.root, root.kind == .object,
      let proceeds = root["proceed"]?.bool
    else { return try goOn(hook, "its answer, \(answer.status), can not be read") }
    guard !proceeds else { return }
    var problem = Problem(
      409, "payment_refused", "whoever is asked about payments refused this one")
    if let member = root["body"] {
      var reader = PlainReader(at: member.offset)
      if (try? reader.skipValue(answer.body.span)) != nil {
        problem.members = [("body", Array(answer.body[member.offset..<reader.position]))]
      }
    }
    throw problem
  }

  private func goOn(_ hook: PaymentHook, _ trouble: String) throws(Problem) {
    metrics.countHookTrouble()
    guard !hook.goesOnWithout else { return }
    var problem = Problem(
      503, "payment_hook_unavailable",
      "whoever is asked about payments can not be asked: \(trouble)")
    problem.headers = [.init("Retry-After", "1")]
    throw problem
  }
}

extension JSONWriter {
  fileprivate mutating func members(of payment: ProposedPayment) {
    let quote = payment.quote
    let decimals = quote.currency.decimals
    text("payment", payment.id)
    text("account", payment.account)
    text("currency", quote.currency.code)
    key("charged")
    decimal(quote.due.minorUnits + payment.taxes.total, decimals: decimals)
    for (key, spends) in [("redeemed", quote.redeemed), ("payments", quote.payments)] {
      list(key, spends) { writer, spend in
        writer.beginObject()
        writer.text("balance", spend.balance)
        writer.key("amount")
        writer.decimal(spend.amount.value, decimals: spend.amount.decimals)
        writer.endObject()
      }
    }
    list("tenders", payment.tenders) { $0.tender($1, decimals) }
  }
}
