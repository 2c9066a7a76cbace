import Ledger
import LocalTime

extension CoinModel {
  /// Whether nobody has written yet that an account is out of a group.
  func isIn(_ account: String, _ group: String) -> Bool {
    people.memberships.contains {
      $0.account == account && $0.group == group && $0.leftAt == nil
    }
  }

  /// The groups an account is in at a moment.
  func groups(of account: String, at moment: Instant) -> [String] {
    var found: Set<String> = []
    for one in people.memberships where one.account == account && one.joinedAt <= moment {
      let end = [one.leftAt, one.leavesAt].compactMap { $0 }.min()
      if end.map({ moment < $0 }) ?? true { found.insert(one.group) }
    }
    return found.sorted()
  }

  /// Writes down what is over of an account, the first to be over first.
  mutating func endOver(_ account: String, at now: Instant) {
    for place in over(at: now) where people.memberships[place].account == account {
      endMembership(place, at: people.memberships[place].leavesAt ?? now, now)
    }
  }

  private func over(at now: Instant) -> [Int] {
    let all = people.memberships
    func end(_ place: Int) -> Instant { all[place].leavesAt ?? now }
    return all.indices
      .filter { all[$0].leftAt == nil && all[$0].leavesAt.map { $0 <= now } ?? false }
      .sorted { (end($0).secondsSince1970, $0) < (end($1).secondsSince1970, $1) }
  }

  private mutating func endMembership(_ place: Int, at moment: Instant, _ now: Instant) {
    people.memberships[place].leftAt = moment
    let ended = people.memberships[place]
    people.note("left", ended.account, names: [ended.group], at: now)
  }

  /// Puts an account into a group that it is not in; all terms of the shop are days.
  mutating func enter(_ account: String, _ group: GroupDeclaration, at now: Instant) {
    let day: Int64 = 86_400
    let midnight = now.secondsSince1970 / day * day
    people.memberships.append(
      PeopleModel.Membership(
        group: group.name, account: account, joinedAt: now,
        leavesAt: group.leavesAfter.map {
          Instant(secondsSince1970: midnight + Int64($0.count) * day)
        },
        visitsLeft: group.leavesAfterVisits))
    people.note("joined", account, names: [group.name], at: now)
  }

  mutating func join(_ account: String, _ name: String, at now: Instant) -> LedgerAnswer {
    guard accounts[account] != nil else { return LedgerAnswer(.unknownAccount) }
    guard let group = terms.groups.first(where: { $0.name == name }) else {
      return LedgerAnswer(.unknownGroup)
    }
    endOver(account, at: now)
    guard !isIn(account, name) else { return LedgerAnswer(.alreadyInGroup) }
    enter(account, group, at: now)
    return LedgerAnswer(.joined)
  }

  mutating func leave(_ account: String, _ name: String, at now: Instant) -> LedgerAnswer {
    guard accounts[account] != nil else { return LedgerAnswer(.unknownAccount) }
    guard terms.groups.contains(where: { $0.name == name }) else {
      return LedgerAnswer(.unknownGroup)
    }
    endOver(account, at: now)
    let place = people.memberships.indices.last {
      let one = people.memberships[$0]
      return one.account == account && one.group == name && one.leftAt == nil
    }
    guard let place else { return LedgerAnswer(.notInGroup) }
    endMembership(place, at: now, now)
    return LedgerAnswer(.left)
  }

  /// Counts a visit, perhaps by a purchase.
  ///
  /// - Returns: How many groups the account is out of by it.
  mutating func visit(_ account: String, _ order: String?, at now: Instant) -> Int64 {
    endOver(account, at: now)
    var ended: Int64 = 0
    for place in people.memberships.indices {
      let one = people.memberships[place]
      guard one.account == account, one.leftAt == nil, let left = one.visitsLeft else { continue }
      people.memberships[place].visitsLeft = left - 1
      if let order { people.memberships[place].orders.append(order) }
      guard left == 1 else { continue }
      ended += 1
      endMembership(place, at: now, now)
    }
    return ended
  }

  /// Takes back that a purchase was a visit.
  mutating func unvisit(_ order: String, at now: Instant) {
    for place in people.memberships.indices {
      let one = people.memberships[place]
      guard one.orders.contains(order), one.leftAt == nil || one.visitsLeft == 0,
        one.leavesAt.map({ now < $0 }) ?? true
      else { continue }
      let current = people.memberships.indices.last {
        let other = people.memberships[$0]
        return other.account == one.account && other.group == one.group && other.leftAt == nil
      }
      if let current {
        people.memberships[current].visitsLeft? += 1
        continue
      }
      people.memberships.append(
        PeopleModel.Membership(
          group: one.group, account: one.account, joinedAt: now, leavesAt: one.leavesAt,
          visitsLeft: 1))
      people.note("joined", one.account, names: [one.group], at: now)
    }
  }

  mutating func endMemberships(_ most: Int, at now: Instant) -> LedgerAnswer {
    let due = over(at: now)
    for place in due.prefix(most) {
      endMembership(place, at: people.memberships[place].leavesAt ?? now, now)
    }
    return LedgerAnswer(
      .settled, amount: Int64(min(most, due.count)), rest: due.count > most ? 1 : 0)
  }
}
