extension Description {
  static let value: KeyValuePairs<String, Description> = [
    "GET /v1/accounts/{id}/balances": Description(answers: [(200, balances)]),
    "GET /v1/accounts/{id}/ledger": Description(
      arguments: [Argument("balance", .text), limit, Argument("after", .text)],
      answers: [
        (
          200,
          .fields(
            ["account": .text, "entries": .list(.named("Entry"))], maybe: ["next": .text])
        )
      ]),
    "POST /v1/accounts/{id}/balances/{name}/adjustments": Description(
      .fields(
        ["kind": .word(["issue", "redeem", "adjust"]), "amount": .givenAmount, "reason": .text],
        maybe: [
          "order": .text, "campaign": .text, "availableAt": .moment, "expiresAt": .moment,
          "allowsDebt": .flag, "takesWhatThereIs": .flag,
        ]), answers: [(200, moved)]),
    "PUT /v1/accounts/{id}/balances/{name}": Description(
      .fields(["posted": .givenAmount, "reason": .text]), ifMatch: true,
      answers: [(200, moved)]),
    "POST /v1/holds": Description(
      .fields(
        [
          "id": .text, "account": .text, "balance": .text, "amount": .givenAmount,
          "deadline": .moment,
        ], maybe: ["takesWhatThereIs": .flag, "replaces": .text]),
      answers: [
        (
          201,
          .fields(
            [
              "id": .text, "account": .text, "balance": .text, "amount": .amount,
              "deadline": .moment,
            ], maybe: ["due": .amount])
        )
      ]),
    "GET /v1/holds/{id}": Description(answers: [(200, .named("Hold"))]),
    "POST /v1/holds/{id}/capture": Description(
      .fields(maybe: ["amount": .givenAmount, "keepsRemainder": .flag, "reason": .text]),
      answers: [
        (200, .fields(["id": .text, "outcome": .text, "amount": .amount, "held": .amount]))
      ]),
    "POST /v1/holds/{id}/release": Description(
      answers: [(200, .fields(["id": .text, "outcome": .text, "amount": .amount]))]),
    "POST /v1/spending-accounts": Description(
      .fields(
        ["id": .text, "balance": .text],
        maybe: ["name": .text, "startsAt": .moment, "endsAt": .moment]),
      answers: [(201, outcome)]),
    "GET /v1/spending-accounts/{id}": Description(
      answers: [
        (
          200,
          .fields(
            [
              "id": .text, "name": .text, "balance": .named("Balance"),
              "assignments": .list(
                .fields(["scope": .text, "key": .text, "exceedMaximum": .amount])),
            ], maybe: ["startsAt": .moment, "endsAt": .moment])
        )
      ]),
    "POST /v1/spending-accounts:usable": Description(
      .fields(["user": .text], maybe: ["groups": .list(.text), "buyer": .text]),
      answers: [
        (
          200,
          .fields([
            "accounts": .list(
              .fields(
                [
                  "id": .text, "name": .text, "balance": .text, "available": .amount,
                  "exceedMaximum": .amount,
                ], maybe: ["endsAt": .moment]))
          ])
        )
      ]),
    "PUT /v1/spending-accounts/{id}/assignments/{scope}/{key}": Description(
      .fields(maybe: ["exceedMaximum": .givenAmount]), isOptional: true, answers: [(204, nil)]),
    "DELETE /v1/spending-accounts/{id}/assignments/{scope}/{key}": Description(
      answers: [(204, nil)]),
    "POST /v1/code-pools/{pool}/codes": Description(
      .fields(["count": .integer]),
      answers: [
        (201, .fields(["pool": .text, "count": .integer], maybe: ["codes": .list(.text)]))
      ]),
  ]

  private static let moved = Shape.fields(
    ["account": .text, "balance": .text, "outcome": .text, "amount": .amount],
    maybe: ["due": .amount, "clipped": .amount, "transaction": .integer])
}
