import Foundation
import HTTP
import LocalTime
import Storage
import Synchronization
import Testing
import WireFormat

@testable import Service

/// A clock that stands still until it is moved.
final class StandingClock: Sendable {
  private let seconds: Mutex<Int64>
  init(_ seconds: Int64) { self.seconds = Mutex(seconds) }
  var now: Instant { Instant(secondsSince1970: seconds.withLock { $0 }) }
  func move(by count: Int64) { seconds.withLock { $0 += count } }
}

/// A service over a folder of its own.
final class ServiceFixture {
  let path = NSTemporaryDirectory() + "service-" + UUID().uuidString
  let clock = StandingClock(1_800_000_000)
  private var running: PromoService?
  /// A key with every scope.
  let key: String

  /// A service with the rules of one text.
  init(
    _ rules: String, reachesPrivateAddresses: Bool = false, paymentHook: PaymentHook? = nil,
    twinMilliseconds: Int? = nil
  ) throws {
    try FileManager.default.createDirectory(
      atPath: path + "/rules", withIntermediateDirectories: true)
    try Data(rules.utf8).write(to: URL(fileURLWithPath: path + "/rules/shop.promo"))
    let clock = clock
    let service = try PromoService(
      data: path + "/data", rules: [path + "/rules"],
      reachesPrivateAddresses: reachesPrivateAddresses, paymentHook: paymentHook,
      twinMilliseconds: twinMilliseconds, clock: { clock.now })
    key = try service.makeKey("shop", scopes: PromoService.allScopes)
    running = service
  }

  /// The service as it is now.
  var service: PromoService {
    guard let running else { preconditionFailure("the service did not start again") }
    return running
  }

  /// Ends the service, so that another can have its folder.
  func end() { running = nil }

  /// Ends the service and starts another over the same folder.
  func restart(reachesPrivateAddresses: Bool = true, paymentHook: PaymentHook? = nil) throws {
    running = nil
    try patiently { running = try start(reachesPrivateAddresses, paymentHook) }
  }

  private func start(_ reachesPrivateAddresses: Bool, _ paymentHook: PaymentHook?) throws
    -> PromoService
  {
    let clock = clock
    return try PromoService(
      data: path + "/data", rules: [path + "/rules"],
      reachesPrivateAddresses: reachesPrivateAddresses, paymentHook: paymentHook,
      clock: { clock.now })
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A caller of the service as it is now.
  var caller: Caller { Caller(service: service, key: key) }

  /// What the books say.
  func audit() throws -> [String] {
    let utc = ZoneTable(identifier: "UTC", transitions: [], offsets: [0])
    return try LedgerReader(folder: path + "/data", zone: utc).audit().differences
  }
}

/// Tries until a folder is let go by whoever had it, which may still be at its last answer.
func patiently(_ body: () throws -> Void) throws {
  for _ in 0..<500 {
    do { return try body() } catch ServiceError.folder(_, .locked(_)) { usleep(10_000) }
  }
  try body()
}

/// Asks a service as a client does.
struct Caller: Sendable {
  let service: PromoService
  var key: String?

  /// What came back.
  struct Answer: Sendable {
    let status: Int
    let headers: [String: String]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    /// A value of the body by its keys and places; nil when it is not there.
    subscript(_ path: String...) -> String? {
      guard let document = try? JSONDocument(parsing: body) else { return nil }
      var value: JSONValue? = document.root
      for part in path {
        value =
          value?.kind == .array
          ? Int(part).flatMap { place in
            value.map { Array($0.elements) }.flatMap {
              $0.indices.contains(place) ? $0[place] : nil
            }
          }
          : value?[part]
      }
      guard let value else { return nil }
      return value.string ?? value.number?.text ?? value.bool.map { "\($0)" }
    }
  }

  /// What the service says of itself; every answer in every test is held against it.
  private static let description: DescribedAnswers.Description = {
    guard let description = try? DescribedAnswers.Description(OpenAPI.description) else {
      preconditionFailure("the description is no JSON")
    }
    return description
  }()

  /// Sends a request.
  @discardableResult
  func callAsFunction(
    _ method: String, _ target: String, _ body: String = "", once: String? = nil,
    headers: [(name: String, value: String)] = []
  ) -> Answer {
    let halves = target.split(separator: "?", maxSplits: 1).map(String.init)
    var sent = headers
    if let key { sent.append(("authorization", "Bearer \(key)")) }
    if !body.isEmpty { sent.append(("content-type", "application/json")) }
    if let once { sent.append(("idempotency-key", once)) }
    let query =
      halves.count < 2
      ? []
      : halves[1].split(separator: "&").map {
        pair -> (name: String, value: String) in
        let sides = pair.split(separator: "=", maxSplits: 1).map(String.init)
        return (sides[0], sides.count > 1 ? sides[1] : "")
      }
    let response = service.answer(
      HTTPRequest(
        method: method, path: halves[0].split(separator: "/").map(String.init), query: query,
        headers: sent, body: Array(body.utf8), client: "127.0.0.1"), log: { _ in })
    if method != "HEAD" {
      let faults = Self.description.faults(
        method, halves[0].split(separator: "/").map(String.init), response.status, response.body)
      #expect(faults.isEmpty, "\(method) \(target) is answered as nobody described")
    }
    return Answer(
      status: response.status,
      headers: Dictionary(
        response.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $1 }),
      body: response.body)
  }

  /// Makes a member with something of a balance.
  @discardableResult
  func member(_ id: String, having amount: String? = nil, of balance: String = "points") -> Answer {
    let made = self("POST", "/v1/accounts", #"{"id":"\#(id)"}"#, once: "make \(id)")
    guard let amount else { return made }
    return self(
      "POST", "/v1/accounts/\(id)/balances/\(balance)/adjustments",
      #"{"kind":"issue","amount":"\#(amount)","reason":"a present"}"#,
      once: "give \(id) \(balance)")
  }

  /// What an account can spend of a balance.
  func available(_ balance: String, of id: String) -> String? {
    let answer = self("GET", "/v1/accounts/\(id)/balances")
    for place in 0..<20 where answer["balances", "\(place)", "balance"] == balance {
      return answer["balances", "\(place)", "available"]
    }
    return nil
  }
}
