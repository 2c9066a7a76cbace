import Ledger
import LocalTime

extension LedgerRequest {
  /// What tells two requests of one id apart: every field of the command, the actor and the reason.
  var digest: [UInt8] {
    var fields = HashChain.Fields()
    fields.add(actor)
    fields.add(reason)
    command.add(to: &fields)
    return HashChain.digest(fields.bytes)
  }
}

extension LedgerCommand {
  /// Adds a word for the command and all its fields.
  func add(to fields: inout HashChain.Fields) {
    switch self {
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
    case .settle(let most):
      fields.add("settle")
      fields.add(most)
    }
  }
}

extension HashChain.Fields {
  fileprivate mutating func add(_ texts: [String]) {
    for text in texts { add(text) }
  }
  fileprivate mutating func add(_ hold: LedgerCommand.PlaceHold) {
    add([hold.id, hold.account, hold.balance, "\(hold.takesWhatThereIs)"])
    add(hold.amount)
    add(hold.deadline.secondsSince1970)
  }
}
