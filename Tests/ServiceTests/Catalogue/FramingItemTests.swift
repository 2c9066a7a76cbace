import HTTP
import SocketClient
import Testing

private let post = "POST /v1/accounts HTTP/1.1\r\nHost: a\r\n"
private let get = "GET /healthz HTTP/1.1\r\nHost: a\r\n"

@Suite("the catalogue of bad input: where a request begins and ends") struct FramingItemTests {
  /// Sends bytes; the answer's status and whether the connection was closed behind it.
  private func send(_ text: String, to server: CatalogueServer, until end: String? = nil) throws
    -> (status: Int, isClosed: Bool)
  {
    let answer = try server.raw(text, until: end)
    let status = answer.text.hasPrefix("HTTP/1.1 ") ? Int(answer.text.dropFirst(9).prefix(3)) : nil
    return (status ?? 0, answer.isClosed)
  }

  @Test("H15: a body without a type, of another type, or in another encoding of letters is 415")
  func contentTypes() throws {
    let server = try CatalogueServer()
    let body = hundredDollars()
    let head =
      "POST /v1/quotes HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(server.key)\r\n"
      + "Connection: close\r\nContent-Length: \(body.utf8.count)\r\n"
    for type in [
      "", "Content-Type:\r\n", "Content-Type: text/plain\r\n",
      "Content-Type: application/json; charset=utf-16\r\n", "Content-Type: application/jsonp\r\n",
      "Content-Type: application/json\r\nContent-Type: text/plain\r\n",
      "Content-Type: multipart/form-data; boundary=x\r\n",
      "Content-Type: application/x-www-form-urlencoded\r\n",
    ] {
      let answer = try server.raw(head + type + "\r\n" + body).text
      #expect(answer.hasPrefix("HTTP/1.1 415 "), "\(type): \(answer)")
      #expect(answer.contains("unsupported_media_type"), "\(type)")
    }
    for type in [
      "application/json", "application/json;charset=UTF-8", "Application/JSON; charset=\"utf-8\"",
    ] {
      let answer = try server.raw(head + "Content-Type: \(type)\r\n\r\n" + body).text
      #expect(answer.hasPrefix("HTTP/1.1 200 "), "\(type): \(answer)")
    }
  }

  @Test(
    "H16: a compressed body is 415, however small it is",
    arguments: ["gzip", "br", "deflate, gzip"])
  func compressed(_ encoding: String) throws {
    let server = try CatalogueServer()
    let answer = try server.shop(
      "POST", "/v1/quotes", hundredDollars(), headers: ["Content-Encoding: \(encoding)"])
    #expect(answer.said == "415 unsupported_encoding")
    let plain = try server.shop(
      "POST", "/v1/quotes", hundredDollars(), headers: ["Content-Encoding: identity"])
    #expect(plain.status == 200)
  }

  @Test("H17: a length that is wrong, negative, no number or there twice is 400, and it is closed")
  func lengths() throws {
    let server = try CatalogueServer()
    for length in [
      "Content-Length: -1\r\n", "Content-Length: +2\r\n", "Content-Length: 0x2\r\n",
      "Content-Length: two\r\n", "Content-Length: 2\r\nContent-Length: 3\r\n",
      "Content-Length: 2\r\nContent-Length: 2\r\n", "Content-Length: 2, 2\r\n",
      "Content-Length:\r\n",
    ] {
      let answer = try send(post + length + "\r\n{}", to: server)
      #expect(answer == (400, true), "\(length)")
    }
    let huge = try send(post + "Content-Length: 99999999999999999999999\r\n\r\n", to: server)
    #expect(huge == (413, true))
  }

  @Test("H18: a length and a chunked body at once are 400, and the connection is closed")
  func smuggling() throws {
    let server = try CatalogueServer()
    let next = get + "X-Next: here\r\n\r\n"
    for both in [
      "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
      "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
      "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", "Transfer-Encoding: x\r\n\r\n",
      "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    ] {
      let answer = try server.raw(post + both + next)
      #expect(answer.text.hasPrefix("HTTP/1.1 400 "), "\(both): \(answer.text)")
      #expect(answer.isClosed && !answer.text.contains(#""status":"ok""#), "\(both)")
    }
  }

  // The library answers an extension that fills its memory with 500, the one answer here above 499;
  // the request reaches nobody, and the connection is closed. It does so by itself wherever threads
  // of its own watch the sockets, with no option against it and no callback before it.
  @Test("H19: sizes that overflow, extensions without end and trailers that are none are refused")
  func chunks() throws {
    let server = try CatalogueServer()
    let chunked = post + "Transfer-Encoding: chunked\r\n\r\n"
    for (rest, statuses) in [
      ("fffffffffffffffff\r\n{}", [400, 413]), ("zz\r\n{}\r\n0\r\n\r\n", [400]),
      ("-1\r\n{}\r\n0\r\n\r\n", [400]), ("2\r\n{}x\r\n0\r\n\r\n", [400]),
      ("2\r\n{}\r\n0\r\nno trailer\r\n\r\n", [400]),
      ("2;" + String(repeating: "x", count: 1 << 20) + "\r\n{}\r\n0\r\n\r\n", [400, 413, 500]),
    ] {
      let answer = try send(chunked + rest, to: server)
      #expect(statuses.contains(answer.status) && answer.isClosed, "\(rest.prefix(40)): \(answer)")
    }
    #expect(server.log.allSatisfy { !$0.contains("/v1/accounts") })
    let good = try send(chunked + "2;x=y\r\n{}\r\n0\r\nX: y\r\n\r\n", to: server, until: "}")
    #expect(good.status == 401)
  }

  // The library takes most of these; it reads a folded line as a part of the name before it.
  @Test("H20: a folded line, a space before the colon, a lone line feed and a zero byte are 400")
  func headers() throws {
    let server = try CatalogueServer()
    for head in [
      get + "X: a\r\n b\r\n\r\n", get + "X: a\r\n\tb\r\nY: c\r\n\r\n", get + "X : a\r\n\r\n",
      get + "X\t: a\r\n\r\n", get + "X: a\nY: b\r\n\r\n", get + "X: a\n\r\n", get + "X: a\r\n\n",
      "GET /healthz HTTP/1.1\nHost: a\n\n", "GET /healthz HTTP/1.1\nHost: a\r\n\r\n",
      get + "X: a\u{0}b\r\n\r\n", get + "X: a\u{0}b\r\nY: c\r\n\r\n", get + "X\u{0}: a\r\n\r\n",
      get + "X: a\rb\r\n\r\n", get + "X: a\u{1b}[31m\r\n\r\n", get + "X\r\n\r\n",
      get + ": a\r\n\r\n",
      get + "X(y): a\r\n\r\n", "GET /healthz HTTP/1.1\r\n X: b\r\nHost: a\r\n\r\n",
    ] {
      let answer = try server.raw(head)
      #expect(answer.text.hasPrefix("HTTP/1.1 400 ") && answer.isClosed, "\(head): \(answer)")
    }
    #expect(server.log.isEmpty)
    for good in [
      "X: \r\nY:\r\n", "X:  a  \r\n", "X: a\tb \u{e9}\r\n", "Cookie: a=b; c=d\r\nX: y\r\n",
    ] {
      let answer = try send(get + good + "Connection: close\r\n\r\n", to: server)
      #expect(answer == (200, true), "\(good)")
    }
  }

  @Test("H21: a header of a MiB and 10,000 headers are 431, a line of 100 KiB is 414")
  func sizes() throws {
    let server = try CatalogueServer()
    let wide = get + "X: " + String(repeating: "y", count: 1 << 20) + "\r\n\r\n"
    #expect(try send(wide, to: server) == (431, true))
    let many = get + String(repeating: "X: y\r\n", count: 10_000) + "\r\n"
    #expect(try send(many, to: server) == (431, true))
    let long = "GET /" + String(repeating: "y", count: 100_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"
    #expect(try send(long, to: server) == (414, true))
  }

  @Test("H25: HTTP/0.9, the preface of HTTP/2 and the hello of TLS are sent away, and it is closed")
  func otherProtocols() throws {
    let server = try CatalogueServer()
    #expect(try send("GET /healthz\r\n", to: server) == (400, true))
    #expect(try send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", to: server) == (505, true))
    #expect(try send("GET /healthz HTTP/3.0\r\nHost: a\r\n\r\n", to: server) == (505, true))
    // What looks like no line at all is not answered.
    let hello = "\u{16}\u{3}\u{1}\u{0}\u{5}\u{1}\u{0}\u{0}\u{1}\u{3}\r\n\r\n"
    let answer = try send(hello, to: server)
    #expect([0, 400, 505].contains(answer.status) && answer.isClosed)
    #expect(try send("GET /healthz HTTP/1.0\r\n\r\n", to: server) == (200, true))
  }

  @Test("H26: without a host, or with two, it is 400; a target with the host in it is understood")
  func hosts() throws {
    let server = try CatalogueServer()
    let end = "Connection: close\r\n\r\n"
    #expect(try send("GET /healthz HTTP/1.1\r\n" + end, to: server) == (400, true))
    #expect(try send(get + "Host: b\r\n" + end, to: server) == (400, true))
    #expect(try send(get + "Host: a\r\n" + end, to: server) == (400, true))
    let whole = "GET http://shop.example/healthz HTTP/1.1\r\nHost: a\r\n" + end
    #expect(try send(whole, to: server) == (200, true))
  }

  @Test("H30: who asks first whether a body that is too large may come is told 413, and sends none")
  func expectation() throws {
    let server = try CatalogueServer()
    let expecting = post + "Expect: 100-continue\r\nContent-Length: 33554433\r\n\r\n"
    let answer = try server.raw(expecting)
    #expect(answer.text.hasPrefix("HTTP/1.1 413 "), "\(answer.text)")
    #expect(answer.isClosed)
    let fits = post + "Expect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n"
    #expect(try server.raw(fits, until: "100 ").text.hasPrefix("HTTP/1.1 100 "))
  }
}
