import HTTP
import Synchronization

/// A server that is told of what happens, and answers as it is wanted to.
final class Ear: Sendable {
  struct Heard: Sendable {
    var headers: [String: String]
    var body: String
    var type: String
    var account: String?
  }

  let heard = Mutex<[Heard]>([])
  let status = Mutex(204)
  /// Accounts whose events are refused.
  let refused = Mutex<Set<String>>([])
  private let server = Mutex<HTTPServer?>(nil)

  init() throws {
    let made = try HTTPServer(address: "127.0.0.1", port: 0) { [weak self] request in
      self?.take(request) ?? HTTPResponse(status: 500)
    }
    server.withLock { $0 = made }
  }

  private func take(_ request: HTTPRequest) -> HTTPResponse {
    let answer = Caller.Answer(status: 0, headers: [:], body: request.body)
    let account = answer["data", "account"]
    if let account, refused.withLock({ $0.contains(account) }) { return HTTPResponse(status: 500) }
    let status = status.withLock { $0 }
    guard status < 300 else { return HTTPResponse(status: status) }
    heard.withLock {
      $0.append(
        Heard(
          headers: Dictionary(request.headers.map { ($0.name, $0.value) }) { $1 },
          body: answer.text, type: answer["type"] ?? "", account: account))
    }
    return HTTPResponse(status: status)
  }

  var url: String { "http://127.0.0.1:\(server.withLock { $0?.port } ?? 0)/events" }
  var types: [String] { heard.withLock { $0.map(\.type) } }
  var accounts: [String?] { heard.withLock { $0.map(\.account) } }
  deinit { server.withLock { $0?.stop() } }
}
