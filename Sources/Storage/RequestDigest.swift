import Ledger
import LocalTime

extension LedgerRequest {
  /// What tells two requests of one id apart: every field of the command, the actor and the reason.
  ///
  /// A caller may say what does instead.
  var digest: [UInt8] {
    if let identity { return identityDigest(identity) }
    var fields = HashChain.Fields()
    fields.add(actor)
    fields.add(reason)
    command.add(to: &fields)
    return HashChain.digest(fields.bytes)
  }
}

/// What tells requests apart whose callers say by what.
func identityDigest(_ identity: [UInt8]) -> [UInt8] {
  var fields = HashChain.Fields()
  fields.add("identity")
  fields.add(identity)
  return HashChain.digest(fields.bytes)
}

extension LedgerCommand {
  /// Adds a word for the command and all its fields.
  func add(to fields: inout HashChain.Fields) {
    switch self {
    case .account(let command):
      fields.add("account")
      command.add(to: &fields)
    case .open(let account): fields.add(["open", account])
    case .issue(let issue):
      fields.add(["issue", issue.account, issue.balance, issue.order, issue.campaign])
      fields.add(issue.amount)
      fields.add(issue.availableAt?.secondsSince1970)
      fields.add(issue.expiresAt?.secondsSince1970)
    case .redeem(let account, let balance, let amount, let takesWhatThereIs):
      fields.add(["redeem", account, balance, "\(takesWhatThereIs)"])
      fields.add(amount)
    case .adjust(let account, let balance, let change, let expiresAt, let allowsDebt):
      fields.add(["adjust", account, balance, "\(allowsDebt)"])
      fields.add(change)
      fields.add(expiresAt?.secondsSince1970)
    case .set(let account, let balance, let amount, let version):
      fields.add(["set", account, balance])
      fields.add(amount)
      fields.add(version)
    case .hold(let hold):
      fields.add("hold")
      fields.add(hold)
    case .replaceHold(let old, let hold):
      fields.add(["replace", old])
      fields.add(hold)
    case .capture(let hold, let amount, let remainder):
      fields.add(["capture", hold, remainder.rawValue])
      fields.add(amount)
    case .release(let hold): fields.add(["release", hold])
    case .checkout(let record):
      fields.add("checkout")
      record.add(to: &fields)
    case .void(let order, let policy): fields.add(["void", order, policy.rawValue])
    case .giveBack(let order, let lines, let policy, let credit):
      fields.add(["give back", order, policy.rawValue])
      fields.add(Int64(lines.count))
      for line in lines {
        fields.add(line.id)
        fields.add(line.quantity)
      }
      if let credit {
        fields.add(["credit", credit.balance])
        for line in credit.lines {
          fields.add(line.id)
          fields.add([line.tax, line.paidByLedger])
        }
      }
    case .settle(let most):
      fields.add("settle")
      fields.add(most)
    }
  }
}

extension CheckoutRecord {
  fileprivate func add(to fields: inout HashChain.Fields) {
    fields.add([order, account == nil ? "guest" : "customer", account ?? ""])
    fields.add(Int64(lines.count))
    for line in lines {
      fields.add(line.id)
      fields.add([line.quantity, line.paid])
    }
    fields.add(Int64(uses.count))
    for use in uses {
      fields.add(use.campaign)
      fields.add([use.discount, Int64(use.claims.count)])
      for claim in use.claims {
        fields.add([claim.scope.rawValue, claim.key, claim.period, claim.pool ?? ""])
        fields.add(claim.usesMaximum)
        fields.add(claim.discountMaximum)
      }
    }
    fields.add(Int64(spends.count))
    for spend in spends {
      switch spend.source {
      case .hold(let id, let remainder): fields.add(["hold", id, remainder.rawValue])
      case .balance(let name): fields.add(["balance", name])
      case .spending(let account, let spender):
        fields.add(["spending", account])
        fields.add(spender)
      }
      fields.add([spend.amount, Int64(spend.weights.count)] + spend.weights)
    }
    fields.add(Int64(rewards.count))
    for reward in rewards {
      fields.add([reward.campaign, reward.balance])
      fields.add(reward.availableAt?.secondsSince1970)
      fields.add(reward.expiresAt?.secondsSince1970)
      fields.add([reward.amount, Int64(reward.weights.count)] + reward.weights)
    }
    fields.add(body)
    for redemption in redemptions {
      fields.add(["redeemed before", redemption.request, redemption.balance])
      fields.add([redemption.amount, Int64(redemption.weights.count)] + redemption.weights)
    }
  }
}

extension HashChain.Fields {
  fileprivate mutating func add(_ numbers: [Int64]) {
    for number in numbers { add(number) }
  }
  mutating func add(_ texts: [String]) {
    for text in texts { add(text) }
  }
  fileprivate mutating func add(_ hold: LedgerCommand.PlaceHold) {
    add([hold.id, hold.account, hold.balance, "\(hold.takesWhatThereIs)"])
    add(hold.amount)
    add(hold.deadline.secondsSince1970)
    if let spender = hold.spender { add(spender) }
  }
  mutating func add(_ spender: Spender) {
    add([spender.user, spender.buyer == nil ? "self" : "buyer", spender.buyer ?? ""])
    add(Int64(spender.groups.count))
    add(spender.groups)
  }
}
