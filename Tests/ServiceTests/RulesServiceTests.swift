import Testing

@Suite("publishing rules") struct RulesServiceTests {
  private func body(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n")
    return #"{"files":[{"path":"shop.promo","text":"\#(escaped)"}]}"#
  }

  @Test("good rules are in force from the next request; bad ones leave those that are, and say why")
  func publishing() throws {
    let ten = "currency USD\ncampaign a \"A\" { give $1 off order }\n"
    let fixture = try ServiceFixture(ten)
    let call = fixture.caller
    func total() -> String? {
      call(
        "POST", "/v1/quotes",
        #"{"currency":"USD","lines":[{"sku":"A","price":"10.00","quantity":1}]}"#)["quote", "total"]
    }
    #expect(total() == "9.00")
    let bad = call(
      "POST", "/v1/rules:publish", body("currency USD\ncampaign a \"A\" { give $2 off ordr }\n"))
    #expect((bad.status, bad["code"]) == (422, "rules_refused"))
    #expect(bad["findings", "0", "path"] == "shop.promo")
    #expect(total() == "9.00")
    let red = call(
      "POST", "/v1/rules:publish",
      body(
        """
        currency USD
        campaign a "A" { give $2 off order }
        test "wrong" { cart { 1 "A" at $10 } expect discount $1 }
        """))
    #expect((red.status, red["code"]) == (422, "tests_failed"), "\(red.text)")
    #expect(total() == "9.00")
    let good = call(
      "POST", "/v1/rules:publish", body("currency USD\ncampaign a \"A\" { give $2 off order }\n"))
    #expect((good.status, good["revision"]) == (200, "2"))
    #expect(total() == "8.00")
    #expect(call("POST", "/v1/rules:rollback", #"{"revision":1}"#)["revision"] == "3")
    #expect(total() == "9.00")
    #expect(call("GET", "/v1/rules")["inForce"] == "3")
    #expect(call("GET", "/v1/rules/2")["files", "0", "path"] == "shop.promo")
    #expect(call("POST", "/v1/rules:rollback", #"{"revision":9}"#).status == 404)
  }
}
