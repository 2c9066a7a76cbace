import LocalTime
import Money
import Testing

@testable import Promo

@Suite("writing quotes") struct QuoteJSONTests {
  @Test("the contract's quote has its keys in their order")
  func contract() throws {
    let quote = try contractQuote()
    #expect(String(decoding: quote.json(), as: UTF8.self) == compact(contractQuoteText))
  }

  @Test("the shapes that the contract's quote leaves empty")
  func otherShapes() throws {
    var quote = try emptyQuote()
    quote.lines = [
      try line("1", "SHIRT", 3, 2000, unit: 2000, subtotal: 6000, order: 1000, redeemed: 800) {
        [
          Quote.LineDiscount(campaign: "ten", stage: .order, amount: $0(1000)),
          Quote.LineDiscount(balance: "cashback", stage: .redeem, amount: $0(800)),
        ]
      }
    ]
    quote.lines[0].unitPrice = nil
    quote.gifts = [Quote.Gift(campaign: "mug", sku: "MUG", quantity: 1)]
    quote.withdrawnGifts = [Quote.WithdrawnGift(id: "2", sku: "TOTE", campaign: "tote")]
    let eight = ExactDecimal(value: 800, decimals: 2)
    quote.redeemed = [Quote.BalanceUse(balance: "cashback", amount: eight, value: try dollars(800))]
    quote.payments = [
      Quote.BalanceUse(balance: "points", amount: ExactDecimal(value: 500), value: try dollars(500))
    ]
    quote.notApplied = [
      Quote.NotApplied(
        campaign: "five", reason: .stacking, against: ["ten"], saving: try dollars(300)),
      Quote.NotApplied(
        campaign: "more", reason: .condition,
        detail: Quote.Detail(left: nil, operator: ">=", right: "3"), missing: .count(3),
        hint: "Add 3."),
    ]
    quote.applied = [
      Quote.Applied(
        campaign: "ladder", title: "Ladder", discount: try dollars(1), times: 1, isCapped: true,
        message: "m", hint: "h", missing: .quantity(2))
    ]
    quote.earned = [
      Quote.Earned(
        campaign: "e", balance: "points", amount: ExactDecimal(value: 90),
        clipped: ExactDecimal(value: 10), availableAt: quote.at, expiresAt: nil)
    ]
    quote.codes = [Quote.Code(code: "X", status: .usedUp)]
    quote.isProven = false
    quote.warnings = ["w"]
    quote.shipping = nil
    #expect(String(decoding: quote.json(), as: UTF8.self) == compact(otherShapesText))
  }

  @Test("every reason and status has the contract's spelling")
  func words() {
    #expect(
      Quote.Reason.allCases.map(\.rawValue) == [
        "currency", "declined", "audience", "code", "schedule", "limit", "cap", "condition",
        "stacking", "nothing_to_give", "error",
      ])
    let statuses: [Quote.Code.Status] = [
      .applied, .unknown, .notYet, .expired, .usedUp, .notEligible, .beaten,
    ]
    #expect(
      statuses.map(\.rawValue) == [
        "applied", "unknown", "not_yet", "expired", "used_up", "not_eligible", "beaten",
      ])
  }

  @Test("written for people it is the same quote")
  func pretty() throws {
    let quote = try contractQuote()
    let pretty = String(decoding: quote.json(style: .pretty), as: UTF8.self)
    #expect(pretty.hasPrefix("{\n  \"formatVersion\": 1,\n  \"rules\": \"sha256:0\","))
    #expect(compact(pretty) == compact(contractQuoteText))
  }

  private func emptyQuote() throws -> Quote {
    let zero = try dollars(0)
    return Quote(
      rules: "sha256:0", currency: zero.currency,
      at: try #require(Instant(rfc3339: "2026-06-05T12:00:00-04:00")), subtotal: zero,
      discount: zero, total: zero, due: zero)
  }

  private func line(
    _ id: String, _ sku: String, _ quantity: Int64, _ price: Int64, unit: Int64, subtotal: Int64,
    discount: Int64 = 0, order: Int64 = 0, redeemed: Int64 = 0,
    discounts: ((Int64) -> Money) -> [Quote.LineDiscount]
  ) throws -> Quote.Line {
    let currency = try dollars(0).currency
    func money(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: currency) }
    return Quote.Line(
      id: id, sku: sku, quantity: quantity, price: money(price), unitPrice: money(unit),
      units: [Quote.PriceGroup(quantity: quantity, unitPrice: money(unit))],
      subtotal: money(subtotal), discount: money(discount), orderShare: money(order),
      redeemedShare: money(redeemed), total: money(subtotal - discount - order - redeemed),
      discounts: discounts(money))
  }

  private func contractQuote() throws -> Quote {
    var quote = try emptyQuote()
    quote.lines = [
      try line("1", "SHIRT", 4, 2000, unit: 1275, subtotal: 8000, discount: 2900) {
        [
          Quote.LineDiscount(campaign: "buy5_save15", stage: .items, amount: $0(1200)),
          Quote.LineDiscount(campaign: "summer25", stage: .items, amount: $0(1700)),
        ]
      },
      try line("b", "SOCKS", 1, 500, unit: 319, subtotal: 500, discount: 181) {
        [
          Quote.LineDiscount(campaign: "buy5_save15", stage: .items, amount: $0(75)),
          Quote.LineDiscount(campaign: "summer25", stage: .items, amount: $0(106)),
        ]
      },
    ]
    quote.subtotal = try dollars(8500)
    quote.discount = try dollars(3081)
    quote.shipping = Quote.Shipping(
      price: try dollars(599), discount: try dollars(0), total: try dollars(599))
    quote.total = try dollars(6018)
    quote.due = try dollars(6018)
    quote.applied = [
      Quote.Applied(
        campaign: "buy5_save15", title: "Buy 5 or more items and save 15%",
        discount: try dollars(1275), times: 1, isCapped: false,
        message: "Buy 5, save 15%: you saved $12.75."),
      Quote.Applied(
        campaign: "summer25", title: "SUMMER25", discount: try dollars(1806), times: 1,
        isCapped: false),
    ]
    quote.notApplied = [
      notApplied("fourth_visit", "1", "=", "4", .visits(3)),
      notApplied("ship100", "54.19", ">=", "100.00", .amount(try dollars(4581))),
      notApplied("ladder", "85.00", ">=", "100.00", .amount(try dollars(1500))),
    ]
    quote.earned = [
      Quote.Earned(
        campaign: "gold_fridays", balance: "points", amount: ExactDecimal(value: 108),
        availableAt: try #require(Instant(rfc3339: "2026-06-19T00:00:00-04:00")),
        expiresAt: Instant(rfc3339: "2027-06-19T00:00:00-04:00"))
    ]
    quote.codes = [Quote.Code(code: "SUMMER25", status: .applied)]
    return quote
  }

  private func notApplied(
    _ campaign: String, _ left: String, _ comparison: String, _ right: String,
    _ missing: Quote.Missing
  ) -> Quote.NotApplied {
    Quote.NotApplied(
      campaign: campaign, reason: .condition,
      detail: Quote.Detail(left: left, operator: comparison, right: right), missing: missing)
  }
}

/// The text without the spaces and line ends that stand outside its strings.
private func compact(_ text: String) -> String {
  var isInString = false
  return String(
    String.UnicodeScalarView(
      text.unicodeScalars.filter { scalar in
        if scalar == "\"" { isInString.toggle() }
        return isInString || (scalar != " " && scalar != "\n")
      }))
}

private let contractQuoteText = """
  {
    "formatVersion": 1, "rules": "sha256:0", "currency": "USD", "at": "2026-06-05T12:00:00-04:00",
    "lines": [
      { "id": "1", "sku": "SHIRT", "quantity": 4, "price": "20.00",
        "unitPrice": "12.75", "units": [ { "quantity": 4, "unitPrice": "12.75" } ],
        "subtotal": "80.00", "discount": "29.00", "orderShare": "0.00", "redeemedShare": "0.00",
        "total": "51.00",
        "discounts": [ { "campaign": "buy5_save15", "stage": "items", "amount": "12.00" },
                       { "campaign": "summer25", "stage": "items", "amount": "17.00" } ] },
      { "id": "b", "sku": "SOCKS", "quantity": 1, "price": "5.00",
        "unitPrice": "3.19", "units": [ { "quantity": 1, "unitPrice": "3.19" } ],
        "subtotal": "5.00", "discount": "1.81", "orderShare": "0.00", "redeemedShare": "0.00",
        "total": "3.19",
        "discounts": [ { "campaign": "buy5_save15", "stage": "items", "amount": "0.75" },
                       { "campaign": "summer25", "stage": "items", "amount": "1.06" } ] }
    ],
    "gifts": [], "withdrawnGifts": [],
    "subtotal": "85.00", "discount": "30.81",
    "shipping": { "price": "5.99", "discount": "0.00", "total": "5.99" },
    "redeemed": [], "total": "60.18", "payments": [], "due": "60.18",
    "applied": [
      { "campaign": "buy5_save15", "title": "Buy 5 or more items and save 15%",
        "discount": "12.75", "times": 1, "capped": false,
        "message": "Buy 5, save 15%: you saved $12.75." },
      { "campaign": "summer25", "title": "SUMMER25", "discount": "18.06", "times": 1,
        "capped": false }
    ],
    "notApplied": [
      { "campaign": "fourth_visit", "reason": "condition",
        "detail": { "left": "1", "operator": "=", "right": "4" }, "missing": { "visits": 3 } },
      { "campaign": "ship100", "reason": "condition",
        "detail": { "left": "54.19", "operator": ">=", "right": "100.00" },
        "missing": { "amount": "45.81" } },
      { "campaign": "ladder", "reason": "condition",
        "detail": { "left": "85.00", "operator": ">=", "right": "100.00" },
        "missing": { "amount": "15.00" } }
    ],
    "earned": [ { "campaign": "gold_fridays", "balance": "points", "amount": "108",
                  "availableAt": "2026-06-19T00:00:00-04:00",
                  "expiresAt": "2027-06-19T00:00:00-04:00" } ],
    "codes": [ { "code": "SUMMER25", "status": "applied" } ],
    "choice": { "proven": true }, "warnings": []
  }
  """

private let otherShapesText = """
  {
    "formatVersion": 1, "rules": "sha256:0", "currency": "USD", "at": "2026-06-05T12:00:00-04:00",
    "lines": [
      { "id": "1", "sku": "SHIRT", "quantity": 3, "price": "20.00", "unitPrice": null,
        "units": [ { "quantity": 3, "unitPrice": "20.00" } ],
        "subtotal": "60.00", "discount": "0.00", "orderShare": "10.00", "redeemedShare": "8.00",
        "total": "42.00",
        "discounts": [ { "campaign": "ten", "stage": "order", "amount": "10.00" },
                       { "balance": "cashback", "stage": "redeem", "amount": "8.00" } ] }
    ],
    "gifts": [ { "campaign": "mug", "sku": "MUG", "quantity": 1 } ],
    "withdrawnGifts": [ { "id": "2", "sku": "TOTE", "campaign": "tote" } ],
    "subtotal": "0.00", "discount": "0.00", "shipping": null,
    "redeemed": [ { "balance": "cashback", "amount": "8.00", "value": "8.00" } ],
    "total": "0.00",
    "payments": [ { "balance": "points", "amount": "500", "value": "5.00" } ],
    "due": "0.00",
    "applied": [
      { "campaign": "ladder", "title": "Ladder", "discount": "0.01", "times": 1, "capped": true,
        "message": "m", "missing": { "quantity": 2 }, "hint": "h" }
    ],
    "notApplied": [
      { "campaign": "five", "reason": "stacking", "against": ["ten"], "saving": "3.00" },
      { "campaign": "more", "reason": "condition",
        "detail": { "left": null, "operator": ">=", "right": "3" }, "missing": { "count": 3 },
        "hint": "Add 3." }
    ],
    "earned": [ { "campaign": "e", "balance": "points", "amount": "90", "clipped": "10",
                  "availableAt": "2026-06-05T12:00:00-04:00", "expiresAt": null } ],
    "codes": [ { "code": "X", "status": "used_up" } ],
    "choice": { "proven": false }, "warnings": ["w"]
  }
  """
