import Ledger
import LocalTime

/// Whose a hold is, open or not.
struct HoldOwner {
  var account: AccountNumber
  var balance: BalanceID
  var isOpen: Bool
  var deadline: Instant
  /// The account's id, and whether it neither earns nor spends.
  var id: String
  var isDisabled: Bool
}

extension LedgerStore {
  private static let holdAccount = SQLText(
    """
    SELECT coalesce(account.survivor, account.number), hold.kind, hold.is_open, account.id,
      account.disabled_at, hold.deadline
    FROM hold JOIN account ON account.number = hold.account WHERE hold.id = $1
    """)
  private static let ending = SQLText("SELECT ending FROM hold_end WHERE hold = $1")

  /// Sets value aside under an id that was never used before.
  func place(_ hold: LedgerCommand.PlaceHold, for request: LedgerRequest, at now: Instant)
    throws(StorageError) -> LedgerAnswer
  {
    guard try owner(ofHold: hold.id) == nil else { return LedgerAnswer(.holdExists) }
    if let refusal = try refusal(ofPlacing: hold, at: now) { return refusal }
    return try onBalance(hold.balance, of: hold.account, for: request, at: now) { book, id in
      do throws(HoldRefusal) {
        let granted = try book.place(
          hold: hold.id, hold.amount, of: id, until: hold.deadline, at: now,
          takesWhatThereIs: hold.takesWhatThereIs)
        return LedgerAnswer(.held, amount: granted, rest: hold.amount - granted)
      } catch {
        return LedgerAnswer(refusal: error)
      }
    }
  }

  /// Ends a hold and sets another amount aside instead, or changes nothing.
  func replace(
    _ old: String, by hold: LedgerCommand.PlaceHold, for request: LedgerRequest, at now: Instant
  ) throws(StorageError) -> LedgerAnswer {
    guard let owner = try owner(ofHold: old) else { return LedgerAnswer(.unknownHold) }
    guard try self.owner(ofHold: hold.id) == nil else { return LedgerAnswer(.holdExists) }
    if let refusal = try refusal(ofPlacing: hold, at: now) { return refusal }
    let programme = programme
    return try onBalance(hold.balance, of: hold.account, for: request, at: now) {
      (book, id) throws(StorageError) in
      guard owner.account == book.account, owner.balance == id else {
        return LedgerAnswer(.otherHold)
      }
      do throws(HoldRefusal) {
        let granted = try book.replace(
          hold: old, by: hold.id, hold.amount, until: hold.deadline, at: now,
          takesWhatThereIs: hold.takesWhatThereIs, programme)
        return LedgerAnswer(.held, amount: granted, rest: hold.amount - granted)
      } catch {
        return try refusal(error, of: old, in: book)
      }
    }
  }

  /// Captures a hold or gives it back.
  func end(_ hold: String, for request: LedgerRequest, at now: Instant) throws(StorageError)
    -> LedgerAnswer
  {
    guard let owner = try owner(ofHold: hold) else { return LedgerAnswer(.unknownHold) }
    if case .capture = request.command,
      let refusal = try refusal(ofCapturing: owner, at: now)
    {
      return refusal
    }
    return try onBook(of: owner.account, for: request, at: now) {
      (book) throws(StorageError) in
      do throws(HoldRefusal) {
        return try ended(hold, by: request.command, in: &book, at: now)
      } catch {
        return try refusal(error, of: hold, in: book)
      }
    }
  }

  /// Captures a hold as a part of a purchase.
  ///
  /// - Returns: Why not; nil when it was captured.
  func capture(
    _ hold: String, _ amount: Int64, _ remainder: AccountBook.Remainder,
    in book: inout AccountBook, at now: Instant, _ draft: inout TransactionDraft
  ) throws(StorageError) -> LedgerAnswer? {
    do throws(HoldRefusal) {
      _ = try book.capture(
        hold: hold, amount, remainder: remainder, at: now, into: &draft)
      return nil
    } catch {
      return try refusal(error, of: hold, in: book)
    }
  }

  private func ended(
    _ hold: String, by command: LedgerCommand, in book: inout AccountBook, at now: Instant
  ) throws(HoldRefusal) -> LedgerAnswer {
    guard case .capture(_, let amount, let remainder) = command else {
      return LedgerAnswer(.released, amount: try book.release(hold: hold, at: now))
    }
    let rest = try book.captureAlone(hold: hold, amount, remainder: remainder, at: now)
    return LedgerAnswer(.captured, amount: amount, rest: rest)
  }

  /// Why a hold could not be ended: one that is not open says how it ended.
  private func refusal(_ refusal: HoldRefusal, of hold: String, in book: AccountBook)
    throws(StorageError) -> LedgerAnswer
  {
    guard refusal == .unknown else { return LedgerAnswer(refusal: refusal) }
    let justNow = book.endedHolds.last { $0.hold.id.utf8.elementsEqual(hold.utf8) }
    if let justNow { return LedgerAnswer(refusal: HoldRefusal(justNow.ending)) }
    let rows = try connection.rows(Self.ending, [.text(hold)])
    defer { rows.close() }
    guard try rows.next(), let ending = Hold.Ending(rawValue: rows.text(0)) else {
      throw .corrupt("hold \(hold) is not open and has no ending")
    }
    return LedgerAnswer(refusal: HoldRefusal(ending))
  }

  /// Whose a hold is, open or not.
  func owner(ofHold id: String) throws(StorageError)
    -> HoldOwner?
  {
    let rows = try connection.rows(Self.holdAccount, [.text(id)])
    defer { rows.close() }
    guard try rows.next() else { return nil }
    return HoldOwner(
      account: AccountNumber(rows.integer(0)), balance: BalanceID(rows.integer(1)),
      isOpen: rows.integer(2) != 0,
      deadline: Instant(secondsSince1970: rows.integer(5)), id: rows.text(3),
      isDisabled: rows.optionalInteger(4) != nil)
  }

  /// Why an open hold can not be captured whatever it sets aside; nil when it can, and for one that
  /// has ended, which says itself how.
  func refusal(ofCapturing hold: HoldOwner, at now: Instant) throws(StorageError)
    -> LedgerAnswer?
  {
    guard hold.isOpen, hold.deadline > now else { return nil }
    if hold.isDisabled { return LedgerAnswer(.accountDisabled, subject: hold.id) }
    guard let spending = try connection.spending(hold.account) else { return nil }
    return spending.isUsable(at: now)
      ? nil : LedgerAnswer(.outsideWindow, subject: spending.account)
  }

  /// Why a hold can not be placed for whom it names; nil when it can.
  private func refusal(ofPlacing hold: LedgerCommand.PlaceHold, at now: Instant)
    throws(StorageError) -> LedgerAnswer?
  {
    guard let spender = hold.spender else {
      return try refusal(ofUsing: hold.account, to: .spend)
    }
    guard case .refused(let refusal) = try permission(toUse: hold.account, by: spender, at: now)
    else { return nil }
    return refusal
  }
}
