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
    Route("GET", "/v1/groups", .client(.accountsRead), "The groups of the rules.", listGroups),
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
    guard service.rules.declares(group: group) else {
      throw Problem(404, "unknown_group", "the rules declare no such group")
    }
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
    let groups = service.rules.loyalty.groups
    return .json(
      200,
      jsonObject { writer in
        writer.list("groups", groups) { writer, group in
          writer.beginObject()
          writer.text("name", group.name)
          writer.list("joinsOn", group.joinsOn) { $0.string($1) }
          if let visits = group.leavesAfterVisits {
            writer.key("leavesAfterVisits")
            writer.number(visits)
          }
          if let term = group.leavesAfter {
            writer.text("leavesAfter", "\(term.count) \(term.period)")
          }
          writer.endObject()
        }
      })
  }
}
