extension Description {
  static let operation: KeyValuePairs<String, Description> = [
    "GET /v1/rules": Description(
      arguments: [Argument("before", .integer), limit],
      answers: [
        (200, .fields(["inForce": .integer, "revisions": .list(.named("Revision"))]))
      ]),
    "GET /v1/rules/{revision}": Description(
      answers: [
        (
          200,
          .fields([
            "revision": .integer, "rules": .text, "publishedAt": .moment, "by": .text,
            "files": .list(.named("RuleFile")),
          ])
        )
      ]),
    "POST /v1/rules:check": Description(
      ruleFiles,
      answers: [
        (
          200,
          .fields(["ok": .flag, "findings": .list(.named("Finding"))], maybe: ["rules": .text])
        )
      ]),
    "POST /v1/rules:publish": Description(ruleFiles, answers: [(200, published)]),
    "POST /v1/rules:rollback": Description(
      .fields(["revision": .integer]), answers: [(200, published)]),
    "GET /v1/clients": Description(
      answers: [(200, .fields(["clients": .list(.named("Client"))]))]),
    "POST /v1/clients": Description(
      .fields(
        ["id": .text, "scopes": .list(.word(Scope.allCases.map(\.rawValue)))],
        maybe: ["name": .text]),
      answers: [(201, shownKey)]),
    "DELETE /v1/clients/{id}": Description(answers: [(204, nil)]),
    "POST /v1/clients/{id}/secrets": Description(answers: [(201, shownKey)]),
    "DELETE /v1/clients/{id}/secrets/{place}": Description(answers: [(204, nil)]),
    "GET /v1/webhooks": Description(
      answers: [(200, .fields(["webhooks": .list(.named("Webhook"))]))]),
    "POST /v1/webhooks": Description(
      .fields(["id": .text, "url": .text], maybe: ["events": .list(.text)]),
      answers: [(201, .named("Webhook"))]),
    "GET /v1/webhooks/{id}": Description(answers: [(200, .named("Webhook"))]),
    "PATCH /v1/webhooks/{id}": Description(
      .fields(maybe: ["url": .text, "events": .list(.text)]),
      answers: [(200, .named("Webhook"))]),
    "DELETE /v1/webhooks/{id}": Description(answers: [(204, nil)]),
    "POST /v1/webhooks/{id}/secrets": Description(
      .fields(maybe: ["overlapSeconds": .integer]), isOptional: true,
      answers: [(201, .named("Webhook"))]),
    "GET /v1/webhooks/{id}/deliveries": Description(
      arguments: [Argument("after", .text), limit],
      answers: [
        (
          200,
          .fields(
            [
              "deliveries": .list(
                .fields(
                  ["event": .integer, "state": .text, "attempts": .integer],
                  maybe: ["nextAt": .moment, "trouble": .text]))
            ], maybe: ["next": .text])
        )
      ]),
    "POST /v1/webhooks/{id}/deliveries/{event}/retry": Description(answers: [(204, nil)]),
    "GET /v1/actions": Description(
      arguments: [Argument("after", .text), limit],
      answers: [
        (
          200,
          .fields([
            "actions": .list(
              .fields([
                "place": .integer, "by": .text, "action": .text, "about": .text, "at": .moment,
              ])), "next": .text,
          ])
        )
      ]),
    "GET /healthz": Description(answers: [(200, .fields(["status": .text]))]),
    "GET /readyz": Description(
      answers: [(200, .fields(["status": .text, "rules": .text, "revision": .integer]))]),
    "GET /metrics": Description(answers: [(200, nil)]),
    "GET /openapi.json": Description(answers: [(200, .any)]),
  ]

  private static let ruleFiles = Shape.fields(["files": .list(.named("RuleFile"))])
  private static let published = Shape.fields([
    "revision": .integer, "rules": .text, "findings": .list(.named("Finding")),
  ])
  private static let shownKey = Shape.fields(["id": .text, "key": .text])
}
