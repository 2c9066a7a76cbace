import Ledger

/// Shapes that stand in several requests and answers, by the names that the description gives them.
enum Components {
  static let all: KeyValuePairs<String, Shape> = [
    "Problem": problem, "Cart": cart, "CartLine": cartLine, "Customer": customer, "Quote": quote,
    "QuoteLine": quoteLine, "Applied": applied, "NotApplied": notApplied, "Missing": missing,
    "Earned": earned, "Spend": spend, "GivenQuote": givenQuote, "Tender": tender,
    "TenderAsked": tenderAsked, "Taxes": taxes, "Spender": spender, "Receipt": receipt,
    "Purchase": purchase, "Payment": payment, "PaymentTransaction": paymentTransaction,
    "Account": account, "Balance": balance, "Entry": entry,
    "Hold": hold, "Client": client, "Finding": .any,
    "Revision": revision, "RuleFile": ruleFile, "Webhook": webhook,
  ]

  /// What every problem has; each has more, such as the figures that were compared.
  private static let problem: Shape = .any

  private static let spend = Shape.fields(
    ["balance": .text, "amount": .amount, "value": .amount])
  private static let tender = Shape.fields(
    ["method": .text, "amount": .amount], maybe: ["account": .text, "reference": .text])
  private static let tenderAsked = Shape.fields(
    ["method": .text, "amount": .nullable(.givenAmount)],
    maybe: ["account": .text, "reference": .nullable(.text)])
  private static let taxes = Shape.fields(
    maybe: ["lines": .map(.givenAmount), "shipping": .givenAmount])
  private static let spender = Shape.fields(
    maybe: ["user": .text, "groups": .list(.text), "buyer": .text])

  private static let receipt = Shape.fields(
    [
      "id": .text, "account": .nullable(.text), "at": .moment, "quote": .named("Quote"),
      "charged": .amount, "tenders": .list(.named("Tender")),
      "items": .list(
        .fields(
          ["id": .text, "sku": .text],
          maybe: ["category": .list(.text), "brand": .list(.text), "tags": .list(.text)])),
    ], maybe: ["taxes": .named("Taxes"), "payment": .text])

  private static let purchase = Shape.fields(
    [
      "id": .text, "state": .word(["final", "returned", "voided"]), "recordedAt": .moment,
      "lines": .list(.fields(["id": .text, "quantity": .integer, "returned": .integer])),
      "receipt": .nullable(.named("Receipt")),
    ])

  private static let paymentTransaction = Shape.fields(
    [
      "id": .text, "tender": .integer, "type": .text, "amount": .amount, "succeeded": .flag,
      "recordedAt": .moment,
    ], maybe: ["code": .text, "message": .text, "reference": .text])

  private static let payment = Shape.fields(
    [
      "id": .text, "quote": .text, "state": .word(["open", "used"]), "createdAt": .moment,
      "currency": .text,
      "tenders": .list(
        .fields(
          ["method": .text, "amount": .amount],
          maybe: ["account": .text, "reference": .text, "paid": .amount])),
      "transactions": .list(.named("PaymentTransaction")),
    ])

  private static let account = Shape.fields(
    ["id": .text, "member": .flag, "version": .integer],
    maybe: [
      "enrolledAt": .moment, "attributes": .map(.any), "cards": .list(.text),
      "balances": .list(.named("Balance")),
    ]
  ).with(personal: { $0 })

  /// The fields of every person's record.
  static func personal(_ shape: (Shape) -> Shape) -> [Shape.Member] {
    FieldDeclaration.standard.map { field in
      let value: Shape =
        switch field.kind {
        case .flag: .flag
        case .number: .integer
        default: .text
        }
      return Shape.Member(FieldNames.key(field.name), shape(value))
    }
  }

  private static let balance = Shape.fields(
    [
      "balance": .text, "available": .amount, "held": .amount, "pending": .amount,
      "posted": .amount, "lifetime": .amount, "version": .integer,
    ], maybe: ["expiringNext": .fields(["amount": .amount, "at": .moment])])

  private static let entry = Shape.fields(
    [
      "id": .text, "transaction": .integer, "kind": .word(TransactionKind.allCases.map(\.rawValue)),
      "at": .moment, "recordedAt": .moment, "balance": .text, "amount": .amount,
      "posted": .amount,
    ], maybe: ["order": .text, "hold": .text, "by": .text, "reason": .text])

  private static let hold = Shape.fields([
    "id": .text, "account": .text, "balance": .text,
    "state": .word(["open", "captured", "released", "replaced", "expired"]), "amount": .amount,
    "captured": .amount, "deadline": .moment,
  ])

  private static let client = Shape.fields(
    [
      "id": .text, "name": .text, "scopes": .list(.text),
      "secrets": .list(
        .fields(["place": .integer, "createdAt": .moment], maybe: ["revokedAt": .moment])),
    ], maybe: ["revokedAt": .moment])

  private static let revision = Shape.fields([
    "revision": .integer, "rules": .text, "publishedAt": .moment, "by": .text,
  ])

  private static let ruleFile = Shape.fields(
    ["path": .text, "text": .text], maybe: ["lists": .map(.text)])

  private static let webhook = Shape.fields(
    [
      "id": .text, "url": .text, "events": .list(.text), "createdAt": .moment, "told": .integer,
      "failures": .integer,
    ], maybe: ["pausedUntil": .moment, "secret": .text])
}

extension Shape {
  /// The object with the fields of every person's record, which need not be there.
  func with(personal shape: (Shape) -> Shape) -> Shape {
    guard case .object(let required, let optional) = self else { return self }
    return .object(required, optional: optional + Components.personal(shape))
  }
}
