import SocketClient
import Testing

@Suite("the catalogue of bad input: asking twice") struct IdempotencyItemTests {
  @Test("H10: what moves value and brings no idempotency key is 400, and does nothing")
  func missing() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    try shop.member("m-1", having: "10.00", of: "cashback")
    for (method, target, body) in [
      ("POST", "/v1/accounts", #"{"id":"m-9"}"#),
      ("POST", "/v1/checkouts", #"{"id":"o-1","cart":\#(hundredDollars())}"#),
      ("POST", "/v1/checkouts/o-1/void", "{}"),
      (
        "POST", "/v1/accounts/m-1/balances/cashback/adjustments",
        #"{"kind":"redeem","amount":"1.00","reason":"x"}"#
      ),
      ("PUT", "/v1/accounts/m-1/balances/cashback", #"{"posted":"0.00","reason":"x"}"#),
      ("POST", "/v1/code-pools/letters/codes", #"{"count":1}"#),
    ] {
      let answer = try shop(method, target, body)
      #expect(answer.said == "400 idempotency_key_missing", "\(target)")
    }
    #expect(try shop("GET", "/v1/accounts/m-9").status == 404)
    #expect(try shop("GET", "/v1/checkouts/o-1").status == 404)
    #expect(try shop.available("cashback", of: "m-1") == "10.00")
  }

  @Test("H11: an idempotency key that is too long, empty, no ASCII or there twice is 400")
  func wrong() throws {
    let server = try CatalogueServer()
    for keys in [
      [String(repeating: "k", count: 256)], [""], ["  "], ["\"\""], ["\u{e9}"], ["a\tb"],
      ["a", "a"], ["a", "b"],
    ] {
      let answer = try server.shop(
        "POST", "/v1/accounts", #"{"id":"m-1"}"#,
        headers: keys.map { "Idempotency-Key: \($0)" })
      #expect(answer.said == "400 bad_idempotency_key", "\(keys)")
    }
    #expect(try server.shop("GET", "/v1/accounts/m-1").status == 404)
  }

  @Test("H12: a key sent again with another body or path is 422; another client's is its own")
  func reuse() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    let other = try server.client("other", "checkouts", "accounts:write")
    let body = #"{"id":"o-1","cart":\#(hundredDollars())}"#
    let first = try shop("POST", "/v1/checkouts", body, once: "k")
    #expect(first.status == 201)
    let changed = try shop("POST", "/v1/checkouts", body + " ", once: "k")
    #expect(changed.said == "422 idempotency_mismatch")
    let elsewhere = try shop("POST", "/v1/checkouts/o-1/void", body, once: "k")
    #expect(elsewhere.status == 422)
    let path = try shop("POST", "/v1/checkouts/o-1/void", once: "k")
    #expect(path.said == "422 idempotency_mismatch")
    let theirs = try other(
      "POST", "/v1/checkouts", #"{"id":"o-2","cart":\#(hundredDollars())}"#, once: "k")
    #expect(theirs.status == 201)
    #expect(theirs.headers["idempotency-replayed"] == nil)
    let again = try shop("POST", "/v1/checkouts", body, once: "k")
    #expect(again.body == first.body)
    #expect(again.headers["idempotency-replayed"] == "true")
    #expect(try shop("GET", "/v1/checkouts/o-1")["state"] == "final")
  }

  // A twin waits while the first one runs, and is answered as the first one is; only one that waits
  // too long is sent away, as TwinTests show.
  @Test("H13: 32 twins at once are done once and answered alike")
  func twins() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    try shop.member("m-1", having: "10.00", of: "cashback")
    let target = "/v1/accounts/m-1/balances/cashback/adjustments"
    let body = #"{"kind":"redeem","amount":"1.00","reason":"twins"}"#
    let answers = try together(32) { _ in try shop("POST", target, body, once: "k") }
    #expect(Set(answers.map(\.body)).count == 1)
    #expect(answers.allSatisfy { $0.status == 200 })
    #expect(try shop.available("cashback", of: "m-1") == "9.00")
  }

  // Keys are kept as long as the books are, so there is no retention to outlive; an order is done
  // once under any key.
  @Test("H14: an order that is there is refused under a new key, and under the old one is shown")
  func retention() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    let body = #"{"id":"o-1","cart":\#(hundredDollars())}"#
    let first = try shop("POST", "/v1/checkouts", body, once: "k")
    server.fixture.clock.move(by: 20 * 365 * 86_400)
    #expect(try shop("POST", "/v1/checkouts", body, once: "k").body == first.body)
    #expect(try shop("POST", "/v1/checkouts", body, once: "new").said == "409 order_exists")
  }

  @Test("H23: a body that breaks off does nothing; an answer nobody took is had by asking again")
  func brokenOff() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    let body = #"{"id":"o-1","cart":\#(hundredDollars())}"#
    let head =
      "POST /v1/checkouts HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(server.key)\r\n"
      + "Content-Type: application/json\r\nIdempotency-Key: k\r\n"
      + "Content-Length: \(body.utf8.count)\r\n\r\n"
    do {
      let client = try #require(SocketClient(port: server.port))
      client.send(head + body.dropLast())
    }
    #expect(try shop("GET", "/v1/checkouts/o-1").status == 404)
    do {
      let client = try #require(SocketClient(port: server.port))
      client.send(head + body)
    }
    let again = try shop("POST", "/v1/checkouts", body, once: "k")
    #expect(again.status == 201)
    #expect(try shop("GET", "/v1/checkouts/o-1")["state"] == "final")
    #expect(try shop("POST", "/v1/checkouts", body, once: "other").said == "409 order_exists")
    #expect(try server.fixture.audit() == [])
  }
}
