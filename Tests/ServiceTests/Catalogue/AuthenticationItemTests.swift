import LocalTime
import Service
import Testing

@Suite("the catalogue of bad input: who is let in") struct AuthenticationItemTests {
  @Test("H1: no key, a malformed, an unknown, a revoked or an expired one is 401, each told alike")
  func keys() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    try shop.member("m-1")
    let secret = try #require(server.key.split(separator: ".").last)
    let till = try server.client("till", "quotes")
    let token = try server.shopper("m-1", seconds: 60)
    #expect(try shop("DELETE", "/v1/clients/till").status == 204)
    server.fixture.clock.move(by: 60)
    let wrong: [String?] = [
      nil, "x", "pk.shop", "pk..\(secret)", "pk.other.\(secret)", server.key + "0",
      String(server.key.dropLast()), till.key, token.key, String(repeating: "k", count: 3_000),
    ]
    var bodies: Set<String> = []
    for key in wrong {
      let answer = try SocketCaller(port: server.port, key: key)("GET", "/v1/groups")
      #expect(answer.said == "401 unauthorized", "\(key ?? "none")")
      #expect(answer.headers["www-authenticate"] == "Bearer")
      bodies.insert(answer.text)
    }
    let nobody = SocketCaller(port: server.port, key: nil)
    for header in ["Basic \(server.key)", "bearer", server.key, "Bearer  \(server.key)"] {
      let answer = try nobody("GET", "/v1/groups", headers: ["Authorization: \(header)"])
      bodies.insert(answer.text)
      #expect(answer.status == 401, "\(header)")
    }
    let twice = try shop("GET", "/v1/groups", headers: ["Authorization: Bearer \(server.key)"])
    bodies.insert(twice.text)
    #expect(twice.status == 401)
    #expect(bodies.count == 1)
  }

  @Test("H2: a key without the scope is 403, and the scope is named")
  func scopes() throws {
    let server = try CatalogueServer()
    let till = try server.client("till", "quotes")
    for (method, target, scope) in [
      ("GET", "/v1/groups", "accounts:read"), ("POST", "/v1/checkouts", "checkouts"),
      ("POST", "/v1/rules:publish", "rules:publish"), ("GET", "/v1/clients", "clients"),
      ("POST", "/v1/accounts/m-1/balances/points/adjustments", "balances:write"),
    ] {
      let answer = try till(method, target, method == "GET" ? "" : "{}", once: "k")
      #expect(answer.said == "403 forbidden")
      #expect(answer["detail"]?.hasSuffix(scope) == true, "\(answer.text)")
    }
    #expect(try till.quote().status == 200)
  }

  // Keys have no kinds: which data a key is good for is decided by the folder it was made in.
  @Test("H3: a key made for other data, such as those one tests with, is unknown here: 401")
  func otherData() throws {
    let live = try CatalogueServer()
    let test = try CatalogueServer()
    let answer = try SocketCaller(port: live.port, key: test.key)("GET", "/v1/groups")
    #expect(answer.said == "401 unauthorized")
    #expect(try test.shop("GET", "/v1/groups").status == 200)
  }

  // A shopper's token opens `/v1/me` alone, so whether another account is there never shows: every
  // other path is 403 before anything is looked up.
  @Test("H4: a shopper who asks for others, or for ids in a row, learns nothing of them")
  func others() throws {
    let server = try CatalogueServer()
    try server.shop.member("m-1", having: "7")
    try server.shop.member("m-2", having: "8")
    let me = try server.shopper("m-1")
    var bodies: Set<String> = []
    for id in ["m-2", "m-3", "nobody"] {
      for rest in ["", "/balances", "/groups"] {
        let answer = try me("GET", "/v1/accounts/\(id)\(rest)")
        #expect(answer.said == "403 forbidden")
        bodies.insert(answer.text)
      }
    }
    #expect(bodies.count == 1)
    #expect(try me("GET", "/v1/me?account=m-2&id=m-2")["id"] == "m-1")
    #expect(try me("GET", "/v1/me/balances?account=m-2")["balances", "0", "available"] == "7")
  }

  @Test(
    "H5: a shop's key opens nothing of /v1/me",
    arguments: ["me", "me/balances", "me/offers", "me/history"])
  func meWithKey(_ path: String) throws {
    let server = try CatalogueServer()
    #expect(try server.shop("GET", "/v1/\(path)").said == "403 forbidden")
  }

  @Test(
    "H6: an account's balances, tier, role and shop are not written with its record",
    arguments: ["balance", "balances", "points", "tier", "role", "groups", "cards", "merchantId"])
  func massAssignment(_ field: String) throws {
    let server = try CatalogueServer()
    let shop = server.shop
    try shop.member("m-1")
    let before = try shop("GET", "/v1/accounts/m-1").text
    for answer in [
      try shop("PATCH", "/v1/accounts/m-1", #"{"givenName":"Ada","\#(field)":"9"}"#),
      try shop("POST", "/v1/accounts", #"{"id":"m-2","\#(field)":"9"}"#, once: "k"),
    ] {
      #expect(answer.status == 422)
      #expect(["not_writable", "unknown_key"].contains(answer["code"]), "\(answer.text)")
      #expect(answer["pointer"] == "/\(field)")
    }
    #expect(try shop("GET", "/v1/accounts/m-1").text == before)
    #expect(try shop("GET", "/v1/accounts/m-2").status == 404)
  }

  @Test("H7: a shopper does not do what is a shop's, such as publishing rules")
  func functionLevel() throws {
    let server = try CatalogueServer()
    try server.shop.member("m-1")
    let me = try server.shopper("m-1")
    for (method, target) in [
      ("POST", "/v1/rules:publish"), ("POST", "/v1/rules:rollback"), ("POST", "/v1/clients"),
      ("POST", "/v1/accounts/m-1/balances/points/adjustments"), ("POST", "/v1/shopper-tokens"),
      ("DELETE", "/v1/accounts/m-1"), ("PUT", "/v1/groups/new/members/m-1"),
    ] {
      let answer = try me(method, target, method == "POST" ? "{}" : "", once: "k")
      #expect(answer.said == "403 forbidden", "\(target)")
    }
    #expect(try server.shop("GET", "/v1/rules")["inForce"] == "1")
  }

  @Test("H8: a key that asks too often is told when to come again, and no other key is")
  func rate() throws {
    let fixture = try ServiceFixture(CatalogueServer.rules)
    fixture.end()
    var opened: PromoService?
    try patiently {
      opened = try PromoService(
        data: fixture.path + "/data", rules: [fixture.path + "/rules"],
        requests: (burst: 50, perSecond: 1), clock: { Instant(secondsSince1970: 1_800_000_000) })
    }
    let server = try ServingSocket(try #require(opened))
    let shop = SocketCaller(port: server.port, key: fixture.key)
    let made = try shop("POST", "/v1/clients", #"{"id":"till","scopes":["accounts:read"]}"#)
    let key: String = try #require(made["key"])
    let till = SocketCaller(port: server.port, key: key)
    let ask = "GET /v1/groups HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(key)\r\n"
    let answers = try together(4) { _ in
      let last = ask + "Connection: close\r\n\r\n"
      return try till.raw(String(repeating: ask + "\r\n", count: 99) + last).text
    }.joined()
    let good = answers.ranges(of: "HTTP/1.1 200 ").count
    #expect((50...200).contains(good), "\(good)")
    #expect(answers.contains("HTTP/1.1 429 "))
    #expect(answers.contains("Retry-After: 1"))
    #expect(answers.contains(#""code":"too_many_requests""#))
    #expect(try shop("GET", "/v1/groups").status == 200)
  }

  @Test("H39: a seal of any length, right up to its last digit, is refused like any other")
  func seals() throws {
    let server = try CatalogueServer()
    try server.shop.member("m-1")
    let me = try server.shopper("m-1")
    let good = try #require(me.key)
    let parts = good.split(separator: ".").map(String.init)
    let flipped = good.dropLast() + (good.hasSuffix("0") ? "1" : "0")
    var bodies: Set<String> = []
    for token in [
      String(flipped), good + "00", String(good.dropLast(2)), String(good.dropLast(64)),
      "st.\(parts[1]).99999999999.\(parts[3])", "st.6d2d32.\(parts[2]).\(parts[3])",
      good.uppercased(), "st...", "st.\(parts[1]).\(parts[2])",
    ] {
      let answer = try SocketCaller(port: server.port, key: token)("GET", "/v1/me")
      #expect(answer.said == "401 unauthorized", "\(token)")
      bodies.insert(answer.text)
    }
    #expect(bodies.count == 1)
    #expect(try me("GET", "/v1/me").status == 200)
  }

  // The service asks others and is told nothing by them: no path takes a message for its signature.
  @Test(
    "H38: a message that is signed, and brings no key, opens nothing, however good or old it is")
  func signedMessages() throws {
    let server = try CatalogueServer()
    let nobody = SocketCaller(port: server.port, key: nil)
    for moment in ["1800000000", "1799999699", "1", "x"] {
      for path in ["/v1/webhooks", "/v1/events", "/v1/checkouts", "/v1/payments"] {
        let answer = try nobody(
          "POST", path, #"{"type":"order.paid"}"#, once: "k",
          headers: [
            "webhook-id: msg_1", "webhook-timestamp: \(moment)",
            "webhook-signature: v1,\(String(repeating: "A", count: 44))",
          ])
        #expect([401, 404, 405].contains(answer.status), "\(path): \(answer.text)")
      }
    }
    #expect(try server.shop("GET", "/v1/events")["events", "0", "place"] == nil)
  }

  @Test("H40: two secrets of a client are both good until one is retired")
  func rotation() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    let older = try server.client("till", "quotes")
    let added = try shop("POST", "/v1/clients/till/secrets")
    let second: String = try #require(added["key"])
    let newer = SocketCaller(port: server.port, key: second)
    #expect(try older.quote().status == 200)
    #expect(try newer.quote().status == 200)
    #expect(try shop("POST", "/v1/clients/till/secrets").said == "409 secret_limit")
    #expect(try shop("DELETE", "/v1/clients/till/secrets/1").status == 204)
    #expect(try older.quote().status == 401)
    #expect(try newer.quote().status == 200)
  }
}
