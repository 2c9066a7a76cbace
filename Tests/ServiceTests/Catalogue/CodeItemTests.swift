import Testing

@Suite("the catalogue of bad input: codes and customers") struct CodeItemTests {
  // Codes say more than the catalogue asks for: "not yours" is `not_eligible` and not `unknown`, so
  // that a shop can tell its customer what is missing. Who guesses is stopped by H9.
  @Test(
    "C31: a code that is unknown, over, early, used up or not theirs is priced without, and says why"
  )
  func codes() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    try shop.member("m-1")
    #expect(try shop.buy("o-1", nil, #""codes":["ONCE"],"#)["charged"] == "99.00")
    for (code, status) in [
      ("NOPE", "unknown"), ("OLD", "expired"), ("SOON", "not_yet"), ("ONCE", "used_up"),
      ("INSIDE", "not_eligible"),
    ] {
      let answer = try shop.quote("m-1", #""codes":["\#(code)"],"#)
      #expect((answer.status, answer["quote", "codes", "0", "status"]) == (200, status))
      #expect(answer["quote", "total"] == "90.00", "\(code)")
    }
  }

  @Test("H9: who guesses codes is stopped: the customer, and the address, whatever names they give")
  func guessing() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    try shop.member("m-1")
    try shop.member("m-2")
    try shop.member("m-3")
    func guess(_ customer: String?, from address: String? = nil, _ code: Int) throws -> Int {
      let who = customer.map { #""customer":{\#($0)},"# } ?? ""
      let answer = try shop(
        "POST", "/v1/quotes", #"{"currency":"USD",\#(who)"codes":["X\#(code)"],"lines":[]}"#,
        headers: address.map { ["Forwarded: for=\"\($0)\";proto=https, for=10.0.0.1"] } ?? [])
      if answer.status == 429 {
        #expect(answer["code"] == "too_many_codes" && answer.headers["retry-after"] == "60")
      }
      return answer.status
    }
    func stopped(_ statuses: [Int]) -> Bool {
      statuses.prefix(20).allSatisfy { $0 == 200 }
        && statuses.dropFirst(22).allSatisfy { $0 == 429 }
    }
    // One customer, from everywhere.
    #expect(
      stopped(try (0..<30).map { try guess(#""id":"m-1""#, from: "192.0.2.\($0)", $0) }))
    #expect(try guess(#""id":"m-2""#, from: "198.51.100.1", 1) == 200)
    // One address, under a new name each time.
    #expect(
      stopped(try (0..<30).map { try guess(#""email":"a\#($0)@b.c""#, from: "2001:db8::7", $0) }))
    #expect(try guess(nil, from: "2001:db8::7", 99) == 429)
    #expect(try guess(#""id":"m-3""#, from: "2001:DB8::7", 99) == 429)
    #expect(try guess(nil, from: "2001:db8::8", 99) == 200)
    // Guests of whom no address is named are counted together, under whatever name.
    #expect(stopped(try (0..<30).map { try guess(#""id":"nobody-\#($0)""#, $0) }))
    #expect(try guess(nil, 99) == 429)
    #expect(try guess(#""id":"m-2""#, 99) == 200)
    // Another key, and a code that is known, are not stopped.
    #expect(try server.client("till", "quotes").quote(nil, #""codes":["NOPE"],"#).status == 200)
    #expect(try shop.quote(nil, #""codes":["ONCE"],"#)["quote", "total"] == "99.00")
  }

  // Somebody of whom the shop knows and the ledger does not is priced as a guest; who was merged is
  // followed to the account that is left.
  @Test(
    "C32: a customer who is unknown, forgotten or disabled gets what a guest gets; a merged one all"
  )
  func customers() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    for id in ["gone", "off", "old", "new"] {
      try shop.member(id, having: "10.00", of: "cashback")
    }
    #expect(try shop("DELETE", "/v1/accounts/gone").status == 204)
    #expect(try shop("POST", "/v1/accounts/off/disable").status == 200)
    #expect(
      try shop("POST", "/v1/accounts/new/merge", #"{"from":"old"}"#, once: "m").status == 200)
    let taking = #""redeem":{"cashback":"20.00"},"#
    for id in ["nobody", "gone"] {
      let answer = try shop.quote(id, taking)
      #expect((answer.status, answer["account"]) == (200, nil), "\(id)")
      #expect(answer["quote", "total"] == "100.00", "\(answer.text)")
    }
    let off = try shop.quote("off", taking)
    #expect(off["quote", "redeemed", "0", "amount"] == "0.00")
    #expect(try shop.buy("o-1", "off").status == 201)
    #expect(try shop.available("points", of: "off") == "0")
    #expect(try shop.available("cashback", of: "off") == "10.00")
    let merged = try shop.quote("old", taking)
    #expect((merged["account"], merged["quote", "total"]) == ("new", "70.00"))
    let minted = try shop("POST", "/v1/shopper-tokens", #"{"account":"gone"}"#)
    #expect(minted.said == "404 unknown_account")
  }

  @Test("C33: a cart has no flag that makes a customer a guest: a customer with an id is not one")
  func guestFlag() throws {
    let server = try CatalogueServer()
    try server.shop.member("m-1")
    for flag in [#""guest":true,"#, #""isGuest":true,"#] {
      #expect(try server.shop.quote("m-1", flag).said == "422 unknown_key")
    }
    let inside =
      #"{"currency":"USD","customer":{"id":"m-1","guest":true},"lines":[]}"#
    let answer = try server.shop("POST", "/v1/quotes", inside)
    #expect((answer.said, answer["pointer"]) == ("422 unknown_key", "/customer/guest"))
  }

  @Test("C34: another one's quote, hold or account is 404, as if it were not there")
  func foreign() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    let other = try server.client("other", "quotes", "checkouts", "holds")
    try shop.member("m-1", having: "10.00", of: "cashback")
    try shop.member("m-2")
    let mine = try #require(try shop.quote("m-1")["id"])
    let theirs = try other("GET", "/v1/quotes/\(mine)")
    let none = try other("GET", "/v1/quotes/q_0")
    #expect(theirs.said == "404 unknown_quote" && theirs.text == none.text)
    let bought = try other("POST", "/v1/checkouts", #"{"id":"o-1","quote":"\#(mine)"}"#, once: "k")
    #expect(bought.said == "409 quote_unknown")
    #expect(try shop.hold("h-1", "m-1", "4.00").status == 201)
    let taken = try shop("POST", "/v1/quotes?hold=h-1", hundredDollars("m-2"))
    let unknown = try shop("POST", "/v1/quotes?hold=h-9", hundredDollars("m-2"))
    #expect(taken.said == "404 unknown_hold" && taken.text == unknown.text)
  }
}
