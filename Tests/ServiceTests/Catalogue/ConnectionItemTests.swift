import Foundation
import HTTP
import SocketClient
import Synchronization
import Testing

@Suite("the catalogue of bad input: connections") struct ConnectionItemTests {
  @Test(
    "H22: who sends a head or a body a byte at a time is told 408, and others are served meanwhile")
  func slowness() throws {
    var limits = HTTPLimits()
    limits.idleSecondsMaximum = 2
    limits.readingSecondsMaximum = 3
    let server = try CatalogueServer(limits: limits)
    let heads = try (0..<200).map { _ in try #require(SocketClient(port: server.port)) }
    for client in heads { client.send("GET /healthz HTTP/1.1\r\nHost: a\r\nX: ") }
    let body = try #require(SocketClient(port: server.port))
    body.send("POST /v1/accounts HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n{")
    let trickler = try #require(SocketClient(port: server.port))
    trickler.send("POST /v1/accounts HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n")
    // A byte every tenth of a second, so that it never says nothing for long.
    for _ in 0..<60 where trickler.send(" ") { usleep(100_000) }
    #expect(try server.shop("GET", "/healthz").status == 200)
    for client in heads + [body, trickler] {
      let answer = client.receive()
      #expect(answer.hasPrefix("HTTP/1.1 408 "), "\(answer)")
      #expect(answer.contains(#""code":"request_timeout""#))
      #expect(client.isClosed)
    }
    #expect(server.log.allSatisfy { !$0.contains("/v1/accounts") })
  }

  @Test("H24: 1,000 requests sent at once on one connection are answered in their order")
  func pipelining() throws {
    let server = try CatalogueServer()
    let client = try #require(SocketClient(port: server.port))
    let requests = (0..<1_000).map { place in
      let path = place % 3 == 0 ? "/healthz" : place % 3 == 1 ? "/v1/nothing" : "/v1/groups"
      return "GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n"
    }
    client.send(requests.joined())
    for place in 0..<1_000 {
      let answer = try #require(client.answer())
      #expect(answer.status == [200, 404, 401][place % 3])
    }
  }

  @Test("H52: what is in flight when the service stops is answered and kept; then it is closed")
  func stopping() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    let acknowledged = Mutex<[Int]>([])
    let group = DispatchGroup()
    let port = server.port
    for till in 0..<8 {
      group.enter()
      Thread.detachNewThread {
        defer { group.leave() }
        for round in 0..<1_000 {
          let order = till * 1_000 + round
          guard let client = SocketClient(port: port),
            let answer = client.ask(
              "POST", "/v1/checkouts",
              headers: [
                "Authorization: Bearer \(shop.key ?? "")", "Content-Type: application/json",
                "Idempotency-Key: \(order)", "Connection: close",
              ], body: #"{"id":"o-\#(order)","cart":\#(hundredDollars())}"#)
          else { return }
          if answer.status == 201 { acknowledged.withLock { $0.append(order) } }
        }
      }
    }
    while acknowledged.withLock({ $0.count }) < 40 { usleep(1_000) }
    let start = Date()
    server.stop()
    #expect(Date().timeIntervalSince(start) < 10)
    #expect(SocketClient(port: port) == nil)
    group.wait()
    let all = acknowledged.withLock { $0 }
    #expect(all.count >= 40)
    try server.restart()
    for order in all {
      #expect(try server.shop("GET", "/v1/checkouts/o-\(order)")["state"] == "final", "\(order)")
    }
    #expect(try server.fixture.audit() == [])
  }

  @Test("H53: bodies that would fill the memory together are sent away before they are read")
  func memory() throws {
    var limits = HTTPLimits()
    limits.bytesInFlightMaximum = 8_000_000
    let server = try CatalogueServer(limits: limits)
    let head = "POST /v1/quotes HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n"
    let half = String(repeating: " ", count: 1_500_000)
    // The first few are read, as there is room; they wait for the rest of their bodies.
    var waiting: [SocketClient] = []
    var answer = ""
    while answer.isEmpty, waiting.count < 20 {
      let client = try #require(SocketClient(port: server.port, patienceSeconds: 1))
      client.send(head + half)
      answer = client.receive(until: "busy")
      waiting.append(client)
    }
    #expect(waiting.count <= 7)
    for _ in 0..<20 {
      let refused = try server.raw(head)
      #expect(refused.text.hasPrefix("HTTP/1.1 503 ") && refused.isClosed, "\(refused)")
      #expect(refused.text.contains("Retry-After: 1"))
    }
    #expect(try server.shop("GET", "/healthz").status == 200)
  }
}
