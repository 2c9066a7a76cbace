import Testing

@Suite("the catalogue of bad input: people") struct AccountItemTests {
  private let hostile = [
    "'; DROP TABLE account; --", "\" OR \"\"=\"", "{\"$where\":\"1\"}", "${jndi:ldap://x}",
    "../../etc/passwd", "<script>alert(1)</script>", "%s%n", "\u{202e}", "\\",
  ]

  @Test("H33: what is code elsewhere is a text here, in every field that takes one")
  func injection() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    for (place, word) in hostile.enumerated() {
      let text = word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      let made = try shop(
        "POST", "/v1/accounts",
        #"""
        {"id":"m-\#(place)","externalId":"\#(text)\#(place)","givenName":"\#(text)","familyName":"\#(text)",
         "city":"\#(text)","attributes":{"tier":"\#(text)"}}
        """#, once: "make \(place)")
      #expect([201, 422].contains(made.status), "\(made.text)")
      if made.status == 201 {
        #expect(try shop("GET", "/v1/accounts/m-\(place)")["givenName"] == word)
      }
      let bought = try shop(
        "POST", "/v1/checkouts",
        #"""
        {"id":"o-\#(place)","cart":{"currency":"USD","order":{"channel":"\#(text)"},"codes":["\#(text)"],
          "lines":[{"sku":"\#(text)","name":"\#(text)","price":"1.00","quantity":1,"brand":"\#(text)"}]},
         "tenders":[{"method":"card","amount":"1.00","reference":"\#(text)"}]}
        """#, once: "buy \(place)")
      #expect([201, 422].contains(bought.status), "\(bought.text)")
      _ = try shop("POST", "/v1/accounts:search", #"{"externalId":"\#(text)","phone":"\#(text)"}"#)
    }
    try shop.member("last")
    #expect(try shop("GET", "/v1/accounts/last").status == 200)
    #expect(try server.fixture.audit() == [])
  }

  @Test("H34: a line of the log is one line of JSON, whatever names and headers hold")
  func logInjection() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    let evil = "x%0A%7B%22route%22%3A%22forged%22%7D%1B%5B31m"
    _ = try shop("GET", "/v1/accounts/\(evil)", headers: ["traceparent: 00-forged{}-forged-01"])
    _ = try shop("GET", "/v1/\(evil)?x=\(evil)")
    _ = try shop(
      "POST", "/v1/accounts", #"{"id":"m-1","givenName":"a\nforged\u001b[31m"}"#, once: "k")
    _ = try shop("POST", "/v1/clients", #"{"id":"x\nforged","scopes":["quotes"]}"#)
    #expect(server.log.count == 4)
    for line in server.log {
      #expect(line.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "\(line)")
      #expect(line.hasPrefix("{") && line.hasSuffix("}") && !line.contains("forged"), "\(line)")
    }
  }

  @Test("H41: a change of a record that has changed since is 412, and changes nothing")
  func staleVersion() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    try shop.member("m-1")
    let version = try #require(try shop("GET", "/v1/accounts/m-1").headers["etag"])
    let first = try shop(
      "PATCH", "/v1/accounts/m-1", #"{"city":"Oslo"}"#, headers: ["If-Match: \(version)"])
    #expect(first.status == 200)
    let second = try shop(
      "PATCH", "/v1/accounts/m-1", #"{"city":"Rome"}"#, headers: ["If-Match: \(version)"])
    #expect(second.said == "412 stale_version")
    #expect(try shop("GET", "/v1/accounts/m-1")["city"] == "Oslo")
    for header in ["x", "3", "\"-1\"", "\"1", "W/\"1\""] {
      let answer = try shop(
        "PATCH", "/v1/accounts/m-1", #"{"city":"Rome"}"#, headers: ["If-Match: \(header)"])
      #expect(answer.said == "400 bad_version", "\(header)")
    }
  }

  @Test("H42: null clears a field, and one that is not named stays")
  func nullAndMissing() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    _ = try shop(
      "POST", "/v1/accounts",
      #"{"id":"m-1","givenName":"Ada","city":"London","attributes":{"tier":"gold"}}"#, once: "k")
    let changed = try shop(
      "PATCH", "/v1/accounts/m-1", #"{"givenName":null,"familyName":"Lovelace"}"#)
    #expect(changed["givenName"] == nil)
    #expect((changed["city"], changed["attributes", "tier"]) == ("London", "gold"))
    #expect(try shop("PATCH", "/v1/accounts/m-1", "{}")["familyName"] == "Lovelace")
    let cleared = try shop("PATCH", "/v1/accounts/m-1", #"{"attributes":{"tier":null}}"#)
    #expect(cleared["attributes", "tier"] == nil)
    #expect(cleared["familyName"] == "Lovelace")
  }

  @Test("H43: of changes made at once no field is lost; with one version, one of them wins")
  func concurrentChanges() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    try shop.member("m-1")
    let fields = ["givenName", "familyName", "city"]
    let apart = try together(24) { place in
      let field = fields[place % 3]
      return try shop("PATCH", "/v1/accounts/m-1", #"{"\#(field)":"\#(field) of all"}"#).status
    }
    #expect(apart.allSatisfy { $0 == 200 })
    let shown = try shop("GET", "/v1/accounts/m-1")
    for field in fields { #expect(shown[field] == "\(field) of all") }
    let version = try #require(shown.headers["etag"])
    let racing = try together(16) { place in
      try shop(
        "PATCH", "/v1/accounts/m-1", #"{"city":"town \#(place)"}"#,
        headers: ["If-Match: \(version)"]
      ).status
    }
    #expect(racing.count { $0 == 200 } == 1)
    #expect(racing.count { $0 == 412 } == 15)
  }

  // An address or a telephone may be a family's, so two accounts may have the same; what belongs to
  // one person alone is the external id and the card.
  @Test(
    "H44: an id that somebody else has is 409 and does not say whose it is; an e-mail may be shared"
  )
  func taken() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    let person = #""externalId":"X-1","email":"ada@example.com","givenName":"Ada""#
    _ = try shop("POST", "/v1/accounts", #"{"id":"m-1",\#(person)}"#, once: "a")
    try shop.member("m-2")
    for answer in [
      try shop("POST", "/v1/accounts", #"{"id":"m-3","externalId":"X-1"}"#, once: "b"),
      try shop("PATCH", "/v1/accounts/m-2", #"{"externalId":"X-1"}"#),
    ] {
      #expect(answer.said == "409 identifier_taken")
      for secret in ["m-1", "Ada", "ada@"] { #expect(!answer.text.contains(secret)) }
    }
    #expect(try shop("PATCH", "/v1/accounts/m-2", #"{"email":"ada@example.com"}"#).status == 200)
    let found = try shop("POST", "/v1/accounts:search", #"{"email":"ada@example.com"}"#)
    #expect(found["accounts", "1", "id"] != nil)
  }

  @Test("H45: a birthday that is no day, of the 19th century, or still to come is 422")
  func birthdays() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    try shop.member("m-1")
    // The clock stands at 2027-01-15.
    for day in [
      "0000-00-00", "1800-01-01", "1899-12-31", "2027-01-17", "2999-01-01", "2001-02-29",
      "1990-13-01", "1990-5-3", "90-05-03", "yesterday", "",
    ] {
      let answer = try shop("PATCH", "/v1/accounts/m-1", #"{"birthday":"\#(day)"}"#)
      #expect(answer.status == 422 && answer["pointer"] == "/birthday", "\(day): \(answer.text)")
    }
    for day in ["1900-01-01", "2000-02-29", "2027-01-15"] {
      let answer = try shop("PATCH", "/v1/accounts/m-1", #"{"birthday":"\#(day)"}"#)
      #expect((answer.status, answer["birthday"]) == (200, day))
    }
  }

  @Test(
    "H46: forgetting somebody twice is 204 both times; with a hold open it is 409 until that is over"
  )
  func erasure() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    try shop.member("m-1", having: "10.00", of: "cashback")
    #expect(try shop.hold("h-1", "m-1", "4.00").status == 201)
    #expect(try shop("DELETE", "/v1/accounts/m-1").said == "409 open_holds")
    #expect(try shop("POST", "/v1/holds/h-1/release", once: "r").status == 200)
    let me = try server.shopper("m-1")
    #expect(try me("GET", "/v1/me/balances").status == 200)
    #expect(try shop("DELETE", "/v1/accounts/m-1").status == 204)
    #expect(try shop("DELETE", "/v1/accounts/m-1").status == 204)
    #expect(try shop("GET", "/v1/accounts/m-1").status == 404)
    #expect(try shop("DELETE", "/v1/accounts/nobody").status == 404)
    for path in ["me", "me/balances", "me/offers", "me/history"] {
      #expect(try me("GET", "/v1/\(path)").said == "401 unauthorized", "\(path)")
    }
    #expect(try server.fixture.audit() == [])
  }

  // What a shop may export of somebody is behind `/me`, which takes no id: there is nothing to ask
  // for under another one's.
  @Test("H47: a shopper has their own history and nobody else's, whatever is asked for")
  func foreignExport() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    try shop.member("m-1")
    try shop.member("m-2")
    #expect(try shop.buy("o-2", "m-2").status == 201)
    let me = try server.shopper("m-1")
    for path in ["", "?account=m-2", "?id=m-2", "?customer=m-2"] {
      let answer = try me("GET", "/v1/me/history\(path)")
      #expect(answer.status == 200 && !answer.text.contains("o-2"), "\(path)")
    }
    #expect(try me("GET", "/v1/me/history/m-2").status == 404)
    #expect(try me("GET", "/v1/checkouts/o-2").said == "403 forbidden")
    #expect(try shop("POST", "/v1/shopper-tokens", #"{"account":"nobody"}"#).status == 404)
  }
}
