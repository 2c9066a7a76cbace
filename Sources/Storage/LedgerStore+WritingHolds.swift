import Ledger
import LocalTime

extension LedgerStore {
  private static let insertHold = SQLText(
    """
    INSERT INTO hold (id, account, kind, amount, captured, placed_at, deadline, is_open)
    VALUES ($1, $2, $3, $4, 0, $5, $6, 1)
    """)
  private static let updateHold = SQLText(
    "UPDATE hold SET captured = $2, is_open = $3 WHERE id = $1")
  private static let insertPart = SQLText(
    "INSERT INTO hold_part (hold, place, lot, amount) VALUES ($1, $2, $3, $4)")
  private static let removeParts = SQLText("DELETE FROM hold_part WHERE hold = $1")
  private static let insertEnd = SQLText(
    "INSERT INTO hold_end (hold, ending, effective_at) VALUES ($1, $2, $3)")

  /// Writes holds that are new, changed or ended; the key of an ending makes it the only one.
  func writeHolds(_ book: AccountBook, before: AccountBook, at now: Instant)
    throws(StorageError)
  {
    let ended = book.endedHolds.map(\.hold)
    for hold in ended + book.holds {
      let known = before.holds.first { $0.id.utf8.elementsEqual(hold.id.utf8) }
      guard known != hold else { continue }
      if known == nil { try insert(hold, of: book.account, at: now) }
      let isOpen = !ended.contains(hold)
      try connection.run(
        Self.updateHold, [.text(hold.id), .integer(hold.captured), .integer(isOpen ? 1 : 0)])
      if known?.parts != hold.parts { try writeParts(of: hold) }
    }
    for end in book.endedHolds {
      try connection.run(
        Self.insertEnd,
        [
          .text(end.hold.id), .text(end.ending.rawValue), .integer(end.at.secondsSince1970),
        ])
    }
  }

  private func insert(_ hold: Hold, of account: AccountNumber, at now: Instant)
    throws(StorageError)
  {
    try connection.run(
      Self.insertHold,
      [
        .text(hold.id), .integer(account.value), .integer(hold.balance.value),
        .integer(hold.amount), .integer(now.secondsSince1970),
        .integer(hold.deadline.secondsSince1970),
      ])
  }

  private func writeParts(of hold: Hold) throws(StorageError) {
    try connection.run(Self.removeParts, [.text(hold.id)])
    for (place, part) in hold.parts.enumerated() {
      try connection.run(
        Self.insertPart,
        [
          .text(hold.id), .integer(Int64(place)), .integer(part.lot.value),
          .integer(part.amount),
        ])
    }
  }
}
