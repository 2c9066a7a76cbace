public import LocalTime

extension AccountBook {
  /// Something that happens by itself at a moment.
  private enum Due {
    case hold(Int)
    case lot(Int)
    case reward(Int)
  }

  /// The first moment at which something of the book changes by itself; nil when nothing will.
  public var nextChange: Instant? { firstDue()?.at }

  /// Lets everything happen that was due: holds end, lots go, promises are kept, in that order.
  ///
  /// Each thing takes effect at its own moment; a part that a hold gives back after its lot's
  /// moment goes at once. When all of one moment has happened, what has become enough for a
  /// conversion is converted.
  ///
  /// - Parameters:
  ///   - earliest: The moment at which what made things due happened, if it is known.
  ///   - converts: Whether conversions are part of it.
  public mutating func settle(
    at now: Instant, _ programme: LoyaltyProgramme, notBefore earliest: Instant? = nil,
    converts: Bool = true
  ) {
    var clock = earliest
    while let (at, due) = firstDue(), at <= now {
      let moment = max(at, clock ?? at)
      clock = moment
      switch due {
      case .hold(let place): end(place, .expired, at: moment)
      case .lot(let place): expire(place, at: moment)
      case .reward(let place): keep(place, at: moment)
      }
      if converts, nextChange.map({ $0 > moment }) ?? true { convert(programme, at: moment) }
    }
  }

  /// The first thing to happen: by moment, then holds, lots, promises, then the lower id.
  private func firstDue() -> (at: Instant, due: Due)? {
    var first: (at: Instant, due: Due)?
    for (place, hold) in holds.enumerated() where first.map({ hold.deadline < $0.at }) ?? true {
      first = (hold.deadline, .hold(place))
    }
    for (place, lot) in lots.enumerated() where lot.free > 0 {
      if let at = lot.expiresAt, first.map({ at < $0.at }) ?? true { first = (at, .lot(place)) }
    }
    for (place, reward) in rewards.enumerated()
    where first.map({ reward.dueAt < $0.at }) ?? true {
      first = (reward.dueAt, .reward(place))
    }
    return first
  }

  private mutating func expire(_ place: Int, at moment: Instant) {
    var draft = TransactionDraft(.expiry, effectiveAt: moment)
    let lot = lots[place]
    draft.postings = [
      Posting(owner: account.value, balance: lot.balance, amount: -lot.free, lot: lot.id),
      Posting(
        owner: House.expired.rawValue, balance: lot.balance, amount: lot.free, lot: nil),
    ]
    lots[place].remaining = lot.held
    dropEmptyLots()
    add(draft)
  }

  /// What follows a command: everything due by now, and conversions of what came in.
  public mutating func finish(at now: Instant, _ programme: LoyaltyProgramme) {
    settle(at: now, programme, notBefore: now)
    convert(programme, at: now)
  }

  private mutating func keep(_ place: Int, at moment: Instant) {
    let reward = rewards.remove(at: place)
    endedRewards.append(EndedReward(reward: reward, ending: .issued, at: moment))
    var draft = TransactionDraft(.reward, effectiveAt: moment, about: reward.key.order)
    credit(
      reward.amount, of: reward.key.balance, expiresAt: reward.expiresAt, from: .issued,
      isReward: true, into: &draft)
    add(draft)
  }
}
