import Service
import Synchronization
import Testing

@Suite("telling others what time does") struct TimelyEventTests {
  private let ear: Ear
  private let fixture: ServiceFixture
  private var ask: Caller { fixture.caller }

  init() throws {
    ear = try Ear()
    fixture = try ServiceFixture(
      """
      currency USD
      balance points { }
      balance cashback { money  redeem as discount }
      campaign later { earn 1 point per $1 of order after 1 days }
      """, reachesPrivateAddresses: true)
    ask.member("ada", having: "9.00", of: "cashback")
    ask.member("ben")
    #expect(
      ask("POST", "/v1/webhooks", #"{"id":"shop","url":"\#(ear.url)","events":[]}"#).status == 201)
  }

  private func hold(_ id: String, _ amount: String, until end: String) {
    let held = ask(
      "POST", "/v1/holds",
      #"{"id":"\#(id)","account":"ada","balance":"cashback","amount":"\#(amount)","deadline":"\#(end)"}"#,
      once: id)
    #expect(held.status == 201, "\(held.text)")
  }

  @Test(
    "a hold that ends, value that goes and a reward that can be spent, once, as they are settled")
  func due() throws {
    hold("h-1", "2.00", until: "2027-01-15T09:00:00Z")
    let expiring = ask(
      "POST", "/v1/accounts/ada/balances/cashback/adjustments",
      #"{"kind":"issue","amount":"3.00","expiresAt":"2027-01-15T10:00:00Z","reason":"x"}"#,
      once: "i")
    #expect(expiring.status == 200)
    let bought = ask(
      "POST", "/v1/checkouts",
      #"""
      {"id":"o-1","cart":{"currency":"USD","customer":{"id":"ben"},
       "lines":[{"sku":"A","price":"5.00","quantity":1}]}}
      """#, once: "o-1")
    #expect(bought.status == 201)
    try fixture.service.settleDue()
    fixture.clock.move(by: 100_000)
    try fixture.service.settleDue()
    try fixture.service.settleDue()
    try fixture.service.tellAll()
    #expect(
      ear.types == [
        "hold.placed", "balance.issued", "checkout.recorded", "hold.expired", "balance.expired",
        "balance.matured",
      ])
    let told = ear.heard.withLock { $0.suffix(3).map(\.body) }
    #expect(told.map { $0.contains(#""account":"ada""#) } == [true, true, false])
    #expect(told[0].contains(#""hold":"h-1""#) && told[1].contains(#""balance":"cashback""#))
    #expect(told[2].contains(#""account":"ben""#) && told[2].contains(#""balance":"points""#))
    #expect(ask("GET", "/v1/accounts/ben/ledger")["entries", "0", "by"] == nil)
    #expect(ask.available("points", of: "ben") == "5")
    #expect(try fixture.audit() == [])
  }

  @Test("what is settled because somebody asks is told in the commit of what they asked for")
  func asked() throws {
    hold("h-1", "2.00", until: "2027-01-15T09:00:00Z")
    fixture.clock.move(by: 7_200)
    hold("h-2", "8.00", until: "2027-01-16T09:00:00Z")
    try fixture.service.tellAll()
    #expect(ear.types == ["hold.placed", "hold.expired", "hold.placed"])
  }

  @Test("a hold that a purchase captures")
  func captured() throws {
    hold("h-1", "2.00", until: "2027-01-15T09:00:00Z")
    let bought = ask(
      "POST", "/v1/checkouts",
      #"""
      {"id":"o-1","holds":["h-1"],"cart":{"currency":"USD","customer":{"id":"ada"},
       "redeem":{"cashback":"2.00"},"lines":[{"sku":"A","price":"5.00","quantity":1}]}}
      """#, once: "o-1")
    #expect(bought.status == 201, "\(bought.text)")
    try fixture.service.tellAll()
    #expect(ear.types == ["hold.placed", "checkout.recorded", "hold.captured"])
    let told = try #require(ear.heard.withLock { $0.last?.body })
    #expect(told.contains(#""account":"ada""#) && told.contains(#""hold":"h-1""#))
  }
}
