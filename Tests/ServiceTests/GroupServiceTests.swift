import Testing

@Suite("groups over HTTP") struct GroupServiceTests {
  private let fixture: ServiceFixture
  private var call: Caller { fixture.caller }

  init() throws {
    fixture = try ServiceFixture(
      """
      currency USD
      group "new" { join on sign_up  leave after 1 visit }
      campaign staff { for customers in group "staff"  give $5 off order }
      """)
    call.member("m-1")
  }

  private func names() -> [String] {
    let answer = call("GET", "/v1/groups")
    return (0..<10).compactMap { answer["groups", "\($0)", "name"] }
  }

  private func make(_ name: String, _ description: String = "") -> Caller.Answer {
    call("POST", "/v1/groups", #"{"name":"\#(name)","description":"\#(description)"}"#)
  }

  private func total(claiming groups: String = "[]") -> String? {
    call(
      "POST", "/v1/quotes",
      #"""
      {"currency":"USD","customer":{"id":"m-1","groups":\#(groups)},
       "lines":[{"sku":"A","price":"20.00","quantity":1}]}
      """#)["quote", "total"]
  }

  @Test("those of the rules are shown with their terms, those that were made beside them")
  func shown() {
    #expect(names() == ["new"])
    let made = make("staff", "who works here")
    #expect((made.status, made["declared"], made["joinsOn", "0"]) == (201, "false", nil))
    #expect(names() == ["new", "staff"])
    #expect(call("GET", "/v1/groups/staff")["description"] == "who works here")
    let new = call("GET", "/v1/groups/new")
    #expect((new["declared"], new["joinsOn", "0"]) == ("true", "sign_up"))
    #expect(new["leavesAfterVisits"] == "1")
    #expect(call("GET", "/v1/groups/other").status == 404)
    for name in ["staff", "new"] {
      let again = make(name)
      #expect((again.status, again["code"]) == (409, "group_exists"))
    }
    #expect(make("").status == 422)
    #expect(make("a", String(repeating: "x", count: 501)).status == 422)
  }

  @Test("one whose members rules of before left in it is not made anew; who asked is written down")
  func left() {
    let rules = call(
      "POST", "/v1/rules:publish", #"{"files":[{"path":"shop.promo","text":"currency USD\n"}]}"#)
    #expect(rules.status == 200)
    let made = make("new")
    #expect((made.status, made["code"]) == (409, "group_has_members"))
    let actions = call("GET", "/v1/actions").text
    #expect(actions.contains("name=new"), "\(actions)")
  }

  @Test("who is in one that was made is in it for the rules, and nobody is by a cart's word")
  func members() throws {
    #expect(total(claiming: #"["staff"]"#) == "15.00")
    #expect(call("PUT", "/v1/groups/staff/members/m-1").status == 404)
    _ = make("staff")
    #expect(total(claiming: #"["staff"]"#) == "20.00")
    #expect(call("PUT", "/v1/groups/staff/members/m-1").status == 204)
    #expect(call("GET", "/v1/groups/staff/members")["members", "0"] == "m-1")
    #expect(total() == "15.00")
    let full = call("DELETE", "/v1/groups/staff")
    #expect((full.status, full["code"], full["members"]) == (409, "group_has_members", "1"))
    #expect(call("DELETE", "/v1/groups/staff/members/m-1").status == 204)
    #expect(call("DELETE", "/v1/groups/staff").status == 204)
    #expect(call("DELETE", "/v1/groups/staff").status == 404)
    #expect(call("GET", "/v1/groups/staff/members").status == 404)
    #expect(names() == ["new"])
    #expect(make("staff", "again").status == 201)
    #expect(call("GET", "/v1/groups/staff/members")["members", "0"] == nil)
    #expect(try fixture.audit() == [])
  }

  @Test("what one is for is said of any; one that the rules name stays until they do not")
  func described() throws {
    let said = call("PATCH", "/v1/groups/new", #"{"description":"first visits"}"#)
    #expect((said.status, said["description"], said["declared"]) == (200, "first visits", "true"))
    #expect(call("PATCH", "/v1/groups/new", #"{"description":null}"#)["description"] == nil)
    #expect(call("PATCH", "/v1/groups/new", "{}").status == 422)
    #expect(call("PATCH", "/v1/groups/other", #"{"description":"x"}"#).status == 404)
    let refused = call("DELETE", "/v1/groups/new")
    #expect((refused.status, refused["code"]) == (409, "group_of_rules"))
    _ = make("staff", "kept")
    let rules = #"{"files":[{"path":"a.promo","text":"currency USD\ngroup \"staff\" { }\n"}]}"#
    let published = call("POST", "/v1/rules:publish", rules)
    #expect(published.status == 200, "\(published.text)")
    #expect(names() == ["staff"])
    #expect(call("GET", "/v1/groups/staff")["declared"] == "true")
    #expect(call("DELETE", "/v1/groups/staff")["code"] == "group_of_rules")
    try fixture.restart()
    #expect(call("GET", "/v1/groups/staff")["description"] == "kept")
  }
}
