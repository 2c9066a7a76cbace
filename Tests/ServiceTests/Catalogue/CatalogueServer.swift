import Dispatch
import Foundation
import HTTP
import Service
import SocketClient
import Synchronization
import Testing

/// A whole service behind a socket: a folder of its own, a clock that stands still, and clients that
/// send bytes as they are.
final class CatalogueServer {
  /// Two balances that pay, one that is a discount; codes of every kind; one offer a customer has once.
  static let rules = """
    currency USD
    timezone "UTC"
    balance points { worth $1 per 100  redeem as payment }
    balance cashback { money  redeem as discount }
    balance gift_value { money  redeem as payment }
    balance budget { money }
    attributes { customer tier: text }
    group "new" { join on sign_up  leave after 1 visit }
    campaign welcome "Welcome" { limit 1 per customer  give $10 off order }
    campaign earning "Points" { earn 1 point per $1 of order }
    campaign inside "Inside" { code "INSIDE"  for customers in group "staff"  give $1 off order }
    campaign old "Old" { code "OLD"  active until 2020-01-01T00:00  give $1 off order }
    campaign soon "Soon" { code "SOON"  active from 2099-01-01  give $1 off order }
    campaign once "Once" { code "ONCE"  limit 1 per code  give $1 off order }
    campaign letter "By letter" { codes "letters"  give $5 off order }
    """

  let fixture: ServiceFixture
  private var server: ServingSocket

  /// A service with the rules of one text, or with those above.
  init(_ rules: String = CatalogueServer.rules, limits: HTTPLimits = .init()) throws {
    fixture = try ServiceFixture(rules)
    server = try ServingSocket(fixture.service, limits: limits)
  }

  /// The port it listens on.
  var port: UInt16 { server.port }
  /// A key with every scope.
  var key: String { fixture.key }
  /// Everything that was logged.
  var log: [String] { server.log }
  /// Stops, after what is in flight.
  func stop() { server.stop() }

  /// Stops, and starts again over the same folder, behind another port.
  func restart() throws {
    server.stop()
    try fixture.restart()
    server = try ServingSocket(fixture.service)
  }

  /// A caller with every scope.
  var shop: SocketCaller { SocketCaller(port: port, key: key) }

  /// A caller with the key of a new client that has some scopes.
  func client(_ id: String, _ scopes: String...) throws -> SocketCaller {
    let words = scopes.map { "\"\($0)\"" }.joined(separator: ",")
    let made = try shop("POST", "/v1/clients", #"{"id":"\#(id)","scopes":[\#(words)]}"#)
    let key: String = try #require(made["key"])
    return SocketCaller(port: port, key: key)
  }

  /// A caller with a shopper's token.
  func shopper(_ account: String, seconds: Int = 600) throws -> SocketCaller {
    let minted = try shop(
      "POST", "/v1/shopper-tokens", #"{"account":"\#(account)","seconds":\#(seconds)}"#)
    let token: String = try #require(minted["token"])
    return SocketCaller(port: port, key: token)
  }

  /// Sends bytes as they are, and reads until the other side closes or has said `end`.
  func raw(_ text: String, until end: String? = nil) throws -> (text: String, isClosed: Bool) {
    try shop.raw(text, until: end)
  }
}

/// A socket in front of a service, which it lets go when it stops.
final class ServingSocket {
  /// What the threads that answer share.
  private final class Shared: Sendable {
    let service: Mutex<PromoService?>
    let lines = Mutex<[String]>([])
    init(_ service: PromoService) { self.service = Mutex(service) }
  }

  private let shared: Shared
  private let server: HTTPServer

  init(_ service: PromoService, limits: HTTPLimits = .init()) throws {
    let shared = Shared(service)
    self.shared = shared
    server = try HTTPServer(
      address: "127.0.0.1", port: 0, limits: limits,
      isQuick: { request in shared.service.withLock { $0 }?.isQuick(request) ?? false }
    ) { request in
      guard let service = shared.service.withLock({ $0 }) else { return HTTPResponse(status: 503) }
      return service.answer(request) { line in shared.lines.withLock { $0.append(line) } }
    }
  }

  deinit { stop() }

  /// The port it listens on.
  var port: UInt16 { server.port }
  /// Everything that was logged.
  var log: [String] { shared.lines.withLock { $0 } }

  /// Stops, after what is in flight.
  func stop() {
    server.stop()
    shared.service.withLock { $0 = nil }
  }
}

/// Asks over a socket as a client does, each time over a connection of its own.
struct SocketCaller: Sendable {
  let port: UInt16
  var key: String?

  /// Sends a request and waits for its answer.
  @discardableResult
  func callAsFunction(
    _ method: String, _ target: String, _ body: String = "", once: String? = nil,
    headers: [String] = []
  ) throws -> Caller.Answer {
    var sent = headers + ["Connection: close"]
    if let key { sent.append("Authorization: Bearer \(key)") }
    if !body.isEmpty, !headers.contains(where: { $0.lowercased().hasPrefix("content-type") }) {
      sent.append("Content-Type: application/json")
    }
    if let once { sent.append("Idempotency-Key: \(once)") }
    let client = try #require(SocketClient(port: port, patienceSeconds: 60))
    let answer = try #require(client.ask(method, target, headers: sent, body: body))
    return Caller.Answer(answer)
  }

  /// Sends bytes as they are, and reads until the other side closes or has said `end`.
  func raw(_ text: String, until end: String? = nil) throws -> (text: String, isClosed: Bool) {
    let client = try #require(SocketClient(port: port))
    client.send(text)
    let answer = client.receive(until: end)
    return (answer, client.isClosed)
  }

  /// Makes a member with something of a balance.
  func member(_ id: String, having amount: String? = nil, of balance: String = "points") throws {
    let made = try self("POST", "/v1/accounts", #"{"id":"\#(id)"}"#, once: "make \(id)")
    #expect([200, 201].contains(made.status), "\(made.text)")
    guard let amount else { return }
    let given = try self(
      "POST", "/v1/accounts/\(id)/balances/\(balance)/adjustments",
      #"{"kind":"issue","amount":"\#(amount)","reason":"a present"}"#,
      once: "give \(id) \(balance)")
    #expect(given.status == 200, "\(given.text)")
  }

  /// What an account can spend of a balance.
  func available(_ balance: String, of id: String) throws -> String? {
    let answer = try self("GET", "/v1/accounts/\(id)/balances")
    for place in 0..<20 where answer["balances", "\(place)", "balance"] == balance {
      return answer["balances", "\(place)", "available"]
    }
    return nil
  }

  /// Prices a cart of $100 for a customer.
  func quote(_ customer: String? = nil, _ rest: String = "") throws -> Caller.Answer {
    try self("POST", "/v1/quotes", hundredDollars(customer, rest))
  }

  /// Buys a cart of $100 for a customer.
  func buy(_ order: String, _ customer: String? = nil, _ rest: String = "") throws -> Caller.Answer
  {
    try self(
      "POST", "/v1/checkouts", #"{"id":"\#(order)","cart":\#(hundredDollars(customer, rest))}"#,
      once: "buy \(order)")
  }

  /// Sets some of an account's balance aside.
  func hold(_ id: String, _ account: String, _ amount: String) throws -> Caller.Answer {
    try self(
      "POST", "/v1/holds",
      #"{"id":"\#(id)","account":"\#(account)","balance":"cashback","amount":"\#(amount)","deadline":"2027-01-15T09:00:00Z"}"#,
      once: "hold \(id)")
  }
}

extension Caller.Answer {
  /// What came back over a socket.
  init(_ answer: SocketClient.Answer) {
    var headers: [String: String] = [:]
    for line in answer.head.split(separator: "\r\n").dropFirst() {
      let sides = line.split(separator: ":", maxSplits: 1)
      guard sides.count == 2 else { continue }
      headers[sides[0].lowercased()] = String(sides[1].drop { $0 == " " })
    }
    self.init(status: answer.status, headers: headers, body: answer.body)
  }

  /// The status with the word that callers branch on.
  var said: String { "\(status) \(self["code"] ?? "")" }
}

/// A cart of $100.
func hundredDollars(_ customer: String? = nil, _ rest: String = "") -> String {
  let who = customer.map { #""customer":{"id":"\#($0)"},"# } ?? ""
  return #"{"currency":"USD",\#(who)\#(rest)"lines":[{"sku":"A","price":"50.00","quantity":2}]}"#
}

/// Asks many at once, each from a thread of its own, and waits for all.
func together<Result: Sendable>(_ count: Int, _ ask: @escaping @Sendable (Int) throws -> Result)
  throws -> [Result]
{
  let results = Mutex<[Int: Result]>([:])
  let group = DispatchGroup()
  for place in 0..<count {
    group.enter()
    Thread.detachNewThread {
      defer { group.leave() }
      guard let result = try? ask(place) else { return }
      results.withLock { $0[place] = result }
    }
  }
  group.wait()
  let all = results.withLock { $0 }
  return try (0..<count).map { try #require(all[$0]) }
}
