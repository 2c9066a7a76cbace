import Ledger

extension Description {
  static let purchases: KeyValuePairs<String, Description> = [
    "POST /v1/quotes": Description(
      .named("Cart"),
      arguments: [
        Argument("validFor", .integer), Argument("guarantee", .flag), Argument("hold", .text),
        Argument("redeemed", .text),
      ], answers: [(200, .named("GivenQuote"))]),
    "GET /v1/quotes/{id}": Description(answers: [(200, .named("GivenQuote"))]),
    "POST /v1/checkouts": Description(
      .fields(
        ["id": .text],
        maybe: [
          "quote": .text, "cart": .named("Cart"), "holds": .list(.text),
          "redeemedBefore": .list(.text), "taxes": .named("Taxes"),
          "tenders": .list(.named("TenderAsked")), "total": .givenAmount, "due": .givenAmount,
          "charged": .givenAmount, "spender": .named("Spender"), "payment": .text,
        ]), answers: [(201, .named("Receipt"))]),
    "GET /v1/checkouts/{id}": Description(answers: [(200, .named("Purchase"))]),
    "POST /v1/checkouts/{id}/void": Description(
      .fields(maybe: ["policy": policy, "reason": .text]), isOptional: true,
      answers: [(200, .fields(["id": .text, "state": .text]))]),
    "POST /v1/checkouts/{id}/returns": Description(
      .fields(
        ["lines": .list(.fields(["id": .text, "quantity": .integer]))],
        maybe: ["policy": policy, "reason": .text, "creditTo": .text]), answers: [(200, refund)]),
    "POST /v1/payments": Description(
      .fields(
        ["id": .text, "quote": .text],
        maybe: [
          "tenders": .list(.named("TenderAsked")), "taxes": .named("Taxes"),
          "spender": .named("Spender"), "total": .givenAmount, "due": .givenAmount,
          "charged": .givenAmount,
        ]), answers: [(201, .named("Payment"))]),
    "GET /v1/payments": Description(
      arguments: [Argument("quote", .text, isRequired: true)],
      answers: [(200, .fields(["payments": .list(.named("Payment"))]))]),
    "GET /v1/payments/{id}": Description(answers: [(200, .named("Payment"))]),
    "POST /v1/payments/{id}/transactions": Description(
      .fields(
        [
          "id": .text, "tender": .integer, "type": .text, "amount": .givenAmount,
          "succeeded": .flag,
        ], maybe: ["code": .text, "message": .text, "reference": .text]),
      answers: [(201, .named("Payment"))]),
  ]

  private static let policy = Shape.word(ReturnPolicy.allCases.map(\.rawValue))

  private static let refund = Shape.fields(
    [
      "id": .text, "refund": .amount, "restored": .amount, "payable": .amount,
      "lines": .list(
        .fields([
          "id": .text, "quantity": .integer, "refund": .amount, "tax": .amount,
          "restored": .amount,
        ])),
    ], maybe: ["credited": .fields(["balance": .text, "amount": .amount])])
}
