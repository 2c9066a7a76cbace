import Testing

@Suite("quotes that are remembered") struct QuoteShelfTests {
  private func rules(_ dollars: Int) -> String {
    "currency USD\ncampaign a { give $\(dollars) off order }\n"
  }

  private func quote(_ call: Caller, _ customer: String = "", _ query: String = "") -> String {
    let cart =
      #"{"currency":"USD",\#(customer)"lines":[{"sku":"A","price":"50.00","quantity":1}]}"#
    return call("POST", "/v1/quotes" + query, cart)["id"] ?? ""
  }

  @Test("that of somebody who was forgotten is gone, a promised one too")
  func forgotten() throws {
    let fixture = try ServiceFixture(rules(1))
    let call = fixture.caller
    for id in ["m-1", "m-2"] { call.member(id) }
    let ids = ["", "?guarantee=true"].map { quote(call, #""customer":{"id":"m-1"},"#, $0) }
    let other = quote(call, #""customer":{"id":"m-2"},"#)
    for id in ids + [other] { #expect(call("GET", "/v1/quotes/\(id)").status == 200) }
    #expect(call("DELETE", "/v1/accounts/m-1").status == 204)
    for (place, id) in ids.enumerated() {
      #expect(call("GET", "/v1/quotes/\(id)").status == 404)
      let bought = call(
        "POST", "/v1/checkouts", #"{"id":"o-\#(place)","quote":"\#(id)"}"#, once: "k-\(place)")
      #expect((bought.status, bought["code"]) == (409, "quote_unknown"))
    }
    #expect(call("GET", "/v1/quotes/\(other)").status == 200)
  }

  @Test("those of eight revisions of the rules are, and those whose price was promised")
  func revisions() throws {
    let fixture = try ServiceFixture(rules(1))
    let call = fixture.caller
    let plain = quote(call)
    let promised = quote(call, "", "?guarantee=true&validFor=600")
    for revision in 2...9 {
      #expect(call("GET", "/v1/quotes/\(plain)").status == 200)
      let body = rules(revision).replacing("\n", with: "\\n")
      let answer = call(
        "POST", "/v1/rules:publish", #"{"files":[{"path":"shop.promo","text":"\#(body)"}]}"#)
      #expect(answer["revision"] == "\(revision)")
    }
    #expect(call("GET", "/v1/quotes/\(plain)").status == 404)
    let bought = call(
      "POST", "/v1/checkouts", #"{"id":"o","quote":"\#(promised)"}"#, once: "o")
    #expect((bought.status, bought["charged"]) == (201, "49.00"))
  }
}
