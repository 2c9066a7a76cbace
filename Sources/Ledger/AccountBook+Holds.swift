public import LocalTime

/// Why value could not be set aside, captured or given back.
public enum HoldRefusal: Error, Hashable, Sendable {
  /// Less is available than was asked for.
  case insufficient(available: Int64)
  /// Another hold has that id.
  case exists
  /// No hold has that id.
  case unknown
  /// It was captured to its end.
  case alreadyCaptured
  /// It was given back, by the caller or by a hold in its place.
  case alreadyReleased
  /// Its deadline came.
  case expired
  /// More was asked for than it still sets aside.
  case exceedsHold(left: Int64)
  /// The deadline is not after now, or too far away.
  case badDeadline
  /// The account has as many holds open as it may.
  case tooManyHolds
}

extension HoldRefusal {
  /// The answer to a second ending of a hold that ended before.
  package init(_ ending: Hold.Ending) {
    switch ending {
    case .captured: self = .alreadyCaptured
    case .released, .replaced: self = .alreadyReleased
    case .expired: self = .expired
    }
  }
}

extension AccountBook {
  /// What to do with the part of a hold that a capture leaves.
  public enum Remainder: String, Hashable, Sendable, CaseIterable {
    case released, kept
  }

  /// Sets value aside, the earliest to expire first.
  ///
  /// - Parameters:
  ///   - takesWhatThereIs: Sets aside less than asked when less is available, but never nothing.
  /// - Returns: What was set aside.
  /// - Throws: `insufficient`, `exists` for an open hold's id, `badDeadline`, `tooManyHolds`.
  public mutating func place(
    hold id: String, _ amount: Int64, of balance: BalanceID, until deadline: Instant,
    at now: Instant, takesWhatThereIs: Bool
  ) throws(HoldRefusal) -> Int64 {
    guard deadline > now,
      deadline.secondsSince1970 - now.secondsSince1970 <= LedgerLimits.holdSecondsMaximum
    else { throw .badDeadline }
    guard place(ofHold: id) == nil else { throw .exists }
    guard holds.count < LedgerLimits.openHoldsMaximum else { throw .tooManyHolds }
    let there = max(0, available(balance))
    guard there >= amount || (takesWhatThereIs && there > 0) else {
      throw .insufficient(available: there)
    }
    let granted = min(amount, there)
    var left = granted
    var parts: [Hold.Part] = []
    for place in placesInSpendingOrder(balance) where left > 0 {
      let part = min(left, lots[place].free)
      lots[place].held += part
      left -= part
      parts.append(Hold.Part(lot: lots[place].id, amount: part))
    }
    holds.append(
      Hold(
        id: id, balance: balance, amount: granted, captured: 0, deadline: deadline, parts: parts))
    return granted
  }

  /// Ends a hold and sets another amount aside in its place, or changes nothing.
  ///
  /// - Throws: As `place`; `unknown` when the hold is not open.
  public mutating func replace(
    hold old: String, by id: String, _ amount: Int64, until deadline: Instant, at now: Instant,
    takesWhatThereIs: Bool, _ programme: LoyaltyProgramme
  ) throws(HoldRefusal) -> Int64 {
    guard let index = place(ofHold: old) else { throw .unknown }
    let before = self
    let balance = holds[index].balance
    end(index, .replaced, at: now)
    settle(at: now, programme, notBefore: now, converts: false)
    do throws(HoldRefusal) {
      return try place(
        hold: id, amount, of: balance, until: deadline, at: now,
        takesWhatThereIs: takesWhatThereIs)
    } catch {
      self = before
      throw error
    }
  }

  /// Spends what a hold has set aside, in whole or in part.
  ///
  /// - Returns: What the hold still sets aside afterwards.
  /// - Throws: `unknown` when the hold is not open, `exceedsHold`.
  public mutating func capture(
    hold id: String, _ amount: Int64, remainder: Remainder, at now: Instant,
    into draft: inout TransactionDraft
  ) throws(HoldRefusal) -> Int64 {
    precondition(amount > 0, "a capture takes something")
    guard let index = place(ofHold: id) else { throw .unknown }
    let balance = holds[index].balance
    guard amount <= holds[index].left else { throw .exceedsHold(left: holds[index].left) }
    var left = amount
    while left > 0, let part = holds[index].parts.first, let place = place(of: part.lot) {
      let taken = min(left, part.amount)
      lots[place].remaining -= taken
      lots[place].held -= taken
      left -= taken
      holds[index].parts[0].amount -= taken
      if holds[index].parts[0].amount == 0 { holds[index].parts.removeFirst() }
      draft.postings.append(
        Posting(owner: account.value, balance: balance, amount: -taken, lot: part.lot))
    }
    precondition(left == 0, "the parts of a hold make up what is left of it")
    draft.postings.append(
      Posting(owner: House.redeemed.rawValue, balance: balance, amount: amount, lot: nil))
    holds[index].captured += amount
    let rest = holds[index].left
    if rest == 0 || remainder == .released { end(index, .captured, at: now) }
    dropEmptyLots()
    return remainder == .kept ? rest : 0
  }

  /// Captures a hold in a transaction of its own.
  ///
  /// - Returns: What the hold still sets aside afterwards.
  /// - Throws: As `capture`.
  public mutating func captureAlone(
    hold id: String, _ amount: Int64, remainder: Remainder, at now: Instant
  ) throws(HoldRefusal) -> Int64 {
    var draft = TransactionDraft(.capture, effectiveAt: now)
    let rest = try capture(
      hold: id, amount, remainder: remainder, at: now, into: &draft)
    add(draft)
    return rest
  }

  /// Gives back what a hold still sets aside.
  ///
  /// - Returns: What was given back.
  /// - Throws: `unknown` when the hold is not open.
  public mutating func release(hold id: String, at now: Instant) throws(HoldRefusal) -> Int64 {
    guard let index = place(ofHold: id) else { throw .unknown }
    let left = holds[index].left
    end(index, .released, at: now)
    return left
  }

  /// Where an open hold stands.
  func place(ofHold id: String) -> Int? {
    holds.firstIndex { $0.id.utf8.elementsEqual(id.utf8) }
  }

  /// Ends a hold and frees what it still sets aside; what is owed is repaid from that.
  mutating func end(_ index: Int, _ ending: Hold.Ending, at moment: Instant) {
    let hold = holds.remove(at: index)
    for part in hold.parts {
      if let place = place(of: part.lot) { lots[place].held -= part.amount }
    }
    var ended = hold
    ended.parts = []
    endedHolds.append(EndedHold(hold: ended, ending: ending, at: moment))
    var draft = TransactionDraft(.adjust, effectiveAt: moment)
    repayFromFreeLots(hold.balance, into: &draft)
    add(draft)
  }
}
