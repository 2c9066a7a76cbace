import Ledger
import LocalTime

extension AccountCommand {
  /// Adds a word for the command and its fields, but nothing a person could be known by.
  func add(to fields: inout HashChain.Fields) {
    switch self {
    case .register(let registration):
      fields.add([registration.isMember ? "enrol" : "register", registration.account])
      fields.add(registration.fields)
    case .update(let account, let version, let changes):
      fields.add(["update", account])
      fields.add(version)
      fields.add(changes)
    case .merge(let account, let other):
      fields.add(["merge", account, other])
    case .erase(let account): fields.add(["erase", account])
    case .disable(let account): fields.add(["disable", account])
    case .enable(let account): fields.add(["enable", account])
    case .allocateCard(let account, let pool, let number):
      fields.add(["card", account, pool, number == nil ? "next" : "named"])
    case .join(let account, let group): fields.add(["join", account, group])
    case .leave(let account, let group): fields.add(["leave", account, group])
    case .visit(let account): fields.add(["visit", account])
    case .endMemberships(let most):
      fields.add("end memberships")
      fields.add(most)
    case .generateCodes(let pool, let random):
      fields.add(["generate", pool])
      fields.add(random)
    case .useCode(let code, let pool, let order): fields.add(["use", code, pool, order])
    case .openSpending(let spending):
      fields.add(["open spending", spending.account, spending.name, spending.balance])
      fields.add(spending.startsAt?.secondsSince1970)
      fields.add(spending.endsAt?.secondsSince1970)
    case .assignSpending(let account, let assignee, let most):
      fields.add(["assign", account, assignee.scope.rawValue, assignee.key])
      fields.add(most)
    case .paySpending(let parts, let spender):
      fields.add("pay")
      fields.add(spender)
      fields.add(Int64(parts.count))
      for part in parts {
        fields.add(part.account)
        fields.add(part.amount)
      }
    }
  }

  /// Whether it says something about a person.
  var isPersonal: Bool {
    if case .allocateCard(_, _, .some) = self { return true }
    return !fields.isEmpty
  }

  /// Adds all by which a person could be known.
  func addPersonal(to written: inout HashChain.Fields) {
    if case .allocateCard(_, _, let number?) = self { written.add(number) }
    for change in fields {
      written.add(change.name)
      if case .set(let value) = change.change { value.add(to: &written) }
    }
  }
}

extension HashChain.Fields {
  /// Adds which fields change, and how, but not what they hold.
  fileprivate mutating func add(_ changes: [FieldChange]) {
    add(Int64(changes.count))
    for change in changes {
      add(change.name)
      switch change.change {
      case .keep: add("keep")
      case .clear: add("clear")
      case .set: add("set")
      }
    }
  }
}
