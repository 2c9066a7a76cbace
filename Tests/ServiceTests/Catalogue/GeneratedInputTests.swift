import HTTP
import SocketClient
import Testing

/// Numbers that are the same in every run.
private struct Dice {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func below(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(max(1, bound)))
  }
}

/// What goes wrong on the way, and what somebody tries on purpose.
private let pieces: [[UInt8]] =
  [
    "\"", "\\", "{", "}", "[", "]", ",", ":", "0", "-", "1e999", "null", "true", "\u{0}", "\n",
    "\r\n",
    "\u{feff}", "\\ud800", "999999999999999999999", "0.001", "-0", "%00", "%2e%2e", "/", "é", "'",
    " ",
    "\"id\":", "{\"a\":", "[[[[[[[[", "\"amount\":null,", "9223372036854775807", "\"lines\":[],",
  ].map { Array($0.utf8) } + [
    [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
  ]

extension [UInt8] {
  /// The same with a few bytes lost, doubled, turned or put in.
  fileprivate func changed(by dice: inout Dice) -> [UInt8] {
    var bytes = self
    for _ in 0...dice.below(3) {
      let place = dice.below(bytes.count + 1)
      let end = Swift.min(bytes.count, place + 1 + dice.below(12))
      switch dice.below(5) {
      case 0: bytes.insert(contentsOf: pieces[dice.below(pieces.count)], at: place)
      case 1: bytes.replaceSubrange(place..<end, with: pieces[dice.below(pieces.count)])
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
      default:
        if place < bytes.count { bytes[place] ^= 1 << UInt8(dice.below(8)) }
      }
    }
    return bytes
  }
}

@Suite("input that nobody thought of, over real sockets") struct GeneratedInputTests {
  /// Requests that are right: method, path, body.
  private static let right = [
    (
      "POST", "/v1/quotes",
      hundredDollars("m-1", #""codes":["ONCE"],"redeem":{"cashback":"1.00"},"#)
    ),
    (
      "POST", "/v1/checkouts",
      #"{"id":"o-9","cart":\#(hundredDollars("m-1")),"taxes":{"lines":{"1":"3.00"}},"tenders":[{"method":"card","amount":null}],"total":"90.00"}"#
    ),
    (
      "POST", "/v1/accounts",
      #"{"id":"m-9","email":"a@b.example","birthday":"1990-05-03","attributes":{"tier":"gold"}}"#
    ),
    ("PATCH", "/v1/accounts/m-1", #"{"givenName":"Ada","city":null,"phone":"+1 555 010 9999"}"#),
    (
      "POST", "/v1/accounts:search",
      #"{"email":"a@b.example","fields":["givenName"],"balances":["points"]}"#
    ),
    (
      "POST", "/v1/holds",
      #"{"id":"h-9","account":"m-1","balance":"cashback","amount":"1.00","deadline":"2027-01-15T09:00:00Z"}"#
    ),
    ("POST", "/v1/holds/h-1/capture", #"{"amount":"0.10","keepsRemainder":true}"#),
    (
      "POST", "/v1/checkouts/o-1/returns",
      #"{"lines":[{"id":"1","quantity":1}],"policy":"debt","reason":"x"}"#
    ),
    (
      "POST", "/v1/accounts/m-1/balances/points/adjustments",
      #"{"kind":"issue","amount":"5","reason":"x"}"#
    ),
    ("PUT", "/v1/accounts/m-1/balances/points", #"{"posted":"5","reason":"x"}"#),
    ("POST", "/v1/code-pools/letters/codes", #"{"count":2}"#),
    (
      "POST", "/v1/spending-accounts",
      #"{"id":"s-9","balance":"budget","name":"Office","startsAt":"2027-01-15T09:00:00Z"}"#
    ),
    ("POST", "/v1/spending-accounts:usable", #"{"user":"m-1","groups":["a"],"buyer":"b"}"#),
    ("POST", "/v1/shopper-tokens", #"{"account":"m-1","seconds":60}"#),
    ("POST", "/v1/clients", #"{"id":"till","name":"Till","scopes":["quotes"]}"#),
    (
      "POST", "/v1/rules:check",
      #"{"files":[{"path":"a.promo","text":"currency USD\ncampaign a \"A\" { give $1 off order }\n"}]}"#
    ),
    ("GET", "/v1/events?after=31.00&limit=5", ""), ("GET", "/v1/accounts?card=1&externalId=2", ""),
  ]

  private func prepared(_ limits: HTTPLimits = .init()) throws -> CatalogueServer {
    let server = try CatalogueServer(limits: limits)
    let shop = server.shop
    try shop.member("m-1", having: "50.00", of: "cashback")
    #expect(try shop.hold("h-1", "m-1", "10.00").status == 201)
    #expect(try shop.buy("o-1", "m-1").status == 201)
    return server
  }

  private func send(_ bytes: [UInt8], to port: UInt16) throws -> String {
    let client = try #require(SocketClient(port: port))
    client.send(bytes: bytes)
    client.finish()
    return client.receive()
  }

  @Test(
    "1,800 bodies with something wrong in them are answered, and none of them by a fault of ours")
  func bodies() throws {
    let server = try prepared()
    let (port, key) = (server.port, server.key)
    let answers = try together(6) { thread -> [String] in
      var dice = Dice(UInt64(thread) + 1)
      var answers: [String] = []
      for round in 0..<300 {
        let (method, path, body) = Self.right[round % Self.right.count]
        let bytes = Array(body.utf8).changed(by: &dice)
        let head =
          "\(method) \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer \(key)\r\n"
          + "Content-Type: application/json\r\nIdempotency-Key: \(thread) \(round)\r\nIf-Match: \"1\"\r\n"
          + "Content-Length: \(bytes.count)\r\n\r\n"
        let client = try #require(SocketClient(port: port))
        client.send(bytes: Array(head.utf8) + bytes)
        let answer = client.receive()
        answers.append(
          "\(answer.prefix(12)) \(method) \(path) \(String(decoding: bytes, as: UTF8.self))")
      }
      return answers
    }.joined()
    for answer in answers {
      let status = Int(answer.dropFirst(9).prefix(3)) ?? 0
      #expect((200..<500).contains(status), "\(answer)")
    }
    #expect(answers.count == 1_800)
    #expect(try server.fixture.audit() == [])
  }

  @Test("1,200 requests whose bytes went astray are answered or closed, and the next one is served")
  func wholeRequests() throws {
    // Who lost the end of a request waits for nothing until it is told 408.
    var limits = HTTPLimits()
    limits.idleSecondsMaximum = 1
    let server = try prepared(limits)
    let (port, key) = (server.port, server.key)
    let statuses = try together(40) { thread -> [Int] in
      var dice = Dice(UInt64(thread) + 100)
      return try (0..<30).map { round in
        let (method, path, body) = Self.right[round % Self.right.count]
        let text =
          "\(method) \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: \(body.utf8.count)\r\n"
          + "Content-Type: application/json\r\nIdempotency-Key: w\(thread)-\(round)\r\n"
          + "Authorization: Bearer \(key)\r\n\r\n\(body)"
        let answer = try self.send(Array(text.utf8).changed(by: &dice), to: port)
        let status = Int(answer.dropFirst(9).prefix(3)) ?? 0
        #expect(answer.isEmpty || (200..<500).contains(status) || status == 505, "\(answer)")
        return status
      }
    }.joined()
    #expect(statuses.count { $0 >= 200 && $0 < 500 } > 400, "most were answered")
    #expect(try server.shop("GET", "/readyz").status == 200)
    #expect(try server.fixture.audit() == [])
  }
}
