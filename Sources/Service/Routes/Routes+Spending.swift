import HTTP
import Ledger
import LocalTime
import Storage
import WireFormat

extension Routes {
  static let spending = [
    Route(
      "POST", "/v1/spending-accounts", .client(.balancesWrite), isEffectful: true, trace: .log,
      "Opens an account that pays for others, or changes its name and window.", openSpending),
    Route(
      "POST", "/v1/spending-accounts:usable", .client(.balancesRead), trace: .nowhere,
      "The spending accounts that somebody can use now.", usable),
    Route(
      "GET", "/v1/spending-accounts/{id}", .client(.balancesRead),
      "An account that pays for others, what it has, and who may spend from it.", showSpending),
    Route(
      "PUT", "/v1/spending-accounts/{id}/assignments/{scope}/{key}", .client(.balancesWrite),
      "Lets a buyer, a group or a user spend from an account.", assign),
    Route(
      "DELETE", "/v1/spending-accounts/{id}/assignments/{scope}/{key}", .client(.balancesWrite),
      "Takes that back.", unassign),
  ]

  private static func openSpending(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let body = try RequestBody(
      call.request.body, known: ["id", "name", "balance", "startsAt", "endsAt"])
    let id = try body.newID()
    let spending = SpendingAccount(
      account: id, name: try body.text("name") ?? id, balance: try body.required("balance"),
      startsAt: try body.instant("startsAt"), endsAt: try body.instant("endsAt"))
    return try service.perform(call, .account(.openSpending(spending))) {
      (answer) throws(Problem) in
      guard answer.isAccepted else { throw Problem(answer) }
      return .json(
        201,
        jsonObject { writer in
          writer.text("id", id)
          writer.text("outcome", answer.code.rawValue)
        })
    }
  }

  private static func showSpending(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let id = call.parameter("id")
    let now = service.clock()
    let (found, view, assignments) = try service.read { (reader) throws(StorageError) in
      let spending = try reader.spendingAccount(id)
      return (
        spending,
        try spending.flatMap { (spending) throws(StorageError) in
          try reader.view(spending.balance, of: id, at: now)
        },
        try reader.assignments(to: id, most: Int(ServiceLimits.pageMaximum))
      )
    }
    guard let spending = found, let view else {
      throw Problem(404, "unknown_account", "no such spending account")
    }
    let decimals = try service.decimals(of: spending.balance)
    return .json(
      200,
      jsonObject { writer in
        writer.text("id", spending.account)
        writer.text("name", spending.name)
        writer.text("startsAt", spending.startsAt.map { "\($0)" })
        writer.text("endsAt", spending.endsAt.map { "\($0)" })
        writer.key("balance")
        writer.balance(spending.balance, view, decimals)
        writer.list("assignments", assignments) { writer, assignment in
          writer.beginObject()
          writer.text("scope", assignment.assignee.scope.rawValue)
          writer.text("key", assignment.assignee.key)
          writer.key("exceedMaximum")
          writer.decimal(assignment.exceedMaximum, decimals: decimals)
          writer.endObject()
        }
      })
  }

  private static func usable(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let body = try RequestBody(call.request.body, known: ["user", "groups", "buyer"])
    let spender = Spender(
      try body.required("user"),
      groups: try service.unkept(try body.texts("groups") ?? []),
      buyer: try body.text("buyer"))
    let now = service.clock()
    let (views, programme) = try service.read { (reader) throws(StorageError) in
      (try reader.spendingAccounts(usableBy: spender, at: now), reader.programme)
    }
    return .json(
      200,
      jsonObject { writer in
        writer.list("accounts", views) { writer, view in
          let decimals = programme.terms(named: view.spending.balance)?.decimals ?? 0
          writer.beginObject()
          writer.text("id", view.spending.account)
          writer.text("name", view.spending.name)
          writer.text("balance", view.spending.balance)
          writer.key("available")
          writer.decimal(view.available, decimals: decimals)
          writer.key("exceedMaximum")
          writer.decimal(view.exceedMaximum, decimals: decimals)
          writer.text("endsAt", view.spending.endsAt.map { "\($0)" })
          writer.endObject()
        }
      })
  }

  private static func assign(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let bytes = call.request.body.isEmpty ? Array("{}".utf8) : call.request.body
    let body = try RequestBody(bytes, known: ["exceedMaximum"])
    let id = call.parameter("id")
    let balance = try service.read { (reader) throws(StorageError) in
      try reader.spendingAccount(id)?.balance
    }
    guard let balance else { throw Problem(404, "unknown_account", "no such spending account") }
    let most = try body.amount("exceedMaximum", decimals: try service.decimals(of: balance)) ?? 0
    return try change(service, call, exceedMaximum: most)
  }

  private static func unassign(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    try change(service, call, exceedMaximum: nil)
  }

  private static func change(_ service: PromoService, _ call: Call, exceedMaximum: Int64?)
    throws(Problem) -> HTTPResponse
  {
    guard let scope = SpendingAssignee.Scope(rawValue: call.parameter("scope")) else {
      throw Problem(404, "unknown_path", "an assignment is of a buyer, a group or a user")
    }
    let answer = try service.ask(
      call,
      .account(
        .assignSpending(
          account: call.parameter("id"),
          to: SpendingAssignee(scope, call.parameter("key")), exceedMaximum: exceedMaximum)))
    guard answer.isAccepted else { throw Problem(answer) }
    return HTTPResponse(status: 204)
  }
}
