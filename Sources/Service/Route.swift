import HTTP

/// What a client may ask for.
enum Scope: String, CaseIterable, Sendable {
  case quotes
  case checkouts
  case accountsRead = "accounts:read"
  case accountsWrite = "accounts:write"
  case balancesRead = "balances:read"
  case balancesWrite = "balances:write"
  case holds
  case groups
  case codes
  case rulesRead = "rules:read"
  case rulesPublish = "rules:publish"
  case events = "events:read"
  case tokens
  case clients
  case webhooks
  case actions = "actions:read"
}

/// One thing that can be asked for.
struct Route: Sendable {
  /// Who may ask.
  enum Access: Sendable {
    /// Anybody.
    case open
    /// A client with the scope.
    case client(Scope)
    /// A shopper with a token.
    case shopper
  }

  /// Such as `POST`.
  let method: String
  /// The parts of the path; a name in braces stands for any part.
  let path: [String]
  let access: Access
  /// Whether asking twice would do it twice: then the request brings a key that says it is the same.
  let isEffectful: Bool
  /// Where it is written down who asked for it.
  enum Trace: Sendable {
    /// Nowhere: nothing changes.
    case nowhere
    /// With the transaction or the record that it makes.
    case books
    /// Among the actions, before it is done.
    case log
  }
  let trace: Trace
  /// A sentence for the description of the service.
  let summary: String
  let handler: @Sendable (PromoService, Call) throws(Problem) -> HTTPResponse

  init(
    _ method: String, _ path: String, _ access: Access, isEffectful: Bool = false,
    trace: Trace? = nil, _ summary: String,
    _ handler: @escaping @Sendable (PromoService, Call) throws(Problem) -> HTTPResponse
  ) {
    self.method = method
    self.path = path.split(separator: "/").map(String.init)
    self.access = access
    self.isEffectful = isEffectful
    self.trace = trace ?? (method == "GET" ? .nowhere : isEffectful ? .books : .log)
    self.summary = summary
    self.handler = handler
  }

  /// What the names in braces stand for; nil when the path is another.
  func match(_ parts: [String]) -> [String: String]? {
    guard parts.count == path.count else { return nil }
    var found: [String: String] = [:]
    for (pattern, part) in zip(path, parts) {
      if pattern.hasPrefix("{") {
        found[String(pattern.dropFirst().dropLast())] = part
      } else if !pattern.utf8.elementsEqual(part.utf8) {
        return nil
      }
    }
    return found
  }
}

/// One request on its way through the service.
struct Call: Sendable {
  var request: HTTPRequest
  /// The parts of the path that a route leaves open.
  var parameters: [String: String]
  /// Who asks; nil where anybody may.
  var caller: Caller?
  /// For a request that must not be done twice, its id and what tells it from others of that id.
  var once: Once?

  /// Who asks.
  enum Caller: Sendable {
    case client(id: String, scopes: Set<Scope>)
    case shopper(account: String)
  }

  /// A request that is done once.
  struct Once: Sendable {
    var id: String
    var identity: [UInt8]
  }

  /// Who asks, as the books name them.
  var actor: String {
    switch caller {
    case .client(let id, _): "client \(id)"
    case .shopper(let account): "shopper \(account)"
    case nil: "anybody"
    }
  }

  /// Makes sure that a client may do what needs a further scope.
  func require(_ scope: Scope) throws(Problem) {
    guard case .client(_, let scopes) = caller, scopes.contains(scope) else {
      throw Problem(403, "forbidden", "this key lacks the scope \(scope.rawValue)")
    }
  }

  /// A part of the path.
  func parameter(_ name: String) -> String { parameters[name] ?? "" }
}
