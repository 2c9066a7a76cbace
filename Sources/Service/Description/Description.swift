/// What a route takes and what it answers when it does what it is asked.
struct Description: Sendable {
  /// What may stand behind the question mark.
  struct Argument: Sendable {
    let name: String
    let shape: Shape
    let isRequired: Bool
    init(_ name: String, _ shape: Shape, isRequired: Bool = false) {
      self.name = name
      self.shape = shape
      self.isRequired = isRequired
    }
  }

  /// The body; nil for none.
  var takes: Shape?
  /// Whether the body may be missing.
  var isOptional = false
  var arguments: [Argument] = []
  /// Whether the header `If-Match` is read, and whether it must be there.
  var ifMatch: Bool?
  /// The statuses of what was done, each with its body; nil for none.
  var answers: [(status: Int, shape: Shape?)]

  init(
    _ takes: Shape? = nil, isOptional: Bool = false, arguments: [Argument] = [],
    ifMatch: Bool? = nil, answers: [(status: Int, shape: Shape?)]
  ) {
    self.takes = takes
    self.isOptional = isOptional
    self.arguments = arguments
    self.ifMatch = ifMatch
    self.answers = answers
  }

  /// The route's, by its method and path; every route has one.
  static func of(_ route: Route) -> Description? { all[route.name] }

  static let all: [String: Description] = Dictionary(
    uniqueKeysWithValues: [purchases, people, value, operation].flatMap {
      $0.map { ($0.key, $0.value) }
    })
}

extension Route {
  /// Such as `GET /v1/quotes/{id}`.
  var name: String { "\(method) /\(path.joined(separator: "/"))" }
}

extension Description {
  static let limit = Argument("limit", .integer)
  static let outcome = Shape.fields(["id": .text, "outcome": .text])
}
