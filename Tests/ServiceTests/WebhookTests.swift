import Foundation
import HTTP
import Service
import Synchronization
import Testing

private let rules = """
  currency USD
  balance points { }
  campaign one_each { earn 1 point per $1 of order }
  """

@Suite("Telling others what happens")
struct WebhookTests {
  private let ear: Ear
  private let fixture: ServiceFixture
  private var ask: Caller { fixture.caller }

  init() throws {
    ear = try Ear()
    fixture = try ServiceFixture(rules, reachesPrivateAddresses: true)
  }

  private func listen(_ events: String = "[]") -> Caller.Answer {
    ask("POST", "/v1/webhooks", #"{"id":"shop","url":"\#(ear.url)","events":\#(events)}"#)
  }

  @Test("what happens after a webhook was made is told once, in order, and nothing from before")
  func inOrder() throws {
    ask.member("before")
    #expect(listen().status == 201)
    ask.member("ada", having: "10")
    let cart = #"{"currency":"USD","lines":[{"sku":"A","price":"5.00","quantity":1}]}"#
    #expect(
      ask("POST", "/v1/checkouts", #"{"id":"o-1","cart":\#(cart)}"#, once: "o-1").status == 201)
    #expect(ask("POST", "/v1/checkouts/o-1/void", once: "v-1").status == 200)
    try fixture.service.tellAll()
    try fixture.service.tellAll()
    #expect(
      ear.types == ["account.changed", "balance.issued", "checkout.recorded", "checkout.voided"])
    #expect(ear.accounts == ["ada", "ada", nil, nil])
    let text = ear.heard.withLock { $0[2].body }
    #expect(
      text
        == #"{"type":"checkout.recorded","timestamp":"2027-01-15T08:00:00Z","data":{"checkout":"o-1"}}"#
    )
  }

  @Test("only what was asked for is told")
  func chosen() throws {
    #expect(listen(#"["balance.issued"]"#).status == 201)
    ask.member("ada", having: "10")
    try fixture.service.tellAll()
    #expect(ear.types == ["balance.issued"])
    #expect(listen(#"["nonsense"]"#).status == 422)
  }

  @Test(
    "a message is signed as Standard Webhooks has it, and by both secrets while one is replaced")
  func signatures() throws {
    let first = try #require(listen()["secret"])
    ask.member("ada")
    try fixture.service.tellAll()
    let second = try #require(
      ask("POST", "/v1/webhooks/shop/secrets", #"{"overlapSeconds":60}"#)["secret"])
    ask.member("ben")
    try fixture.service.tellAll()
    fixture.clock.move(by: 60)
    ask.member("cleo")
    try fixture.service.tellAll()
    let heard = ear.heard.withLock { $0 }
    #expect(heard.count == 3)
    for (message, signers) in zip(heard, [[first], [second, first], [second]]) {
      let id = try #require(message.headers["webhook-id"])
      let time = try #require(message.headers["webhook-timestamp"])
      let expected = try signers.map { try signature("\(id).\(time).\(message.body)", $0) }
      #expect(message.headers["webhook-signature"] == expected.joined(separator: " "))
    }
    #expect(Set(heard.map { $0.headers["webhook-id"] }).count == 3)
  }

  @Test("the signature of the example of Standard Webhooks is the one it gives")
  func example() throws {
    #expect(
      try signature(
        #"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}"#,
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
  }

  @Test("H37: what fails is tried again after a while, under the same id, and others go on")
  func again() throws {
    #expect(listen().status == 201)
    ear.refused.withLock { $0 = ["ada"] }
    ask.member("ada", having: "10")
    ask.member("ben", having: "20")
    try fixture.service.tellAll()
    // ben hears at once; ada's second event waits behind her first.
    #expect(ear.accounts == ["ben", "ben"])
    let waiting = ask("GET", "/v1/webhooks/shop/deliveries")
    #expect(waiting["deliveries", "0", "attempts"] == "1")
    #expect(waiting["deliveries", "0", "trouble"] == "the answer was 500")
    #expect(waiting["deliveries", "1", "attempts"] == "0")
    ear.refused.withLock { $0 = [] }
    try fixture.service.tellAll()
    #expect(ear.accounts == ["ben", "ben"])
    fixture.clock.move(by: 5)
    try fixture.service.tellAll()
    #expect(ear.accounts == ["ben", "ben", "ada", "ada"])
    #expect(ear.types.suffix(2) == ["account.changed", "balance.issued"])
    #expect(ask("GET", "/v1/webhooks/shop/deliveries")["deliveries", "0", "event"] == nil)
  }

  @Test("what waits of an account that became another's waits before what comes of that one")
  func merged() throws {
    #expect(listen().status == 201)
    ear.refused.withLock { $0 = ["ada"] }
    ask.member("ada")
    ask.member("ben")
    try fixture.service.tellAll()
    #expect(ear.accounts == ["ben"])
    #expect(ask("POST", "/v1/accounts/ben/merge", #"{"from":"ada"}"#, once: "m").status == 200)
    try fixture.service.tellAll()
    #expect(ear.accounts == ["ben"])
    ear.refused.withLock { $0 = [] }
    fixture.clock.move(by: 5)
    try fixture.service.tellAll()
    #expect(ear.accounts.count == 3)
    #expect(ear.accounts[1] == "ada")
  }

  @Test("a receiver that is away is left alone for longer and longer, and then hears everything")
  func away() throws {
    #expect(listen().status == 201)
    ear.status.withLock { $0 = 503 }
    for person in 1...6 { ask.member("m-\(person)") }
    try fixture.service.tellAll()
    // Three failures, then a pause: the others were not tried.
    #expect(ask("GET", "/v1/webhooks/shop")["failures"] == "3")
    #expect(ask("GET", "/v1/webhooks/shop")["told"] == "3")
    for _ in 0..<5 { try fixture.service.tellAll() }
    #expect(ask("GET", "/v1/webhooks/shop")["failures"] == "3")
    fixture.clock.move(by: 10)
    try fixture.service.tellAll()
    #expect(ask("GET", "/v1/webhooks/shop")["failures"] == "4")
    fixture.clock.move(by: 19)
    try fixture.service.tellAll()
    #expect(ask("GET", "/v1/webhooks/shop")["failures"] == "4")
    try fixture.restart()
    ear.status.withLock { $0 = 200 }
    fixture.clock.move(by: 86_400)
    try fixture.service.tellAll()
    try fixture.service.tellAll()
    #expect(ear.accounts.compactMap { $0 }.sorted() == (1...6).map { "m-\($0)" })
  }

  @Test("a new URL is told at once of what waited for the old one")
  func moved() throws {
    #expect(listen().status == 201)
    ear.status.withLock { $0 = 500 }
    ask.member("ada")
    for _ in 0..<6 {
      try fixture.service.tellAll()
      fixture.clock.move(by: 20_000)
    }
    ear.status.withLock { $0 = 200 }
    try fixture.service.tellAll()
    #expect(ear.types.isEmpty)
    #expect(ask("PATCH", "/v1/webhooks/shop", #"{"url":"\#(ear.url)/2"}"#).status == 200)
    try fixture.service.tellAll()
    #expect(ear.types == ["account.changed"])
  }

  @Test("a crowd of events is told in batches, each account's in order, whatever fails between")
  func batches() throws {
    #expect(listen().status == 201)
    for person in 1...60 { ask.member("m-\(person)", having: "1") }
    for person in 1...60 {
      ask(
        "POST", "/v1/accounts/m-\(person)/balances/points/adjustments",
        #"{"kind":"redeem","amount":"1","reason":"gone"}"#, once: "r-\(person)")
    }
    ear.refused.withLock { $0 = ["m-1", "m-60"] }
    try fixture.service.tellAll()
    #expect(ear.types.count == 58 * 3)
    ear.refused.withLock { $0 = [] }
    fixture.clock.move(by: 5)
    try fixture.service.tellAll()
    let heard = ear.heard.withLock { $0 }
    #expect(heard.count == 180)
    for person in 1...60 {
      #expect(
        heard.filter { $0.account == "m-\(person)" }.map(\.type)
          == ["account.changed", "balance.issued", "balance.redeemed"])
    }
  }

  @Test("the sender of a running service tells by itself, and begins nothing after it was stopped")
  func sender() throws {
    #expect(listen().status == 201)
    let sender = WebhookSender(fixture.service)
    ask.member("ada")
    for _ in 0..<1_000 where ear.types.isEmpty { usleep(10_000) }
    #expect(ear.types == ["account.changed"])
    sender.stop()
    usleep(500_000)
    ask.member("ben")
    usleep(500_000)
    #expect(ear.types == ["account.changed"])
    // A look that has begun holds the service no longer than this.
    usleep(300_000)
  }

  @Test("after three days a delivery is given up, kept, and can be tried again")
  func givenUp() throws {
    #expect(listen().status == 201)
    ear.status.withLock { $0 = 500 }
    ask.member("ada")
    for _ in 0..<10 {
      try fixture.service.tellAll()
      fixture.clock.move(by: 86_400)
    }
    let open = ask("GET", "/v1/webhooks/shop/deliveries")
    #expect(open["deliveries", "0", "state"] == "given_up")
    #expect(open["deliveries", "0", "attempts"] == "10")
    ear.status.withLock { $0 = 200 }
    try fixture.service.tellAll()
    #expect(ear.types.isEmpty)
    #expect(ask("POST", "/v1/webhooks/shop/deliveries/1/retry").status == 204)
    #expect(ask("POST", "/v1/webhooks/shop/deliveries/1/retry").status == 404)
    try fixture.service.tellAll()
    #expect(ear.types == ["account.changed"])
  }

  @Test(
    "H36: a URL of this machine or its network is refused when it is given and when it is asked")
  func privateAddresses() throws {
    let strict = try ServiceFixture(rules)
    for url in ["http://127.0.0.1/", "http://169.254.169.254/", "http://[::1]/"] {
      let answer = strict.caller("POST", "/v1/webhooks", #"{"id":"a","url":"\#(url)"}"#)
      #expect(answer.status == 422)
      #expect(answer["code"] == "private_address")
    }
    #expect(listen().status == 201)
    ask.member("ada")
    try fixture.restart(reachesPrivateAddresses: false)
    try fixture.service.tellAll()
    #expect(ear.types.isEmpty)
    #expect(
      fixture.caller("GET", "/v1/webhooks/shop/deliveries")["deliveries", "0", "trouble"]
        == "the address is of this machine or its network")
  }

  @Test("a webhook that was ended is told no more, and its secret is never shown again")
  func ended() throws {
    let made = listen()
    #expect(made["secret"]?.hasPrefix("whsec_") == true)
    #expect(listen()["code"] == "webhook_exists")
    #expect(ask("GET", "/v1/webhooks/shop")["secret"] == nil)
    #expect(ask("GET", "/v1/webhooks")["webhooks", "0", "secret"] == nil)
    ask.member("ada")
    #expect(ask("DELETE", "/v1/webhooks/shop").status == 204)
    #expect(ask("DELETE", "/v1/webhooks/shop").status == 404)
    try fixture.service.tellAll()
    #expect(ear.types.isEmpty)
    #expect(try fixture.audit().isEmpty)
  }
}
