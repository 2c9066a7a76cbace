extension Components {
  static let cart = Shape.fields(
    ["currency": .text, "lines": .list(.named("CartLine"))],
    maybe: [
      "at": .moment, "codes": .list(.text), "shipping": .givenAmount,
      "order": .fields(
        maybe: ["channel": .text, "store": .text, "country": .text, "attributes": .map(.any)]),
      "customer": .named("Customer"), "redeem": .map(.givenAmount), "pay": .map(.givenAmount),
      "declined": .list(.text), "explain": .word(["none", "near", "all"]),
    ])

  static let cartLine = Shape.fields(
    ["sku": .text, "price": .givenAmount, "quantity": .integer],
    maybe: [
      "id": .text, "name": .text, "category": .oneOrMore(.text), "brand": .oneOrMore(.text),
      "tags": .oneOrMore(.text), "attributes": .map(.any), "vendor": .text,
      "compareAt": .givenAmount, "floor": .givenAmount, "discountable": .flag, "giftCard": .flag,
      "gift": .text,
    ])

  static let customer = Shape.fields(
    maybe: [
      "id": .text, "email": .text, "member": .flag, "groups": .list(.text),
      "attributes": .map(.any),
    ])

  static let quote = Shape.fields([
    "formatVersion": .integer, "rules": .text, "currency": .text, "at": .moment,
    "lines": .list(.named("QuoteLine")),
    "gifts": .list(.fields(["campaign": .text, "sku": .text, "quantity": .integer])),
    "withdrawnGifts": .list(.fields(["id": .text, "sku": .text, "campaign": .text])),
    "subtotal": .amount, "discount": .amount,
    "shipping": .nullable(.fields(["price": .amount, "discount": .amount, "total": .amount])),
    "redeemed": .list(.named("Spend")), "total": .amount, "payments": .list(.named("Spend")),
    "due": .amount, "applied": .list(.named("Applied")),
    "notApplied": .list(.named("NotApplied")), "earned": .list(.named("Earned")),
    "codes": .list(
      .fields([
        "code": .text,
        "status": .word([
          "applied", "unknown", "not_yet", "expired", "used_up", "not_eligible", "beaten",
        ]),
      ])), "choice": .fields(["proven": .flag]), "warnings": .list(.text),
  ])

  static let quoteLine = Shape.fields([
    "id": .text, "sku": .text, "quantity": .integer, "price": .amount,
    "unitPrice": .nullable(.amount),
    "units": .list(.fields(["quantity": .integer, "unitPrice": .amount])), "subtotal": .amount,
    "discount": .amount, "orderShare": .amount, "redeemedShare": .amount, "total": .amount,
    "discounts": .list(
      .fields(
        ["stage": .word(["items", "order", "redeem"]), "amount": .amount],
        maybe: ["campaign": .text, "balance": .text])),
  ])

  static let applied = Shape.fields(
    [
      "campaign": .text, "title": .text, "discount": .amount, "times": .integer, "capped": .flag,
    ], maybe: ["message": .text, "missing": .named("Missing"), "hint": .text])

  static let notApplied = Shape.fields(
    [
      "campaign": .text,
      "reason": .word([
        "currency", "declined", "audience", "code", "schedule", "limit", "cap", "condition",
        "stacking", "nothing_to_give", "error",
      ]),
    ],
    maybe: [
      "detail": .fields([
        "left": .nullable(.text), "operator": .text, "right": .nullable(.text),
      ]), "missing": .named("Missing"), "hint": .text, "against": .list(.text), "saving": .amount,
    ])

  static let missing = Shape.fields(
    maybe: ["quantity": .integer, "amount": .amount, "visits": .integer, "count": .integer])

  static let earned = Shape.fields(
    [
      "campaign": .text, "balance": .text, "amount": .amount, "availableAt": .moment,
      "expiresAt": .nullable(.moment),
    ], maybe: ["clipped": .amount])

  static let givenQuote = Shape.fields(
    [
      "id": .text, "expiresAt": .moment, "guaranteed": .flag, "account": .nullable(.text),
      "quote": .named("Quote"),
    ],
    maybe: [
      "redeemable": .list(
        .fields(["balance": .text, "as": .word(["redeem", "pay"]), "amount": .amount]))
    ])
}
