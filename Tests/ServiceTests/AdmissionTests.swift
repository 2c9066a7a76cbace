import HTTP
import Service
import Testing

@Suite("who is let in, and with what") struct AdmissionTests {
  private func fixture() throws -> ServiceFixture {
    try ServiceFixture("currency USD\nbalance points { }\ngroup \"new\" { join on sign_up }\n")
  }

  @Test("without a key that is good it is 401, whatever is wrong with it")
  func keys() throws {
    let fixture = try fixture()
    var call = fixture.caller
    let good = fixture.key
    let parts = good.split(separator: ".").map(String.init)
    let wrong: [String?] = [
      nil, "", "x", "pk.shop", "pk.other.\(parts[2])", "pk.shop.\(parts[2].reversed())",
      good + "0", "st.\(parts[2]).99999999999.00",
    ]
    var bodies = Set<String>()
    for key in wrong {
      call.key = key
      let answer = call("GET", "/v1/groups")
      #expect(answer.status == 401, "\(key ?? "none")")
      bodies.insert(answer.text)
    }
    #expect(bodies.count == 1)
  }

  @Test("a key opens what its scopes say, and is ended alone")
  func scopes() throws {
    let fixture = try fixture()
    let admin = fixture.caller
    let made = admin(
      "POST", "/v1/clients", #"{"id":"till","scopes":["quotes","accounts:read"]}"#)
    #expect(made.status == 201)
    var till = admin
    till.key = made["key"]
    #expect(till("GET", "/v1/groups").status == 200)
    let refused = till(
      "POST", "/v1/accounts/m/balances/points/adjustments", #"{"kind":"issue"}"#, once: "k")
    #expect((refused.status, refused["code"]) == (403, "forbidden"))
    #expect(refused.text.contains("balances:write"))

    let second = admin("POST", "/v1/clients/till/secrets")
    #expect(second.status == 201)
    #expect(admin("POST", "/v1/clients/till/secrets")["code"] == "secret_limit")
    var newer = admin
    newer.key = second["key"]
    #expect(till("GET", "/v1/groups").status == 200)
    #expect(newer("GET", "/v1/groups").status == 200)
    #expect(admin("DELETE", "/v1/clients/till/secrets/1").status == 204)
    #expect(till("GET", "/v1/groups").status == 401)
    #expect(newer("GET", "/v1/groups").status == 200)
    #expect(admin("DELETE", "/v1/clients/till").status == 204)
    #expect(newer("GET", "/v1/groups").status == 401)
    #expect(!admin("GET", "/v1/clients").text.contains("digest"))
  }

  @Test("a shopper sees their own account, and nothing else")
  func shopper() throws {
    let fixture = try fixture()
    let shop = fixture.caller
    shop.member("m-1", having: "7")
    shop.member("m-2", having: "8")
    let minted = shop("POST", "/v1/shopper-tokens", #"{"account":"m-1","seconds":60}"#)
    var me = shop
    me.key = minted["token"]
    #expect(me("GET", "/v1/me")["id"] == "m-1")
    #expect(me("GET", "/v1/me/balances")["balances", "0", "available"] == "7")
    #expect(me("GET", "/v1/accounts/m-2").status == 403)
    #expect(shop("GET", "/v1/me").status == 403)
    me.key = minted["token"].map { $0.dropLast() + ($0.hasSuffix("0") ? "1" : "0") }
    #expect(me("GET", "/v1/me").status == 401)
    me.key = minted["token"]
    fixture.clock.move(by: 60)
    #expect(me("GET", "/v1/me").status == 401)
  }

  @Test("what moves value brings a key that says which request it is")
  func idempotencyKeys() throws {
    let fixture = try fixture()
    let call = fixture.caller
    let body = #"{"id":"m-1"}"#
    func register(_ keys: [String]) -> Caller.Answer {
      call(
        "POST", "/v1/accounts", body, headers: keys.map { ("idempotency-key", $0) })
    }
    #expect(register([])["code"] == "idempotency_key_missing")
    for keys in [[""], ["é"], ["a", "a"], [String(repeating: "k", count: 256)], ["a\u{7}"]] {
      let answer = register(keys)
      #expect((answer.status, answer["code"]) == (400, "bad_idempotency_key"), "\(keys)")
    }
    #expect(register([String(repeating: "k", count: 255)]).status == 201)
    #expect(register(["\"quoted\""]).status == 200)
  }

  @Test("unknown paths, methods and bodies are each told apart")
  func paths() throws {
    let fixture = try fixture()
    let call = fixture.caller
    #expect(call("GET", "/v1/nothing").status == 404)
    let method = call("DELETE", "/v1/quotes")
    #expect((method.status, method.headers["allow"]) == (405, "POST"))
    #expect(call("HEAD", "/v1/groups").status == 200)
    let text = call(
      "POST", "/v1/quotes", "", headers: [("content-type", "text/plain")])
    #expect(text.status == 400)
    let typed = call.service.answer(
      .init(
        method: "POST", path: ["v1", "quotes"],
        headers: [("authorization", "Bearer \(fixture.key)"), ("content-type", "text/plain")],
        body: Array("{}".utf8)), log: { _ in })
    #expect(typed.status == 415)
    let unknown = call("POST", "/v1/clients", #"{"id":"x","scope":["quotes"]}"#)
    #expect((unknown.status, unknown["code"], unknown["pointer"]) == (422, "unknown_key", "/scope"))
    let known = call(
      "POST", "/v1/quotes",
      #"{"currency":"USD","lines":[],"usage":{"a":{"redemptions":1}}}"#)
    #expect((known.status, known["code"]) == (422, "not_writable"))
    let people = call("GET", "/v1/accounts?email=a@example.com")
    #expect((people.status, people["code"]) == (400, "personal_data_in_url"))
  }

  @Test("a customer who tries many codes that nobody knows is stopped")
  func guesses() throws {
    let fixture = try fixture()
    let call = fixture.caller
    call.member("m-1")
    func tryCode(_ code: Int) -> Int {
      call(
        "POST", "/v1/quotes",
        #"{"currency":"USD","customer":{"id":"m-1"},"codes":["X\#(code)"],"lines":[]}"#
      ).status
    }
    let statuses = (0..<30).map(tryCode)
    #expect(statuses.prefix(20).allSatisfy { $0 == 200 })
    #expect(statuses.last == 429)
  }

  @Test("how often a client may ask is told by an option with bounds")
  func rate() throws {
    let fixture = try fixture()
    fixture.end()
    func serve(_ rate: String) -> String {
      let remarks = ServerOutput(descriptor: nil)
      // The address is nobody's, so that a server which gets as far ends there.
      let words = [
        "serve", "--data", fixture.path + "/data", "--rules", fixture.path + "/rules",
        "--address", "203.0.113.1", "--port", "0", "--client-rate", rate,
      ]
      #expect(runServer(words, output: ServerOutput(descriptor: nil), remarks: remarks) == 2)
      return remarks.text
    }
    for rate in ["0", "1000001", "-1", "many", ""] {
      #expect(serve(rate).contains("--client-rate is from 1 to 1000000"), "\(rate)")
    }
    for rate in ["1", "1000000"] { #expect(serve(rate).contains("can not listen"), "\(rate)") }
  }

  @Test("the commits of the ledger are counted, and those who ask for nothing make none")
  func commits() throws {
    let fixture = try fixture()
    func commits() -> String? {
      let lines = fixture.caller("GET", "/metrics").text.split(separator: "\n")
      return lines.first { $0.hasPrefix("promo_ledger_commits_total ") }.map(String.init)
    }
    #expect(commits() == "promo_ledger_commits_total 0")
    fixture.caller("POST", "/v1/quotes", #"{"currency":"USD","lines":[]}"#)
    #expect(commits() == "promo_ledger_commits_total 0")
    fixture.caller(
      "POST", "/v1/checkouts", #"{"id":"o","cart":{"currency":"USD","lines":[]}}"#, once: "o")
    #expect(commits() == "promo_ledger_commits_total 1")
  }

  @Test("small carts of guests are answered at once; what may wait is not")
  func quick() throws {
    let fixture = try fixture()
    let bounded = try ServiceFixture(
      "currency USD\ncampaign c { give 1% off items limit 5 total }")
    func isQuick(
      _ body: String, path: String = "quotes", query: String? = nil,
      of service: PromoService? = nil
    ) -> Bool {
      (service ?? fixture.service).isQuick(
        HTTPRequest(
          method: "POST", path: ["v1", path], query: query.map { [($0, "true")] } ?? [],
          body: Array(body.utf8)))
    }
    let cart = #"{"currency":"USD","lines":[]}"#
    #expect(isQuick(cart))
    #expect(isQuick(cart + String(repeating: " ", count: 16_384 - cart.utf8.count)))
    #expect(!isQuick(cart + String(repeating: " ", count: 16_385 - cart.utf8.count)))
    #expect(!isQuick(#"{"currency":"USD","customer":{"id":"m"},"lines":[]}"#))
    #expect(!isQuick(cart, query: "guarantee"))
    #expect(!isQuick(cart, path: "checkouts"))
    #expect(!isQuick(#"{"currency":"USD","\u0063ustomer":{"id":"m"},"lines":[]}"#))
    #expect(!isQuick(#"{"currency":"USD","explain":"all","lines":[]}"#))
    #expect(!isQuick(cart, of: bounded.service))
  }

  @Test("the description names routes of several resources")
  func description() throws {
    let fixture = try fixture()
    let text = fixture.caller("GET", "/openapi.json").text
    for path in ["/v1/quotes", "/v1/checkouts/{id}/returns", "/v1/me/offers", "/metrics"] {
      #expect(text.contains("\"\(path)\""), "\(path)")
    }
  }
}
