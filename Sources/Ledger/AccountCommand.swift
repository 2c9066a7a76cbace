/// A change of who somebody is to the shop, rather than of what they have.
public enum AccountCommand: Hashable, Sendable {
  /// Makes somebody known, as a member or without enrolment; enrolling happens once.
  case register(Registration)
  /// Changes fields of a person's record; with a version, only if it is still the record's.
  case update(account: String, ifVersion: Int64?, changes: [FieldChange])
  /// Puts everything of one account into another; the id of either then means the other.
  case merge(account: String, into: String)
  /// Forgets the person; the books stay, and nobody earns, spends or buys under the account again.
  case erase(account: String)
  /// Stops an account from earning and spending; it is still read, corrected, and given back to.
  ///
  /// What was promised to it before is kept, and what expires goes. Its holds end by release or
  /// deadline alone.
  case disable(account: String)
  /// Lets an account earn and spend again.
  case enable(account: String)
  /// Gives an account the next free card of a pool, or the one that is named.
  case allocateCard(account: String, pool: String, number: String?)
  /// Puts an account into a group.
  case join(account: String, group: String)
  /// Takes an account out of a group.
  case leave(account: String, group: String)
  /// Counts a visit; a purchase counts one by itself.
  case visit(account: String)
  /// Lets up to a number of memberships end that are over.
  case endMemberships(most: Int64)
  /// Adds the codes that random bytes make to a pool, ten bytes each.
  case generateCodes(pool: String, random: [UInt8])
  /// Uses a code of a pool for an order.
  case useCode(String, pool: String, order: String)
  /// Opens a spending account, or changes its name and when it can be used.
  case openSpending(SpendingAccount)
  /// Lets somebody spend from an account, up to a limit beyond what is there; nil takes it back.
  case assignSpending(account: String, to: SpendingAssignee, exceedMaximum: Int64?)
  /// Pays from spending accounts, all parts or none.
  case paySpending([SpendingPart], by: Spender)

  /// Somebody to make known.
  public struct Registration: Hashable, Sendable {
    /// The caller's id of the account, which says nothing about the person.
    public var account: String
    /// Whether the person enrols; else they are known and are no member.
    public var isMember: Bool
    /// What is known of the person.
    public var fields: [FieldChange]
    /// Random bytes for the person's key; at least 32, never kept, never shown to anyone.
    public var random: [UInt8]

    /// Somebody to make known.
    public init(
      account: String, isMember: Bool, fields: [FieldChange] = [], random: [UInt8]
    ) {
      self.account = account
      self.isMember = isMember
      self.fields = fields
      self.random = random
    }
  }
}

extension AccountCommand {
  /// The account it is about; nil when it is about no single one.
  package var account: String? {
    switch self {
    case .register(let registration): registration.account
    case .update(let account, _, _), .merge(let account, _), .erase(let account),
      .disable(let account), .enable(let account), .allocateCard(let account, _, _),
      .join(let account, _), .leave(let account, _),
      .visit(let account), .assignSpending(let account, _, _):
      account
    case .openSpending(let spending): spending.account
    case .endMemberships, .generateCodes, .useCode, .paySpending: nil
    }
  }

  /// What it says about a person.
  package var fields: [FieldChange] {
    switch self {
    case .register(let registration): registration.fields
    case .update(_, _, let changes): changes
    default: []
    }
  }

  /// What is wrong with a command whatever the ledger holds.
  var fault: LedgerAnswer.Code? {
    guard fields.count <= LedgerLimits.fieldsMaximum else { return .tooMuch }
    guard names.allSatisfy(isIdentifier) else { return .badIdentifier }
    switch self {
    case .register(let registration):
      let count = registration.random.count
      return (32...LedgerLimits.keyBytesMaximum).contains(count) ? nil : .badRandom
    case .update(_, let version, _): return (version ?? 0) >= 0 ? nil : .badAmount
    case .endMemberships(let most): return most > 0 ? nil : .badAmount
    case .generateCodes(_, let random):
      let (count, rest) = random.count.quotientAndRemainder(
        dividingBy: SingleUseCode.randomBytes)
      return rest == 0 && (1...LedgerLimits.codesMaximum).contains(count) ? nil : .badRandom
    case .openSpending(let spending):
      guard let start = spending.startsAt, let end = spending.endsAt else { return nil }
      return start < end ? nil : .badDeadline
    case .assignSpending(_, _, let most):
      return (0...LedgerLimits.amountMaximum).contains(most ?? 0) ? nil : .badAmount
    case .paySpending(let parts, let spender):
      guard parts.count <= LedgerLimits.spendingPartsMaximum else { return .tooMuch }
      if let fault = spender.fault { return fault }
      let areGood = parts.allSatisfy { (1...LedgerLimits.amountMaximum).contains($0.amount) }
      return areGood && !parts.isEmpty ? nil : .badAmount
    default: return nil
    }
  }

  /// Everything it names.
  private var names: [String] {
    let others: [String?] =
      switch self {
      case .merge(_, let other): [other]
      case .allocateCard(_, let pool, let number): [pool, number]
      case .join(_, let group), .leave(_, let group): [group]
      case .generateCodes(let pool, _): [pool]
      case .useCode(let code, let pool, let order): [code, pool, order]
      case .openSpending(let spending): [spending.name, spending.balance]
      case .assignSpending(_, let assignee, _): [assignee.key]
      case .paySpending(let parts, _): parts.map(\.account)
      default: []
      }
    return ([account] + others).compactMap { $0 }
  }
}
