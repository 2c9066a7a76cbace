import Ledger
package import LocalTime

/// A group of which the ledger knows who is in it, as somebody described it.
public struct KeptGroup: Hashable, Sendable {
  /// Its name, which rules may name too.
  public var name: String
  /// What it is for, in the shop's words; empty for nothing.
  public var description: String
  /// Whether it was made by itself, and not only named by rules.
  public var isMade: Bool
}

private let one = SQLText("SELECT name, description, made_at FROM member_group WHERE name = $1")
private let described = SQLText(
  """
  SELECT name, description, made_at FROM member_group
  WHERE made_at IS NOT NULL OR description <> '' ORDER BY name
  """)
private let count = SQLText("SELECT count(*) FROM member_group")
private let insert = SQLText(
  """
  INSERT INTO member_group (name, description, made_at) VALUES ($1, $2, $3)
  ON CONFLICT (name) DO UPDATE SET description = excluded.description,
    made_at = excluded.made_at, joins_on = NULL, visits = NULL, stay_count = NULL,
    stay_period = NULL
  """)
private let describe = SQLText("UPDATE member_group SET description = $2 WHERE name = $1")
private let forgetGroup = SQLText(
  "UPDATE member_group SET made_at = NULL, description = '' WHERE name = $1")
private let memberCount = SQLText(
  """
  SELECT count(*) FROM membership
  WHERE member_group = $1 AND left_at IS NULL AND (leaves_at IS NULL OR leaves_at > $2)
  """)

extension LedgerStore {
  /// Makes a group that no rules need to name.
  ///
  /// - Parameter isDeclared: Whether the rules in force name one.
  package func makeGroup(_ name: String, _ description: String, isDeclared: Bool, at now: Instant)
    throws(StorageError) -> GroupOutcome
  {
    try administer { () throws(StorageError) in
      let known = try connection.group(name)
      guard !isDeclared, known?.isMade != true else { return .exists }
      if known == nil, try connection.number(count) ?? 0 >= LedgerLimits.groupsMaximum {
        return .tooMany
      }
      // Whoever is still in it from rules of long ago would be in it again.
      let members = try connection.number(
        memberCount, [.text(name), .integer(now.secondsSince1970)])
      if let members, members > 0 { return .hasMembers(members) }
      try connection.run(
        insert, [.text(name), .text(description), .integer(now.secondsSince1970)])
      return .done
    }
  }

  /// Says what a group is for; false for one that is not known.
  package func describeGroup(_ name: String, _ description: String) throws(StorageError) -> Bool {
    try administer { () throws(StorageError) in
      try connection.run(describe, [.text(name), .text(description)]) == 1
    }
  }

  /// Removes a group that was made, if nobody is in it; who was in it when is still known.
  package func removeGroup(_ name: String, at now: Instant) throws(StorageError) -> GroupOutcome {
    try administer { () throws(StorageError) in
      guard try connection.group(name)?.isMade == true else { return .unknown }
      let members = try connection.number(
        memberCount, [.text(name), .integer(now.secondsSince1970)])
      if let members, members > 0 { return .hasMembers(members) }
      try connection.run(forgetGroup, [.text(name)])
      return .done
    }
  }
}

extension LedgerReader {
  /// Every group that was made or described, by name.
  package func describedGroups() throws(StorageError) -> [KeptGroup] {
    var groups: [KeptGroup] = []
    let rows = try connection.rows(described, [])
    while try rows.next() { groups.append(KeptGroup(rows)) }
    return groups
  }

  /// A group by its name; nil for one that neither rules ever named nor anybody made.
  package func group(_ name: String) throws(StorageError) -> KeptGroup? {
    try connection.group(name)
  }
}

extension SQLConnection {
  fileprivate func group(_ name: String) throws(StorageError) -> KeptGroup? {
    let rows = try rows(one, [.text(name)])
    defer { rows.close() }
    return try rows.next() ? KeptGroup(rows) : nil
  }
}

extension KeptGroup {
  fileprivate init(_ rows: any SQLRows) {
    self.init(
      name: rows.text(0), description: rows.text(1), isMade: rows.optionalInteger(2) != nil)
  }
}
