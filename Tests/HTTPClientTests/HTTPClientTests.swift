import Foundation
import HTTP
import HTTPClient
import Synchronization
import Testing

/// A server on this machine that keeps what it was sent.
private final class Receiver: Sendable {
  let requests = Mutex<[HTTPRequest]>([])
  private let kept: Mutex<HTTPServer?>

  init(_ answer: @escaping @Sendable (HTTPRequest) -> HTTPResponse) throws {
    kept = Mutex(nil)
    let server = try HTTPServer(address: "127.0.0.1", port: 0) { [weak self] request in
      self?.requests.withLock { $0.append(request) }
      return answer(request)
    }
    kept.withLock { $0 = server }
  }

  var url: String { "http://127.0.0.1:\(kept.withLock { $0?.port } ?? 0)/hook" }
  func stop() { kept.withLock { $0?.stop() } }
}

@Suite("Asking other people's servers")
struct HTTPClientTests {
  @Test("a body arrives as it was sent, with its headers, and the answer comes back")
  func exchange() throws {
    let receiver = try Receiver { _ in HTTPResponse(status: 202, body: Array("thanks".utf8)) }
    defer { receiver.stop() }
    let client = HTTPClient(reachesPrivate: true)
    let answer = try client.post(
      [0, 1, 255], to: try #require(WebAddress(receiver.url)), headers: [("X-A", "b c")])
    #expect(answer.status == 202)
    #expect(answer.body == Array("thanks".utf8))
    #expect(!answer.isCut)
    let request = try #require(receiver.requests.withLock { $0.first })
    #expect(request.method == "POST")
    #expect(request.path == ["hook"])
    #expect(request.body == [0, 1, 255])
    #expect(request.value(of: "x-a") == "b c")
  }

  @Test("H36: an address of this machine is refused when a connection to it is opened")
  func privateAddress() throws {
    let receiver = try Receiver { _ in HTTPResponse(status: 200) }
    defer { receiver.stop() }
    let address = try #require(WebAddress(receiver.url))
    #expect(throws: HTTPClient.Failure.privateAddress) {
      try HTTPClient().post([], to: address, headers: [])
    }
    #expect(receiver.requests.withLock { $0.isEmpty })
  }

  @Test("H36: a name is looked at when a connection is opened, whatever it stood for before")
  func privateName() throws {
    let receiver = try Receiver { _ in HTTPResponse(status: 200) }
    defer { receiver.stop() }
    let name = ProcessInfo.processInfo.hostName
    let port = try #require(receiver.url.split(separator: ":").last)
    let address = try #require(WebAddress("http://\(name):\(port)"))
    #expect(throws: HTTPClient.Failure.self) {
      try HTTPClient().post([], to: address, headers: [])
    }
    #expect(receiver.requests.withLock { $0.isEmpty })
  }

  @Test("a redirection is an answer, and nobody follows it")
  func redirection() throws {
    let receiver = try Receiver { request in
      request.path == ["hook"]
        ? HTTPResponse(status: 307, headers: [.init("Location", "/other")])
        : HTTPResponse(status: 200)
    }
    defer { receiver.stop() }
    let answer = try HTTPClient(reachesPrivate: true).post(
      [], to: try #require(WebAddress(receiver.url)), headers: [])
    #expect(answer.status == 307)
    #expect(receiver.requests.withLock { $0.count } == 1)
  }

  @Test("an answer of 10 MiB is cut, and its status still counts")
  func longAnswer() throws {
    let receiver = try Receiver { _ in
      HTTPResponse(status: 200, body: [UInt8](repeating: 97, count: 10_485_760))
    }
    defer { receiver.stop() }
    let answer = try HTTPClient(reachesPrivate: true, bodyBytesMaximum: 1_000).post(
      [], to: try #require(WebAddress(receiver.url)), headers: [])
    #expect(answer.status == 200)
    #expect(answer.body.count == 1_000)
    #expect(answer.isCut)
  }

  @Test("a server that does not answer is given up in time, and one that is not there at once")
  func silence() throws {
    let isOver = Mutex(false)
    let receiver = try Receiver { _ in
      while !isOver.withLock({ $0 }) { usleep(1_000) }
      return HTTPResponse(status: 200)
    }
    let address = try #require(WebAddress(receiver.url))
    let client = HTTPClient(reachesPrivate: true, timeoutMilliseconds: 200)
    #expect(throws: HTTPClient.Failure.timeout) { try client.post([], to: address, headers: []) }
    isOver.withLock { $0 = true }
    receiver.stop()
    #expect(throws: HTTPClient.Failure.self) { try client.post([], to: address, headers: []) }
  }
}
