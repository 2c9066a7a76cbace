extension Description {
  static let people: KeyValuePairs<String, Description> = [
    "POST /v1/accounts": Description(
      record(["id": .text], maybe: ["member": .flag]), answers: [(201, outcome), (200, outcome)]),
    "POST /v1/accounts:search": Description(
      .fields(
        maybe: [
          "card": .text, "externalId": .text, "email": .text, "phone": .text,
          "fields": .list(.text), "balances": .list(.text), "cards": .flag,
        ]), answers: [(200, accounts)]),
    "GET /v1/accounts": Description(
      arguments: [Argument("card", .text), Argument("externalId", .text)],
      answers: [(200, accounts)]),
    "GET /v1/accounts/{id}": Description(answers: [(200, .named("Account"))]),
    "PATCH /v1/accounts/{id}": Description(
      record(), ifMatch: false, answers: [(200, .named("Account"))]),
    "DELETE /v1/accounts/{id}": Description(answers: [(204, nil)]),
    "POST /v1/accounts/{id}/merge": Description(
      .fields(["from": .text]), answers: [(200, .fields(["id": .text, "merged": .text]))]),
    "POST /v1/accounts/{id}/disable": Description(answers: [(200, outcome)]),
    "POST /v1/accounts/{id}/enable": Description(answers: [(200, outcome)]),
    "GET /v1/events": Description(
      arguments: [Argument("after", .text), limit], answers: [(200, events)]),
    "GET /v1/accounts/{id}/groups": Description(
      answers: [(200, .fields(["account": .text, "groups": .list(.text)]))]),
    "PUT /v1/groups/{group}/members/{id}": Description(answers: [(204, nil)]),
    "DELETE /v1/groups/{group}/members/{id}": Description(answers: [(204, nil)]),
    "GET /v1/groups/{group}/members": Description(
      arguments: [Argument("after", .text), limit],
      answers: [
        (200, .fields(["group": .text, "members": .list(.text)], maybe: ["next": .text]))
      ]),
    "GET /v1/card-pools": Description(answers: [(200, .fields(["pools": .list(pool)]))]),
    "PUT /v1/card-pools/{pool}": Description(
      .fields(
        ["width": .integer, "last": .integer],
        maybe: ["prefix": .text, "first": .integer, "hasCheckDigit": .flag]),
      answers: [(200, pool)]),
    "POST /v1/accounts/{id}/cards": Description(
      .fields(["pool": .text], maybe: ["number": .text]),
      answers: [(201, .fields(["account": .text, "pool": .text, "card": .text]))]),
    "GET /v1/groups": Description(answers: [(200, .fields(["groups": .list(group)]))]),
    "GET /v1/groups/{group}": Description(answers: [(200, group)]),
    "POST /v1/groups": Description(
      .fields(["name": .text], maybe: ["description": .nullable(.text)]),
      answers: [(201, group)]),
    "PATCH /v1/groups/{group}": Description(
      .fields(["description": .nullable(.text)]), answers: [(200, group)]),
    "DELETE /v1/groups/{group}": Description(answers: [(204, nil)]),
    "POST /v1/shopper-tokens": Description(
      .fields(["account": .text], maybe: ["seconds": .integer]),
      answers: [(201, .fields(["token": .text, "expiresAt": .moment]))]),
    "GET /v1/me": Description(answers: [(200, .named("Account"))]),
    "GET /v1/me/balances": Description(answers: [(200, balances)]),
    "GET /v1/me/offers": Description(
      arguments: [Argument("currency", .text)],
      answers: [
        (
          200,
          .fields([
            "offers": .list(
              .fields(
                ["campaign": .text], maybe: ["title": .text, "hint": .text, "usesLeft": .integer]))
          ])
        )
      ]),
    "GET /v1/me/history": Description(
      arguments: [limit, Argument("after", .text)],
      answers: [
        (
          200,
          .fields(
            [
              "purchases": .list(
                .fields([
                  "id": .text, "state": .text, "recordedAt": .moment,
                  "receipt": .nullable(.named("Receipt")),
                ]))
            ], maybe: ["next": .text])
        )
      ]),
  ]

  static let balances = Shape.fields(["account": .text, "balances": .list(.named("Balance"))])

  private static let group = Shape.fields(
    ["name": .text, "declared": .flag, "joinsOn": .list(.text)],
    maybe: ["description": .text, "leavesAfterVisits": .integer, "leavesAfter": .text])

  private static let pool = Shape.fields([
    "name": .text, "prefix": .text, "width": .integer, "first": .integer, "last": .integer,
    "hasCheckDigit": .flag,
  ])

  private static let accounts = Shape.fields(["accounts": .list(.named("Account"))])

  /// What can be written of a person; `null` clears.
  private static func record(
    _ required: KeyValuePairs<String, Shape> = [:], maybe: KeyValuePairs<String, Shape> = [:]
  ) -> Shape {
    let attributes = Shape.Member("attributes", .map(.any))
    let required = required.map { Shape.Member($0.key, $0.value) }
    let optional = maybe.map { Shape.Member($0.key, $0.value) }
    return Shape.object(required, optional: optional + [attributes])
      .with(personal: Shape.nullable)
  }

  private static let events = Shape.fields([
    "events": .list(
      .fields(
        [
          "place": .integer, "kind": .text, "account": .text, "names": .list(.text),
          "at": .moment,
        ], maybe: ["other": .text])), "next": .text,
  ])
}
