public import Ledger
import LocalTime

private let endTerms = SQLText(
  """
  UPDATE member_group
  SET joins_on = NULL, visits = NULL, stay_count = NULL, stay_period = NULL
  WHERE joins_on IS NOT NULL OR visits IS NOT NULL OR stay_count IS NOT NULL
  """)
private let upsertGroup = SQLText(
  """
  INSERT INTO member_group (name, joins_on, visits, stay_count, stay_period)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (name) DO UPDATE SET joins_on = excluded.joins_on, visits = excluded.visits,
    stay_count = excluded.stay_count, stay_period = excluded.stay_period
  """)
private let groupCount = SQLText("SELECT count(*) FROM member_group")
private let terms = SQLText(
  "SELECT visits, stay_count, stay_period FROM member_group WHERE name = $1")
private let joining = SQLText("SELECT name FROM member_group WHERE joins_on = $1 ORDER BY name")
private let insertMembership = SQLText(
  """
  INSERT INTO membership (place, member_group, account, joined_at, leaves_at, visits_left)
  VALUES ((SELECT coalesce(max(place), 0) + 1 FROM membership), $1, $2, $3, $4, $5)
  """)
private let openCount = SQLText(
  """
  SELECT count(*) FROM membership WHERE account = $1 AND member_group = $2 AND left_at IS NULL
  """)
private let openOnes = SQLText(
  "SELECT count(*) FROM membership WHERE account = $1 AND left_at IS NULL")
private let leave = SQLText(
  """
  UPDATE membership SET left_at = $3
  WHERE account = $1 AND member_group = $2 AND left_at IS NULL
  """)
private let overFor = SQLText(
  """
  SELECT account, member_group, leaves_at FROM membership
  WHERE account = $1 AND left_at IS NULL AND leaves_at <= $2 ORDER BY leaves_at, place
  """)
private let over = SQLText(
  """
  SELECT account, member_group, leaves_at FROM membership
  WHERE left_at IS NULL AND leaves_at <= $1 ORDER BY leaves_at, place LIMIT $2
  """)
private let countVisit = SQLText(
  """
  UPDATE membership SET visits_left = visits_left - 1
  WHERE account = $1 AND left_at IS NULL AND visits_left > 0
  """)
private let visitedOut = SQLText(
  """
  SELECT account, member_group, CAST($2 AS BIGINT) FROM membership
  WHERE account = $1 AND left_at IS NULL AND visits_left = 0 ORDER BY place
  """)
private let rememberVisit = SQLText(
  """
  INSERT INTO membership_visit (purchase, membership)
  SELECT CAST($2 AS TEXT), place FROM membership
  WHERE account = $1 AND left_at IS NULL AND visits_left > 0
  """)
/// The memberships a purchase was a visit of, but for those that somebody ended or that are over.
private let visitsOf = SQLText(
  """
  SELECT m.member_group, m.account, m.leaves_at, CASE WHEN m.left_at IS NULL THEN 0 ELSE 1 END
  FROM membership_visit AS v JOIN membership AS m ON m.place = v.membership
  WHERE v.purchase = $1 AND (m.left_at IS NULL OR m.visits_left = 0)
    AND (m.leaves_at IS NULL OR m.leaves_at > $2) ORDER BY m.place
  """)
private let uncountVisit = SQLText(
  """
  UPDATE membership SET visits_left = visits_left + 1
  WHERE account = $1 AND member_group = $2 AND left_at IS NULL AND visits_left IS NOT NULL
  """)
private let endDoubles = SQLText(
  """
  UPDATE membership SET left_at = $3
  WHERE account = $1 AND left_at IS NULL AND EXISTS (
    SELECT 1 FROM membership AS mine
    WHERE mine.account = $2 AND mine.member_group = membership.member_group)
  """)
private let moveMemberships = SQLText("UPDATE membership SET account = $2 WHERE account = $1")

extension LedgerStore {
  /// A membership that ends, and when it does.
  private struct Leaving {
    var account: AccountNumber
    var group: String
    var at: Int64
  }

  /// Makes the groups of the rules known; the terms hold for those who join from now on.
  ///
  /// A group that these rules do not name keeps its members, and nobody joins it by itself any more.
  ///
  /// - Throws: `constraint` for a bad name or number, and for too many.
  public func declareGroups(_ groups: [GroupDeclaration]) throws(StorageError) {
    try inOneCommit { () throws(StorageError) in
      try connection.run(endTerms, [])
      for group in groups {
        guard group.isGood else { throw .constraint("group \(group.name) can not be kept") }
        try connection.run(
          upsertGroup,
          [
            .text(group.name), group.joinsOn.map { .text($0.rawValue) } ?? .null,
            SQLValue(group.leavesAfterVisits),
            SQLValue(group.leavesAfter.map { Int64($0.count) }),
            group.leavesAfter.map { .text(word($0.period)) } ?? .null,
          ])
      }
      guard try connection.number(groupCount) ?? 0 <= LedgerLimits.groupsMaximum else {
        throw .constraint("more than \(LedgerLimits.groupsMaximum) groups")
      }
    }
  }

  /// Puts an account into a group, or takes it out.
  func setMembership(_ isIn: Bool, of id: String, in group: String, at now: Instant)
    throws(StorageError) -> LedgerAnswer
  {
    guard let account = try number(of: id) else { return LedgerAnswer(.unknownAccount) }
    let rows = try connection.rows(terms, [.text(group)])
    let isKnown = try rows.next()
    rows.close()
    guard isKnown else { return LedgerAnswer(.unknownGroup) }
    try endOver(of: account, at: now)
    let place: [SQLValue] = [.integer(account.value), .text(group)]
    let wasIn = try connection.number(openCount, place) != 0
    guard isIn != wasIn else { return LedgerAnswer(isIn ? .alreadyInGroup : .notInGroup) }
    if isIn {
      try join(account, group, at: now)
    } else {
      try end([Leaving(account: account, group: group, at: now.secondsSince1970)], at: now)
    }
    return LedgerAnswer(isIn ? .joined : .left)
  }

  /// Puts an account into every group that an event brings it into.
  func joinGroups(on event: GroupDeclaration.Event, _ account: AccountNumber, at now: Instant)
    throws(StorageError)
  {
    // A membership that is over is none, whether or not anybody has written so.
    try endOver(of: account, at: now)
    var names: [String] = []
    let rows = try connection.rows(joining, [.text(event.rawValue)])
    while try rows.next() { names.append(rows.text(0)) }
    for name in names
    where try connection.number(openCount, [.integer(account.value), .text(name)]) == 0 {
      try join(account, name, at: now)
    }
  }

  private func join(_ account: AccountNumber, _ group: String, at now: Instant)
    throws(StorageError)
  {
    let rows = try connection.rows(terms, [.text(group)])
    guard try rows.next() else { throw .corrupt("group \(group) is gone") }
    let visits = rows.optionalInteger(0)
    let count = rows.optionalInteger(1)
    let period = period(of: rows.text(2)) ?? .day
    rows.close()
    let today = programme.zone.local(at: now.secondsSince1970).date
    let end = count.map {
      programme.zone.instant(of: period.advance(today, by: Int($0)), second: 0).secondsSince1970
    }
    try connection.run(
      insertMembership,
      [
        .text(group), .integer(account.value), .integer(now.secondsSince1970), SQLValue(end),
        SQLValue(visits),
      ])
    try note(.joined, of: account, names: [group], at: now)
  }

  /// Counts a visit, and lets those memberships end that it was the last of.
  ///
  /// - Returns: How many ended by it.
  @discardableResult
  func visit(of account: AccountNumber, by order: String? = nil, at now: Instant)
    throws(StorageError) -> Int
  {
    guard try connection.number(openOnes, [.integer(account.value)]) != 0 else { return 0 }
    try endOver(of: account, at: now)
    if let order { try connection.run(rememberVisit, [.integer(account.value), .text(order)]) }
    let counted = try connection.run(countVisit, [.integer(account.value)])
    guard counted > 0 else { return 0 }
    return try endAll(
      visitedOut, [.integer(account.value), .integer(now.secondsSince1970)], at: now)
  }

  /// Takes back that a purchase was a visit: a membership that ended by it begins again, if its days
  /// are not over.
  func giveVisitBack(of order: String, at now: Instant) throws(StorageError) {
    var counted: [(values: [SQLValue], hasEnded: Bool)] = []
    let rows = try connection.rows(visitsOf, [.text(order), .integer(now.secondsSince1970)])
    while try rows.next() {
      let values: [SQLValue] = [
        .text(rows.text(0)), .integer(rows.integer(1)), .integer(now.secondsSince1970),
        SQLValue(rows.optionalInteger(2)), .integer(1),
      ]
      counted.append((values, rows.integer(3) != 0))
    }
    for (values, hasEnded) in counted {
      if try connection.run(uncountVisit, [values[1], values[0]]) > 0 || !hasEnded { continue }
      try connection.run(insertMembership, values)
      guard case .integer(let account) = values[1], case .text(let group) = values[0] else {
        continue
      }
      try note(.joined, of: AccountNumber(account), names: [group], at: now)
    }
  }

  /// Lets memberships end that are over, those first that are over longest.
  func endMemberships(most: Int64, at now: Instant) throws(StorageError) -> LedgerAnswer {
    let moment = SQLValue.integer(now.secondsSince1970)
    let ended = try endAll(over, [moment, .integer(most)], at: now)
    let isMore = try connection.rows(over, [moment, .integer(1)])
    defer { isMore.close() }
    return LedgerAnswer(.settled, amount: Int64(ended), rest: try isMore.next() ? 1 : 0)
  }

  private func endOver(of account: AccountNumber, at now: Instant) throws(StorageError) {
    try endAll(overFor, [.integer(account.value), .integer(now.secondsSince1970)], at: now)
  }

  @discardableResult
  private func endAll(_ statement: SQLText, _ values: [SQLValue], at now: Instant)
    throws(StorageError) -> Int
  {
    var found: [Leaving] = []
    let rows = try connection.rows(statement, values)
    while try rows.next() {
      found.append(
        Leaving(
          account: AccountNumber(rows.integer(0)), group: rows.text(1), at: rows.integer(2)))
    }
    try end(found, at: now)
    return found.count
  }

  private func end(_ leavings: [Leaving], at now: Instant) throws(StorageError) {
    for leaving in leavings {
      try connection.run(
        leave, [.integer(leaving.account.value), .text(leaving.group), .integer(leaving.at)])
      try note(.left, of: leaving.account, names: [leaving.group], at: now)
    }
  }

  /// Gives the memberships of an account to another; one that the other has or had is not had again.
  func moveMemberships(of merged: AccountNumber, to kept: AccountNumber, at now: Instant)
    throws(StorageError)
  {
    for account in [merged, kept] { try endOver(of: account, at: now) }
    let both: [SQLValue] = [.integer(merged.value), .integer(kept.value)]
    try connection.run(endDoubles, both + [.integer(now.secondsSince1970)])
    try connection.run(Storage.moveMemberships, both)
  }
}
