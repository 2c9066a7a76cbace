import Dispatch
package import HTTP
import Ledger
import Storage
import Synchronization
import WireFormat

extension PromoService {
  /// Answers one request: finds its route, makes sure who asks, and has it done.
  ///
  /// - Parameter log: Is given a line for operators; nil when nobody reads them.
  package func answer(_ request: HTTPRequest, log: ((String) -> Void)?) -> HTTPResponse {
    let start = DispatchTime.now().uptimeNanoseconds
    metrics.begin()
    let requestID = (try? Secrets.randomID(8)) ?? ""
    var pattern = "none"
    var actor = "anybody"
    var response: HTTPResponse
    do throws(Problem) {
      let found = try route(of: request)
      pattern = "\(found.route.method) /\(found.route.path.joined(separator: "/"))"
      let call = try admit(request, found.route, found.parameters)
      actor = call.actor
      try checkPerson(found.route, call)
      if let once = call.once, !running.begin(once.id) { throw stillRunning }
      defer { if let once = call.once { running.end(once.id) } }
      try writeDown(found.route, call)
      response = try found.route.handler(self, call)
    } catch {
      response = error.response
    }
    response.headers.append(.init("X-Request-Id", requestID))
    response.headers.append(.init("Cache-Control", "no-store"))
    let microseconds = Int64((DispatchTime.now().uptimeNanoseconds - start) / 1_000)
    metrics.end(pattern, status: response.status, microseconds: microseconds)
    log?(
      line(
        requestID, pattern, actor, response.status, microseconds,
        request.value(of: "traceparent")))
    return response
  }

  private var stillRunning: Problem {
    var problem = Problem(
      409, "idempotency_in_progress", "the same request is being done; ask again for its answer")
    problem.headers = [.init("Retry-After", "1")]
    return problem
  }

  /// Whether a request is answered sooner than it could be handed to another thread: the quote of a
  /// small cart, for which nothing is read of the ledger, nothing is promised, and not every campaign
  /// is explained. A text that is escaped may say anything.
  package func isQuick(_ request: HTTPRequest) -> Bool {
    guard request.path == ["v1", "quotes"], request.query.isEmpty,
      request.body.count <= ServiceLimits.quickCartBytesMaximum
    else { return false }
    guard request.body.span.isSimple else { return false }
    return inForce.withLock { $0.boundedCampaigns.isEmpty && $0.codePools.isEmpty }
  }

  /// One line in JSON for operators; it names routes and clients, never ids of people or bodies.
  private func line(
    _ id: String, _ route: String, _ actor: String, _ status: Int, _ microseconds: Int64,
    _ trace: String?
  ) -> String {
    let bytes = jsonObject { writer in
      writer.text("at", "\(clock())")
      writer.text("request", id)
      writer.text("trace", trace.flatMap(traceID))
      writer.text("route", route)
      writer.text("caller", actor.hasPrefix("shopper") ? "shopper" : actor)
      writer.key("status")
      writer.number(Int64(status))
      writer.key("microseconds")
      writer.number(microseconds)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The trace's id of a `traceparent` header; nil for what is none.
  private func traceID(_ header: String) -> String? {
    let parts = header.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 4, parts[1].utf8.count == 32, bytes(ofHexadecimal: parts[1]) != nil else {
      return nil
    }
    return String(parts[1])
  }

  // MARK: Finding the route

  private func route(of request: HTTPRequest) throws(Problem) -> (
    route: Route, parameters: [String: String]
  ) {
    var methods: [String] = []
    let method = request.method == "HEAD" ? "GET" : request.method
    for route in Routes.all {
      guard let parameters = route.match(request.path) else { continue }
      if route.method == method { return (route, parameters) }
      methods.append(route.method)
    }
    guard !methods.isEmpty else {
      throw Problem(404, "unknown_path", "nothing is known under this path")
    }
    if methods.contains("GET") { methods.append("HEAD") }
    var problem = Problem(
      405, "method_not_allowed", "this path knows \(methods.joined(separator: ", "))")
    problem.headers = [.init("Allow", methods.joined(separator: ", "))]
    throw problem
  }

  // MARK: Letting in

  private func admit(_ request: HTTPRequest, _ route: Route, _ parameters: [String: String])
    throws(Problem) -> Call
  {
    var call = Call(request: request, parameters: parameters)
    switch route.access {
    case .open: return call
    case .client(let scope):
      let caller = try client(of: request)
      guard case .client(let id, let scopes) = caller else {
        throw Problem(403, "forbidden", "this is not for shoppers")
      }
      guard scopes.contains(scope) else {
        throw Problem(403, "forbidden", "this key lacks the scope \(scope.rawValue)")
      }
      try spend(id)
      call.caller = caller
    case .shopper:
      let caller = try shopper(of: request)
      if case .shopper(let account) = caller { try spend("shopper " + account) }
      call.caller = caller
    }
    try checkBody(request)
    if route.isEffectful { call.once = try once(request, call.actor) }
    return call
  }

  /// What is below an account whose person was forgotten is not there, except the answer to what was
  /// asked before; and to forget somebody again is to have done it.
  private func checkPerson(_ route: Route, _ call: Call) throws(Problem) {
    guard route.path.starts(with: ["v1", "accounts", "{id}"]), route.method != "DELETE" else {
      return
    }
    let isGone = try read { (reader) throws(StorageError) in
      guard try reader.isForgotten(call.parameter("id")) == true else { return false }
      guard let once = call.once else { return true }
      return try reader.earlier(once.id, identity: once.identity) == nil
    }
    if isGone { throw Problem(404, "unknown_account", "no account of that id is known") }
  }

  /// Writes down who asks, where nothing else does.
  private func writeDown(_ route: Route, _ call: Call) throws(Problem) {
    guard route.trace == .log else { return }
    let now = clock()
    let actor = call.actor
    let name = route.name
    var words = route.path.filter { $0.hasPrefix("{") }.map { part in
      call.parameter(String(part.dropFirst().dropLast()))
    }
    if let body = (try? JSONDocument(parsing: call.request.body))?.root, body.kind == .object {
      // A person may have a name; a group is told by it.
      let group = route.path == ["v1", "groups"] ? ["name"] : []
      for key in group + ["id", "account", "from", "pool", "scopes", "revision"] {
        guard let value = body[key] else { continue }
        let texts = value.kind == .array ? value.elements.map(\.string) : [value.string]
        let text = texts.compactMap(\.self).joined(separator: ",")
        words.append("\(key)=\(text.isEmpty ? value.number?.text ?? "" : text)")
      }
    }
    let subject = words.map { String($0.prefix(200)) }.joined(separator: " ")
    try administer { (store) throws(StorageError) in
      try store.note(name, of: subject, by: actor, at: now)
    }
  }

  private func spend(_ key: String) throws(Problem) {
    guard requestRate.take(key, milliseconds: milliseconds) else {
      var problem = Problem(429, "too_many_requests", "this key asks too often")
      problem.headers = [.init("Retry-After", "1")]
      throw problem
    }
  }

  /// Milliseconds of a clock that never goes back.
  var milliseconds: Int64 { Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000) }

  private func bearer(_ request: HTTPRequest) throws(Problem) -> String {
    guard let header = request.value(of: "authorization"), header.hasPrefix("Bearer "),
      header.utf8.count <= 2_048
    else { throw unauthorized }
    return String(header.dropFirst("Bearer ".count))
  }

  private var unauthorized: Problem {
    var problem = Problem(401, "unauthorized", "send a key that is good: Authorization: Bearer …")
    problem.headers = [.init("WWW-Authenticate", "Bearer")]
    return problem
  }

  private func client(of request: HTTPRequest) throws(Problem) -> Call.Caller {
    let key = try bearer(request)
    if let client = clients.withLock({ $0.client(ofKey: key) }) { return client }
    if let token = ShopperToken(key, key: tokenKey, at: clock()) {
      return .shopper(account: token.account)
    }
    throw unauthorized
  }

  private func shopper(of request: HTTPRequest) throws(Problem) -> Call.Caller {
    let caller = try client(of: request)
    guard case .shopper(let account) = caller else {
      throw Problem(403, "forbidden", "this is for shoppers, with a shopper's token")
    }
    let isForgotten = try read { (reader) throws(StorageError) in
      try reader.isForgotten(account)
    }
    // The token of somebody who was forgotten is over.
    guard isForgotten == false else { throw unauthorized }
    return caller
  }

  // MARK: What comes with the request

  private func checkBody(_ request: HTTPRequest) throws(Problem) {
    guard request.values(of: "content-encoding").allSatisfy({ $0 == "identity" }) else {
      throw Problem(415, "unsupported_encoding", "a body is sent as it is, not compressed")
    }
    guard ["POST", "PUT", "PATCH"].contains(request.method), !request.body.isEmpty else { return }
    let type = request.value(of: "content-type") ?? ""
    if type == "application/json" { return }
    let parts = type.lowercased().split(separator: ";").map {
      $0.filter { $0 != " " }
    }
    let isJSON =
      parts.first == "application/json" || parts.first == "application/merge-patch+json"
    let isUTF8 = parts.dropFirst().allSatisfy {
      $0 == "charset=utf-8" || $0 == "charset=\"utf-8\""
    }
    guard isJSON, isUTF8 else {
      throw Problem(415, "unsupported_media_type", "a body is application/json in UTF-8")
    }
  }

  /// The ledger's id of the request that a caller makes under a key.
  static func requestID(_ actor: String, _ key: String) -> String {
    "k" + hexadecimal(Secrets.digest([Array(actor.utf8), Array(key.utf8)]))
  }

  private func once(_ request: HTTPRequest, _ actor: String) throws(Problem) -> Call.Once {
    let keys = request.values(of: "idempotency-key")
    guard !keys.isEmpty else {
      throw Problem(400, "idempotency_key_missing", "send a header Idempotency-Key")
    }
    var key = keys[0]
    if key.utf8.count >= 2, key.hasPrefix("\""), key.hasSuffix("\"") {
      key = String(key.dropFirst().dropLast())
    }
    guard keys.count == 1, (1...ServiceLimits.keyBytesMaximum).contains(key.utf8.count),
      key.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
    else {
      throw Problem(
        400, "bad_idempotency_key",
        "an idempotency key has 1 to \(ServiceLimits.keyBytesMaximum) characters of ASCII, once")
    }
    return Call.Once(
      id: Self.requestID(actor, key),
      identity: Secrets.digest(
        [Array(request.method.utf8), Array((request.value(of: "if-match") ?? "").utf8)]
          + request.path.map { Array($0.utf8) } + [request.body]))
  }
}

extension Span<UInt8> {
  /// Whether nothing is escaped in a cart, and neither a customer nor an explanation is named.
  fileprivate var isSimple: Bool {
    for place in indices {
      if self[place] == UInt8(ascii: "\\") { return false }
      guard self[place] == UInt8(ascii: "\""), place + 1 < count else { continue }
      switch self[place + 1] {
      case UInt8(ascii: "c"): if holds("\"customer\"", at: place) { return false }
      case UInt8(ascii: "e"): if holds("\"explain\"", at: place) { return false }
      default: continue
      }
    }
    return true
  }

  /// Whether a text stands at a place.
  private func holds(_ text: StaticString, at place: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard place + length <= count else { return false }
    return text.withUTF8Buffer { wanted in
      for offset in 0..<length where self[place + offset] != wanted[offset] { return false }
      return true
    }
  }
}
