public import LocalTime

/// Something that a client asked for which moves no value: who asked for what, and when.
///
/// What moves value says so in its transaction.
public struct OperatorAction: Hashable, Sendable {
  /// Counted up from 1.
  public var place: Int64
  /// Who asked, such as `client shop`.
  public var actor: String
  /// What was asked for, such as `DELETE /v1/clients/{id}`.
  public var action: String
  /// What it is about: the ids in its path.
  public var subject: String
  /// When it was asked for.
  public var recordedAt: Instant
}

private let insertAction = SQLText(
  """
  INSERT INTO operator_action (place, actor, action, subject, recorded_at)
  VALUES ((SELECT coalesce(max(place), 0) + 1 FROM operator_action), $1, $2, $3, $4)
  """)
private let actionsAfter = SQLText(
  """
  SELECT place, actor, action, subject, recorded_at FROM operator_action
  WHERE place > $1 ORDER BY place LIMIT $2
  """)

extension LedgerStore {
  /// Writes down who asks for what, before it is done.
  public func note(_ action: String, of subject: String, by actor: String, at now: Instant)
    throws(StorageError)
  {
    try administer { () throws(StorageError) in
      _ = try connection.run(
        insertAction,
        [.text(actor), .text(action), .text(subject), .integer(now.secondsSince1970)])
    }
  }
}

extension LedgerReader {
  /// What was asked for after a place, in the order it was.
  public func actions(after place: Int64, most: Int) throws(StorageError) -> [OperatorAction] {
    var actions: [OperatorAction] = []
    let rows = try connection.rows(actionsAfter, [.integer(place), .integer(Int64(most))])
    defer { rows.close() }
    while try rows.next() {
      actions.append(
        OperatorAction(
          place: rows.integer(0), actor: rows.text(1), action: rows.text(2),
          subject: rows.text(3), recordedAt: Instant(secondsSince1970: rows.integer(4))))
    }
    return actions
  }
}
