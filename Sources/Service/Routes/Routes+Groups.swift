import HTTP
import Ledger
import Promo
import Storage
import WireFormat

extension Routes {
  static let groups = [
    Route(
      "GET", "/v1/accounts/{id}/groups", .client(.accountsRead), "The groups an account is in.",
      showGroups),
    Route(
      "GET", "/v1/groups/{group}/members", .client(.accountsRead), "Who is in a group now.",
      members),
    Route(
      "PUT", "/v1/groups/{group}/members/{id}", .client(.groups),
      "Puts an account into a group.", join),
    Route(
      "DELETE", "/v1/groups/{group}/members/{id}", .client(.groups),
      "Takes an account out of a group.", leave),
    Route(
      "GET", "/v1/groups", .client(.accountsRead),
      "The groups that the rules name, and those that were made.", listGroups),
    Route("GET", "/v1/groups/{group}", .client(.accountsRead), "One group.", showGroup),
    Route(
      "POST", "/v1/groups", .client(.groups), "Makes a group that no rules need to name.",
      makeGroup),
    Route(
      "PATCH", "/v1/groups/{group}", .client(.groups), "Says what a group is for.",
      describeGroup),
    Route(
      "DELETE", "/v1/groups/{group}", .client(.groups),
      "Removes a group that was made, when nobody is in it.", removeGroup),
  ]

  private static func showGroups(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let id = call.parameter("id")
    let found = try service.read { (reader) throws(StorageError) -> [String]? in
      guard try reader.accountID(keeping: id) != nil else { return nil }
      return try reader.groups(of: id, at: service.clock())
    }
    guard let groups = found else {
      throw Problem(404, "unknown_account", "no account of that id is known")
    }
    return .json(
      200,
      jsonObject { writer in
        writer.text("account", id)
        writer.list("groups", groups) { $0.string($1) }
      })
  }

  private static func members(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let group = call.parameter("group")
    try service.checkKept(group)
    let most = try call.number("limit", 1...ServiceLimits.pageMaximum) ?? ServiceLimits.pageDefault
    let list = "members of \(group)"
    let after = try call.cursor("after", in: list, service) ?? ""
    let now = service.clock()
    let members = try service.read { (reader) throws(StorageError) in
      try reader.members(of: group, after: after, most: Int(most), at: now)
    }
    return .json(
      200,
      jsonObject { writer in
        writer.text("group", group)
        writer.list("members", members) { $0.string($1) }
        if members.count == most, let last = members.last {
          let next = PageCursor(list: list, place: last)
          writer.text("next", next.text(key: service.cursorKey))
        }
      })
  }

  private static func join(_ service: PromoService, _ call: Call) throws(Problem) -> HTTPResponse {
    try service.checkKept(call.parameter("group"))
    let answer = try service.ask(
      call, .account(.join(account: call.parameter("id"), group: call.parameter("group"))))
    guard answer.isAccepted || answer.code == .alreadyInGroup else { throw Problem(answer) }
    return HTTPResponse(status: 204)
  }

  private static func leave(_ service: PromoService, _ call: Call) throws(Problem) -> HTTPResponse {
    let answer = try service.ask(
      call, .account(.leave(account: call.parameter("id"), group: call.parameter("group"))))
    guard answer.isAccepted || answer.code == .notInGroup else { throw Problem(answer) }
    return HTTPResponse(status: 204)
  }

  private static func listGroups(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let groups = try service.groups()
    return .json(200, jsonObject { $0.list("groups", groups) { $0.group($1) } })
  }

  private static func showGroup(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    try shown(call.parameter("group"), 200, service)
  }

  private static func shown(_ name: String, _ status: Int, _ service: PromoService)
    throws(Problem) -> HTTPResponse
  {
    guard let group = try service.groups().first(where: { $0.name == name }) else {
      throw Problem.noGroup
    }
    var writer = JSONWriter()
    writer.group(group)
    return .json(status, writer.bytes)
  }

  private static func makeGroup(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let body = try RequestBody(call.request.body, known: ["name", "description"])
    let name = try body.required("name")
    guard isIdentifier(name) else {
      throw body.refused("name", "bad_identifier", "a name is short and has no control characters")
    }
    let description = try description(in: body)
    let (isDeclared, now) = (service.rules.declares(group: name), service.clock())
    let outcome = try service.administer { (store) throws(StorageError) in
      try store.makeGroup(name, description, isDeclared: isDeclared, at: now)
    }
    switch outcome {
    case .done: return try shown(name, 201, service)
    case .tooMany: throw Problem(409, "too_many_groups", "there are as many as there may be")
    case .hasMembers(let count):
      throw Problem(
        409, "group_has_members", "\(count) are in a group of that name that rules once named",
        at: "/name")
    default: throw Problem(409, "group_exists", "there is a group of that name", at: "/name")
    }
  }

  private static func describeGroup(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let name = call.parameter("group")
    try service.checkKept(name)
    let body = try RequestBody(call.request.body, known: ["description"])
    guard body.has("description") else { throw body.missing("description") }
    let description = try description(in: body)
    let isKnown = try service.administer { (store) throws(StorageError) in
      try store.describeGroup(name, description)
    }
    guard isKnown else { throw Problem.noGroup }
    return try shown(name, 200, service)
  }

  private static func removeGroup(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let name = call.parameter("group")
    guard !service.rules.declares(group: name) else {
      throw Problem(
        409, "group_of_rules", "the rules name the group: publish rules without it first")
    }
    let now = service.clock()
    switch try service.administer({ (store) throws(StorageError) in
      try store.removeGroup(name, at: now)
    }) {
    case .done: return HTTPResponse(status: 204)
    case .hasMembers(let count):
      var problem = Problem(409, "group_has_members", "take everybody out of it first")
      problem.members = [("members", Array(String(count).utf8))]
      throw problem
    default: throw Problem.noGroup
    }
  }

  private static func description(in body: RequestBody) throws(Problem) -> String {
    if body.isNull("description") { return "" }
    let text = try body.text("description") ?? ""
    guard text.utf8.count <= LedgerLimits.textBytesMaximum else {
      throw body.refused(
        "description", "too_long", "at most \(LedgerLimits.textBytesMaximum) bytes")
    }
    return text
  }
}

/// A group as it is shown: what rules say of it, and what somebody else does.
private struct ShownGroup {
  var name: String
  var declaration: LoyaltyDeclarations.Group?
  var description: String
}

extension PromoService {
  /// The groups that the rules name, in their order, and those that were made.
  fileprivate func groups() throws(Problem) -> [ShownGroup] {
    let described = try read { (reader) throws(StorageError) in try reader.describedGroups() }
    var shown = rules.loyalty.groups.map { group in
      ShownGroup(
        name: group.name, declaration: group,
        description: described.first { $0.name == group.name }?.description ?? "")
    }
    shown += described.filter { $0.isMade && !rules.declares(group: $0.name) }.map {
      ShownGroup(name: $0.name, declaration: nil, description: $0.description)
    }
    return shown
  }

  /// Makes sure that the ledger knows who is in a group.
  fileprivate func checkKept(_ group: String) throws(Problem) {
    guard try unkept([group]).isEmpty else { throw Problem.noGroup }
  }

  /// Those of some groups of which the ledger does not know itself who is in them.
  func unkept(_ groups: [String]) throws(Problem) -> [String] {
    let rules = rules
    guard !groups.allSatisfy({ rules.declares(group: $0) }) else { return [] }
    return try read { (reader) throws(StorageError) in try reader.unkept(groups, by: rules) }
  }
}

extension Problem {
  fileprivate static var noGroup: Problem {
    Problem(404, "unknown_group", "the rules name no such group, and nobody made it")
  }
}

extension JSONWriter {
  fileprivate mutating func group(_ group: ShownGroup) {
    beginObject()
    text("name", group.name)
    if !group.description.isEmpty { text("description", group.description) }
    key("declared")
    bool(group.declaration != nil)
    list("joinsOn", group.declaration?.joinsOn ?? []) { $0.string($1) }
    if let visits = group.declaration?.leavesAfterVisits {
      key("leavesAfterVisits")
      number(visits)
    }
    if let term = group.declaration?.leavesAfter {
      text("leavesAfter", "\(term.count) \(term.period)")
    }
    endObject()
  }
}
