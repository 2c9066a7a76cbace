import Testing

@Suite("accounts over HTTP") struct AccountServiceTests {
  private let rules = """
    currency USD
    balance points { }
    attributes { customer tier: text, birthday: date }
    group "new" { join on sign_up  leave after 1 visit }
    campaign welcome "Welcome" { for customers in group "new"  give $5 off order }
    campaign gold "Gold" { when customer.tier = "gold"  give $2 off order }
    """

  @Test("made, found, changed by version, merged and forgotten")
  func life() throws {
    let fixture = try ServiceFixture(rules)
    let call = fixture.caller
    let made = call(
      "POST", "/v1/accounts",
      #"""
      {"id":"m-1","externalId":"X-1","email":"Ada@Example.com","phone":"+1 (555) 010-9999","givenName":"Ada",
       "attributes":{"tier":"gold"}}
      """#, once: "a")
    #expect((made.status, made["outcome"]) == (201, "enrolled"), "\(made.text)")
    let shown = call("GET", "/v1/accounts/m-1")
    #expect((shown["givenName"], shown["attributes", "tier"]) == ("Ada", "gold"))
    let version = try #require(shown.headers["etag"])

    for (key, value) in [
      ("email", "ada@example.com "), ("phone", "00 1 555 0109999"),
    ] {
      let found = call("POST", "/v1/accounts:search", #"{"\#(key)":"\#(value)"}"#)
      #expect(found["accounts", "0", "id"] == "m-1", "\(found.text)")
      #expect(found["accounts", "0", "givenName"] == nil)
    }
    let taken = call(
      "POST", "/v1/accounts", #"{"id":"m-2","externalId":"X-1"}"#, once: "b")
    #expect((taken.status, taken["code"]) == (409, "identifier_taken"))
    #expect(!taken.text.contains("m-1"))

    let changed = call(
      "PATCH", "/v1/accounts/m-1", #"{"givenName":null,"familyName":"Lovelace"}"#,
      headers: [("if-match", version)])
    #expect((changed.status, changed["familyName"], changed["givenName"]) == (200, "Lovelace", nil))
    let stale = call(
      "PATCH", "/v1/accounts/m-1", #"{"city":"London"}"#, headers: [("if-match", version)])
    #expect((stale.status, stale["code"]) == (412, "stale_version"))
    for key in ["balance", "tier", "role", "groups"] {
      let refused = call("PATCH", "/v1/accounts/m-1", #"{"\#(key)":"x"}"#)
      #expect((refused.status, refused["code"]) == (422, "not_writable"))
    }
    #expect(call("PATCH", "/v1/accounts/m-1", #"{"birthday":"0000-00-00"}"#).status == 422)

    _ = call("POST", "/v1/accounts", #"{"id":"m-3","member":false}"#, once: "c")
    let merged = call("POST", "/v1/accounts/m-1/merge", #"{"from":"m-3"}"#, once: "d")
    #expect((merged.status, merged["merged"]) == (200, "m-3"))
    #expect(call("DELETE", "/v1/accounts/m-1").status == 204)
    #expect(call("DELETE", "/v1/accounts/m-1").status == 204)
    #expect(call("GET", "/v1/accounts/m-1").status == 404)
    let kinds = (0..<10).compactMap {
      call("GET", "/v1/events?limit=100")["events", "\($0)", "kind"]
    }
    #expect(kinds.contains("merged") && kinds.last == "erased", "\(kinds)")
  }

  @Test("sign-up puts one in the group, its offer is given once, and attributes are known")
  func welcome() throws {
    let fixture = try ServiceFixture(rules)
    let call = fixture.caller
    _ = call(
      "POST", "/v1/accounts", #"{"id":"m-1","attributes":{"tier":"gold"}}"#, once: "a")
    #expect(call("GET", "/v1/accounts/m-1/groups")["groups", "0"] == "new")
    let cart =
      #"{"currency":"USD","customer":{"id":"m-1"},"lines":[{"sku":"A","price":"50.00","quantity":1}]}"#
    #expect(call("POST", "/v1/quotes", cart)["quote", "total"] == "43.00")
    #expect(
      call("POST", "/v1/checkouts", #"{"id":"o-1","cart":\#(cart)}"#, once: "b").status == 201)
    #expect(call("GET", "/v1/accounts/m-1/groups")["groups", "0"] == nil)
    #expect(call("POST", "/v1/quotes", cart)["quote", "total"] == "48.00")
    #expect(call("PUT", "/v1/groups/new/members/m-1").status == 204)
    #expect(call("POST", "/v1/quotes", cart)["quote", "total"] == "43.00")
    #expect(call("DELETE", "/v1/groups/new/members/m-1").status == 204)
    #expect(call("PUT", "/v1/groups/other/members/m-1").status == 404)
  }
}
