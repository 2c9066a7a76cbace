import HTTP
import SocketClient
import Synchronization
import Testing

@Suite("the HTTP server, over real sockets") struct HTTPServerTests {
  /// A server that answers with what it was asked.
  private func echo(_ change: (inout HTTPLimits) -> Void = { _ in }) throws -> HTTPServer {
    var limits = HTTPLimits()
    change(&limits)
    return try HTTPServer(address: "127.0.0.1", port: 0, limits: limits) { request in
      let query = request.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
      let text = "[\(request.method) \(request.path.joined(separator: "|"))?\(query)]"
      return HTTPResponse(
        status: 200, headers: [.init("Content-Type", "text/plain")],
        body: Array(text.utf8) + request.body)
    }
  }

  private func ask(_ server: HTTPServer, _ text: String, until end: String? = nil) throws
    -> String
  {
    let client = try #require(SocketClient(port: server.port))
    client.send(text)
    return client.receive(until: end)
  }

  @Test("a path and a query are taken apart before they are decoded")
  func targets() throws {
    let server = try echo()
    defer { server.stop() }
    let good = [
      ("/v1/accounts/a%2Fb?x=1%262&y", "[GET v1|accounts|a/b?x=1&2&y=]"), ("/", "[GET ?]"),
      ("http://shop.example/v1/me", "[GET v1|me?]"),
    ]
    for (target, shown) in good {
      let answer = try ask(
        server, "GET \(target) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      #expect(status(of: answer) == 200, "\(target)")
      #expect(answer.hasSuffix(shown), "\(target): \(answer)")
    }
    for target in ["/a//b", "/a/../b", "/%2e%2e/x", "/a%00b", "/a%zz", "/%ff", "nothing"] {
      let answer = try ask(
        server, "GET \(target) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      #expect(status(of: answer) == 400, "\(target): \(answer)")
    }
  }

  @Test("a body comes whole, in one piece or in chunks, and is as long as it may be")
  func bodies() throws {
    let server = try echo { $0.bodyBytesMaximum = 10 }
    defer { server.stop() }
    let head = "POST /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
    #expect(try ask(server, head + "Content-Length: 10\r\n\r\n0123456789").hasSuffix("]0123456789"))
    let chunks = "Transfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n6\r\n456789\r\n0\r\n\r\n"
    #expect(try ask(server, head + chunks).hasSuffix("]0123456789"))
    #expect(status(of: try ask(server, head + "Content-Length: 11\r\n\r\n")) == 413)
    let expecting = "Content-Length: 11\r\nExpect: 100-continue\r\n\r\n"
    #expect(status(of: try ask(server, head + expecting)) == 413)
    let long = "Transfer-Encoding: chunked\r\n\r\nb\r\n0123456789a\r\n0\r\n\r\n"
    #expect(status(of: try ask(server, head + long)) == 413)
  }

  @Test("nothing is answered about whose end two servers could disagree")
  func smuggling() throws {
    let server = try echo()
    defer { server.stop() }
    let head = "POST /x HTTP/1.1\r\nHost: a\r\n"
    let wrong = [
      "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
      "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
      "Transfer-Encoding: gzip\r\n\r\nabc", "Content-Length: -1\r\n\r\n",
      "Content-Length: +3\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nabc",
    ]
    for rest in wrong {
      let client = try #require(SocketClient(port: server.port))
      client.send(head + rest)
      let answer = client.receive()
      #expect(
        [400, 413, 501].contains(status(of: answer)) || answer.isEmpty, "\(rest): \(answer)")
      #expect(!answer.contains("[POST") && client.isClosed, "\(rest): \(answer)")
    }
  }

  @Test("a head is as long as it may be, and not longer")
  func heads() throws {
    let server = try echo()
    defer { server.stop() }
    let end = "\r\nConnection: close\r\n\r\n"
    for (size, expected) in [(16_384, 200), (16_385, 431)] {
      let start = "GET /x HTTP/1.1\r\nHost: a\r\nX: "
      let filling = String(repeating: "y", count: size - start.utf8.count - end.utf8.count)
      #expect(status(of: try ask(server, start + filling + end)) == expected, "\(size)")
    }
    let wide = "GET /x HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "y", count: 1 << 20) + end
    #expect(status(of: try ask(server, wide)) == 431)
    let path = "GET /" + String(repeating: "y", count: 100_000) + " HTTP/1.1\r\nHost: a" + end
    #expect(status(of: try ask(server, path)) == 414)
  }

  @Test("requests on one connection are answered in their order")
  func pipelining() throws {
    let server = try echo()
    defer { server.stop() }
    let requests = (0..<200).map { place in
      "GET /n\(place) HTTP/1.1\r\nHost: a\r\n\(place == 199 ? "Connection: close\r\n" : "")\r\n"
    }
    let answer = try ask(server, requests.joined())
    let places = answer.split(separator: "[GET n").dropFirst().map { $0.prefix { $0 != "?" } }
    #expect(places.map(String.init) == (0..<200).map(String.init))
  }

  @Test("who says nothing, or too slowly, is cut off, and others are served meanwhile")
  func slowness() throws {
    let server = try echo {
      $0.idleSecondsMaximum = 1
      $0.readingSecondsMaximum = 1
    }
    defer { server.stop() }
    let silent = try #require(SocketClient(port: server.port))
    let slow = try #require(SocketClient(port: server.port))
    slow.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\na")
    let answer = try ask(server, "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    #expect(status(of: answer) == 200)
    #expect(!silent.receive().contains("[GET"))
    #expect(silent.isClosed)
    #expect(status(of: slow.receive()) == 408)
    #expect(slow.isClosed)
  }

  @Test("what is being answered when the server stops is answered; later clients are refused")
  func stopping() throws {
    let hasBegun = Mutex(false)
    let server = try HTTPServer(address: "127.0.0.1", port: 0) { _ in
      hasBegun.withLock { $0 = true }
      pause(milliseconds: 300)
      return HTTPResponse(status: 200, body: Array("done".utf8))
    }
    let client = try #require(SocketClient(port: server.port))
    client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n")
    while !hasBegun.withLock({ $0 }) { pause(milliseconds: 1) }
    server.stop()
    #expect(client.receive(until: "done").hasSuffix("done"))
    #expect(SocketClient(port: server.port) == nil)
  }

  @Test("many wait for few workers; beyond what may wait they are told to come again")
  func crowd() throws {
    var limits = HTTPLimits()
    limits.workers = 1
    limits.waitingMaximum = 2
    let isOpen = Mutex(false)
    let begun = Mutex(0)
    let server = try HTTPServer(address: "127.0.0.1", port: 0, limits: limits) { _ in
      begun.withLock { $0 += 1 }
      while !isOpen.withLock({ $0 }) { pause(milliseconds: 1) }
      return HTTPResponse(status: 200)
    }
    defer { server.stop() }
    let clients = try (0..<6).map { _ in try #require(SocketClient(port: server.port)) }
    clients[0].send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n")
    while begun.withLock({ $0 }) == 0 { pause(milliseconds: 1) }
    for client in clients.dropFirst() { client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n") }
    pause(milliseconds: 1_000)
    isOpen.withLock { $0 = true }
    let answers = clients.map { $0.answer()?.status }
    #expect(answers.count { $0 == 200 } == 3, "\(answers)")
    #expect(answers.count { $0 == 503 } == 3, "\(answers)")
  }
}
