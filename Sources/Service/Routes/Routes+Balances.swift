import HTTP
import Ledger
import LocalTime
import Storage
import WireFormat

extension Routes {
  static let balances = [
    Route(
      "GET", "/v1/accounts/{id}/balances", .client(.balancesRead),
      "What an account has: available, held, pending, expiring next.", showBalances),
    Route(
      "POST", "/v1/accounts/{id}/balances/{name}/adjustments", .client(.balancesWrite),
      isEffectful: true, "Issues, redeems or corrects, with a reason.", adjust),
    Route(
      "PUT", "/v1/accounts/{id}/balances/{name}", .client(.balancesWrite), isEffectful: true,
      "Sets what is posted, if the version in If-Match is still the balance's.", set),
  ]

  private static func showBalances(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    .json(200, try service.balances(of: call.parameter("id")))
  }

  private static func adjust(_ service: PromoService, _ call: Call) throws(Problem) -> HTTPResponse
  {
    let body = try RequestBody(
      call.request.body,
      known: [
        "kind", "amount", "order", "campaign", "availableAt", "expiresAt", "allowsDebt",
        "takesWhatThereIs", "reason",
      ])
    let account = call.parameter("id")
    let name = call.parameter("name")
    let decimals = try service.decimals(of: name)
    guard let amount = try body.amount("amount", decimals: decimals) else {
      throw body.missing("amount")
    }
    let command: LedgerCommand
    switch try body.required("kind") {
    case "issue":
      command = .issue(
        .init(
          account: account, balance: name, amount: amount,
          order: try body.text("order") ?? call.once?.id ?? "",
          campaign: try body.text("campaign") ?? "adjustment",
          availableAt: try body.instant("availableAt"), expiresAt: try body.instant("expiresAt")))
    case "redeem":
      command = .redeem(
        account: account, balance: name, amount: amount,
        takesWhatThereIs: try body.flag("takesWhatThereIs") ?? false)
    case "adjust":
      command = .adjust(
        account: account, balance: name, by: amount, expiresAt: try body.instant("expiresAt"),
        allowsDebt: try body.flag("allowsDebt") ?? false)
    default:
      throw body.refused("kind", "unknown_word", "a kind is issue, redeem or adjust")
    }
    let reason = try body.required("reason")
    return try service.perform(call, command, reason: reason) { (answer) throws(Problem) in
      try outcome(answer, account: account, balance: name, decimals)
    }
  }

  private static func set(_ service: PromoService, _ call: Call) throws(Problem) -> HTTPResponse {
    let body = try RequestBody(call.request.body, known: ["posted", "reason"])
    let account = call.parameter("id")
    let name = call.parameter("name")
    let decimals = try service.decimals(of: name)
    guard let version = try call.version() else {
      throw Problem(428, "version_required", "say in If-Match which version you have seen")
    }
    guard let amount = try body.amount("posted", decimals: decimals) else {
      throw body.missing("posted")
    }
    return try service.perform(
      call, .set(account: account, balance: name, to: amount, ifVersion: version),
      reason: try body.required("reason")
    ) { (answer) throws(Problem) in
      try outcome(answer, account: account, balance: name, decimals)
    }
  }

  private static func outcome(
    _ answer: LedgerAnswer, account: String, balance: String, _ decimals: Int
  ) throws(Problem) -> HTTPResponse {
    guard answer.isAccepted else { throw Problem(answer, decimals: decimals) }
    return .json(
      200,
      jsonObject { writer in
        writer.text("account", account)
        writer.text("balance", balance)
        writer.text("outcome", answer.code.rawValue)
        writer.key("amount")
        writer.decimal(answer.amount, decimals: decimals)
        if answer.rest != 0 {
          writer.key(answer.code == .redeemed ? "due" : "clipped")
          writer.decimal(answer.rest, decimals: decimals)
        }
        if let transaction = answer.transaction {
          writer.key("transaction")
          writer.number(transaction)
        }
      })
  }
}

extension Problem {
  /// Why the ledger did not move what was asked; says what there is.
  init(_ answer: LedgerAnswer, decimals: Int) {
    self.init(answer)
    switch answer.code {
    case .insufficient: members.append(("available", jsonAmount(answer.amount, decimals)))
    case .exceedsHold: members.append(("held", jsonAmount(answer.amount, decimals)))
    case .budgetExhausted: members.append(("left", jsonAmount(answer.amount, decimals)))
    default: break
    }
  }
}

extension PromoService {
  /// The ledger's balances.
  func programme() throws(Problem) -> LoyaltyProgramme {
    try read { (reader) throws(StorageError) in reader.programme }
  }

  /// The decimals that a balance is written with.
  func decimals(of balance: String) throws(Problem) -> Int {
    guard let terms = try programme().terms(named: balance) else {
      throw Problem(404, "unknown_balance", "the rules declare no such balance")
    }
    return terms.decimals
  }

  /// Every balance of an account, in JSON.
  func balances(of account: String) throws(Problem) -> [UInt8] {
    let now = clock()
    let found = try read { (reader) throws(StorageError) -> [(BalanceTerms, BalanceView)]? in
      guard try reader.accountID(keeping: account) != nil else { return nil }
      var views: [(BalanceTerms, BalanceView)] = []
      for terms in reader.programme.balances {
        if let view = try reader.view(terms.name, of: account, at: now) {
          views.append((terms, view))
        }
      }
      return views
    }
    guard let views = found else {
      throw Problem(404, "unknown_account", "no account of that id is known")
    }
    return jsonObject { writer in
      writer.text("account", account)
      writer.list("balances", views) { writer, element in
        writer.balance(element.0.name, element.1, element.0.decimals)
      }
    }
  }
}
