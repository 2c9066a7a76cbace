import SocketClient
import Testing

@Suite("the catalogue of bad input: paths, methods and lists") struct PathItemTests {
  @Test(
    "H27: a path that goes up, holds a zero, an empty part or a bad percent sign is never a file",
    arguments: [
      "/../etc/passwd", "/v1/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/v1/%2E%2E/groups",
      "/v1/groups%00", "//v1/groups", "/v1//groups", "/v1/groups/", "/%zz", "/%", "/%2",
      "/v1/groups?x=%zz", "/%ff", "/v1/accounts/%2e%2e", "/./healthz",
    ])
  func paths(_ path: String) throws {
    let server = try CatalogueServer()
    let answer = try server.shop("GET", path)
    #expect(answer.said == "400 bad_request", "\(answer.text)")
    #expect(try server.shop("GET", "/etc/passwd").status == 404)
    #expect(try server.shop("GET", "/v1%2Fgroups").status == 404)
  }

  @Test(
    "H28: an unknown method, TRACE and OPTIONS are 405 with what is known; HEAD is GET without a body"
  )
  func methods() throws {
    let server = try CatalogueServer()
    for method in ["BREW", "TRACE", "OPTIONS", "CONNECT", "get"] {
      let answer = try server.shop(method, "/v1/groups")
      #expect(answer.said == "405 method_not_allowed", "\(method)")
      #expect(answer.headers["allow"] == "GET, POST, HEAD")
      #expect(!answer.text.contains(server.key))
    }
    let shown = try server.shop("GET", "/healthz")
    let client = try #require(SocketClient(port: server.port))
    let head = try #require(client.ask("HEAD", "/healthz"))
    #expect(head.status == 200 && head.body.isEmpty)
    #expect(head.head.contains("Content-Length: \(shown.body.count)"))
    // Nothing came behind the head: the next answer on the connection is whole.
    #expect(client.ask("GET", "/healthz")?.body == shown.body)
  }

  @Test("H29: a known path asked in another way is 405, and Allow says how it is asked")
  func wrongMethods() throws {
    let server = try CatalogueServer()
    for (method, path, allowed) in [
      ("DELETE", "/v1/quotes", "POST"), ("GET", "/v1/rules:publish", "POST"),
      ("POST", "/v1/accounts/m-1", "GET, PATCH, DELETE, HEAD"), ("PUT", "/healthz", "GET, HEAD"),
      ("PATCH", "/v1/checkouts/o-1/void", "POST"),
    ] {
      let answer = try server.shop(method, path)
      #expect(answer.said == "405 method_not_allowed", "\(path)")
      #expect(answer.headers["allow"] == allowed, "\(path)")
    }
  }

  @Test(
    "H31: a page of none, of fewer or of a billion is 422, and so is a cursor that was not given out"
  )
  func pages() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    try shop.member("m-1")
    try shop.member("m-2")
    let me = try server.shopper("m-1")
    for size in ["0", "-1", "1000000000", "9223372036854775808", "x", ""] {
      #expect(try shop("GET", "/v1/events?limit=\(size)").said == "422 bad_argument", "\(size)")
      #expect(try shop("GET", "/v1/rules?limit=\(size)").said == "422 bad_argument", "\(size)")
      #expect(try me("GET", "/v1/me/history?limit=\(size)").said == "422 bad_argument", "\(size)")
    }
    let good = try #require(try shop("GET", "/v1/events?limit=1")["next"])
    let parts = good.split(separator: ".").map(String.init)
    for cursor in [
      "0", "1", "-1", "", ".", "x.y", "\(parts[0]).", "39\(parts[0]).\(parts[1])",
      "\(parts[0]).\(String(repeating: "0", count: 64))", good + "00",
    ] {
      #expect(try shop("GET", "/v1/events?after=\(cursor)").said == "422 bad_cursor", "\(cursor)")
      #expect(try me("GET", "/v1/me/history?after=\(cursor)").said == "422 bad_cursor", "\(cursor)")
    }
    #expect(try me("GET", "/v1/me/history?after=\(good)").said == "422 bad_cursor")
    #expect(try shop("GET", "/v1/events?after=\(good)").status == 200)
  }

  @Test("H31: cursors show every purchase of one second once, also after the service began anew")
  func cursors() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    try shop.member("m-1")
    try shop.member("m-2")
    for place in 0..<7 {
      if place == 5 { server.fixture.clock.move(by: 1) }
      #expect(try shop.buy("o-\(place)", "m-1").status == 201)
    }
    let me = try server.shopper("m-1")
    let other = try server.shopper("m-2")
    var seen: [String] = []
    var next: String?
    repeat {
      let page = try me("GET", "/v1/me/history?limit=2\(next.map { "&after=\($0)" } ?? "")")
      for place in 0..<2 { page["purchases", "\(place)", "id"].map { seen.append($0) } }
      if let next {
        #expect(try other("GET", "/v1/me/history?after=\(next)").said == "422 bad_cursor")
      }
      next = page["next"]
    } while next != nil && seen.count < 20
    #expect(seen == ["o-5", "o-6", "o-0", "o-1", "o-2", "o-3", "o-4"])

    let first = try shop("GET", "/v1/events?limit=1")
    let cursor = try #require(first["next"])
    try server.restart()
    let rest = try server.shop("GET", "/v1/events?after=\(cursor)")
    #expect(rest.status == 200)
    #expect(rest["events", "0", "place"] != first["events", "0", "place"])
  }

  @Test("H32: what is searched for is taken by the letter, is not without end, and is not nothing")
  func search() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    for (place, id) in ["A_B", "AxB", "100%", "100 percent"].enumerated() {
      let body = #"{"id":"m-\#(place)","externalId":"\#(id)","email":"m\#(place)_x@example.com"}"#
      #expect(try shop("POST", "/v1/accounts", body, once: id).status == 201)
    }
    func found(_ key: String, _ text: String) throws -> [String?] {
      let answer = try shop("POST", "/v1/accounts:search", #"{"\#(key)":"\#(text)"}"#)
      #expect(answer.status == 200, "\(answer.text)")
      return (0..<2).map { answer["accounts", "\($0)", "id"] }
    }
    #expect(try found("externalId", "A_B") == ["m-0", nil])
    #expect(try found("externalId", "100%") == ["m-2", nil])
    for text in ["%", "_", "A%", "A?B", "*", "' OR 1=1 --"] {
      #expect(try found("externalId", text) == [nil, nil], "\(text)")
      #expect(try found("email", text) == [nil, nil], "\(text)")
    }
    let long = String(repeating: "x", count: 10_240)
    for key in ["card", "externalId", "email", "phone"] {
      let answer = try shop("POST", "/v1/accounts:search", #"{"\#(key)":"\#(long)"}"#)
      #expect(answer.said == "422 too_long" && answer["pointer"] == "/\(key)")
      let nothing = try shop("POST", "/v1/accounts:search", #"{"\#(key)":""}"#)
      #expect(nothing.said == "422 empty_search", "\(key)")
    }
    #expect(try shop("POST", "/v1/accounts:search", "{}").said == "422 empty_search")
    #expect(try shop("GET", "/v1/accounts").said == "422 empty_search")
    #expect(try shop("GET", "/v1/accounts?card=").said == "422 empty_search")
  }

  @Test("H35: no path takes an e-mail address or a telephone number; they stand in bodies")
  func personalData() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    for query in ["email=ada@example.com", "phone=5550109999", "email=", "card=1&email=a%40b.c"] {
      #expect(
        try shop("GET", "/v1/accounts?\(query)").said == "400 personal_data_in_url", "\(query)")
    }
    let body = #"{"id":"m-1","email":"ada@example.com","phone":"+1 555 010 9999"}"#
    let made = try shop("POST", "/v1/accounts", body, once: "k")
    #expect(made.headers["location"] == "/v1/accounts/m-1")
    #expect(
      try shop("POST", "/v1/accounts:search", #"{"email":"ada@example.com"}"#)[
        "accounts", "0", "id"] == "m-1")
    #expect(server.log.allSatisfy { !$0.contains("ada@") && !$0.contains("0109999") })
  }
}
