import Testing

@Suite("Cards, members of groups, and who asked for what")
struct PeopleTests {
  private let fixture: ServiceFixture
  private var ask: Caller { fixture.caller }

  init() throws {
    fixture = try ServiceFixture(
      """
      currency USD
      balance budget { money  redeem as payment }
      group "gold" { }
      """)
    for person in ["ada", "ben", "cleo"] { ask.member(person) }
  }

  @Test("cards come from a pool one after another, and an account is found by its own")
  func cards() {
    let pool = #"{"prefix":"77","width":4,"first":1,"last":3}"#
    #expect(ask("PUT", "/v1/card-pools/plastic", pool)["last"] == "3")
    let first = ask("POST", "/v1/accounts/ada/cards", #"{"pool":"plastic"}"#, once: "a")
    #expect(first.status == 201)
    let card = first["card"] ?? ""
    #expect(card.hasPrefix("770001"))
    #expect(
      ask("POST", "/v1/accounts/ada/cards", #"{"pool":"plastic"}"#, once: "a").body == first.body)
    #expect(
      ask("POST", "/v1/accounts/ben/cards", #"{"pool":"plastic"}"#, once: "b")["card"] != card)
    #expect(ask("GET", "/v1/accounts?card=\(card)")["accounts", "0", "id"] == "ada")
    let taken = ask(
      "POST", "/v1/accounts/ben/cards", #"{"pool":"plastic","number":"\#(card)"}"#, once: "c")
    #expect(taken.status == 409)
    #expect(
      ask("PUT", "/v1/card-pools/plastic", pool.replacing("3}", with: "2}"))["code"] == "bad_pool")
    #expect(ask("GET", "/v1/card-pools")["pools", "0", "name"] == "plastic")
    #expect(
      ask("POST", "/v1/accounts/ada/cards", #"{"pool":"wood"}"#, once: "d").status == 404)
  }

  @Test("who is in a group is told page by page, and who has left is not")
  func members() {
    for person in ["ada", "ben", "cleo"] {
      #expect(ask("PUT", "/v1/groups/gold/members/\(person)", "{}").status == 204)
    }
    #expect(ask("DELETE", "/v1/groups/gold/members/ben").status == 204)
    let page = ask("GET", "/v1/groups/gold/members?limit=1")
    #expect(page["members", "0"] == "ada")
    let next = page["next"] ?? ""
    #expect(ask("GET", "/v1/groups/gold/members?limit=1&after=\(next)")["members", "0"] == "cleo")
    #expect(ask("GET", "/v1/groups/silver/members").status == 404)
  }

  @Test("a spending account says what it has and who may spend from it")
  func spending() {
    ask(
      "POST", "/v1/spending-accounts", #"{"id":"desk","balance":"budget","name":"A desk"}"#,
      once: "open")
    ask("PUT", "/v1/spending-accounts/desk/assignments/buyer/acme", #"{"exceedMaximum":"5"}"#)
    let shown = ask("GET", "/v1/spending-accounts/desk")
    #expect(shown["balance", "available"] == "0.00")
    #expect(shown["assignments", "0", "key"] == "acme")
    #expect(shown["assignments", "0", "exceedMaximum"] == "5.00")
    #expect(ask("GET", "/v1/spending-accounts/ada").status == 404)
  }

  @Test("who asked for what is written down before it is done, and stays")
  func actions() throws {
    let key = ask("POST", "/v1/clients", #"{"id":"till","scopes":["groups"]}"#)["key"]
    let till = { (method: String, target: String) in
      Caller(service: fixture.service, key: key)(method, target, method == "PUT" ? "{}" : "").status
    }
    #expect(till("PUT", "/v1/groups/gold/members/ada") == 204)
    #expect(till("PUT", "/v1/groups/none/members/ada") == 404)
    #expect(ask("DELETE", "/v1/clients/till").status == 204)
    let before = ask("GET", "/v1/actions?limit=100")
    // Three accounts were made before.
    let start = ask("GET", "/v1/actions?limit=3")["next"] ?? ""
    let actions = ask("GET", "/v1/actions?after=\(start)")
    #expect(ask("GET", "/v1/actions?after=3")["code"] == "bad_cursor")
    #expect(actions["actions", "0", "action"] == "POST /v1/clients")
    #expect(actions["actions", "0", "by"] == "client shop")
    #expect(actions["actions", "0", "about"] == "id=till scopes=groups")
    #expect(actions["actions", "1", "action"] == "PUT /v1/groups/{group}/members/{id}")
    #expect(actions["actions", "1", "by"] == "client till")
    #expect(actions["actions", "1", "about"] == "gold ada")
    #expect(actions["actions", "2", "about"] == "none ada")
    #expect(actions["actions", "3", "action"] == "DELETE /v1/clients/{id}")
    #expect(till("GET", "/v1/actions") == 401)
    try fixture.restart()
    #expect(ask("GET", "/v1/actions?limit=100").body == before.body)
  }
}
