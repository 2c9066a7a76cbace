/// What became of a request; a repeat of the request gets the same answer.
public struct LedgerAnswer: Hashable, Sendable {
  /// What happened, or why nothing did. The names are part of the contract and never change.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// The account exists now.
    case opened
    /// `amount` came in; a limit kept `rest` out.
    case issued
    /// `amount` is promised for later; a limit kept `rest` out.
    case pending
    /// The order has this reward already; `amount` is what it was.
    case alreadyIssued = "already_issued"
    /// `amount` was spent; `rest` is still due.
    case redeemed
    /// `amount` is posted, before what the change sets off, such as a conversion.
    case adjusted
    /// `amount` is set aside; `rest` is still due.
    case held
    /// `amount` was captured; the hold still sets `rest` aside.
    case captured
    /// `amount` was given back.
    case released
    /// `amount` accounts were settled; `rest` is 1 when more are due.
    case settled

    /// The purchase is recorded; limits kept `rest` of its rewards out, first of the campaign
    /// `subject`.
    case recorded
    /// The purchase is undone; `amount` of rewards was taken back, `rest` could not be.
    case voided
    /// The units came back; `amount` of rewards was taken back, `rest` could not be.
    case returned

    /// The person is known now, without being a member.
    case registered
    /// The person is a member since `amount`, in seconds since 1970, which is now.
    case enrolled
    /// The person is a member since `amount`, in seconds since 1970; nothing changed.
    case alreadyEnrolled = "already_enrolled"
    /// The person's record has the version `amount` now.
    case updated
    /// The person's record said so before; its version is `amount`.
    case unchanged
    /// The account is a part of another now.
    case merged
    /// Nothing of the person is kept.
    case erased
    /// The account neither earns nor spends from now on.
    case disabled
    /// The account earns and spends again.
    case enabled
    /// The account was disabled before; nothing changed.
    case alreadyDisabled = "already_disabled"
    /// The account was not disabled; nothing changed.
    case alreadyEnabled = "already_enabled"
    /// The card at place `amount` of the pool is the account's.
    case cardAllocated = "card_allocated"
    /// The account is in the group.
    case joined
    /// The account is out of the group.
    case left
    /// The visit was counted; the account left `amount` groups by it.
    case visited
    /// `amount` codes can be used.
    case codesGenerated = "codes_generated"
    /// The code was used.
    case codeUsed = "code_used"
    /// The spending account has an assignment.
    case assigned
    /// The spending account has that assignment no longer.
    case unassigned

    /// The account `subject` was merged into another before.
    case alreadyMerged = "already_merged"
    /// An account can not be merged into itself.
    case sameAccount = "same_account"
    /// The account `subject` belongs to a person who was forgotten.
    case accountErased = "account_erased"
    /// The account `subject` is disabled.
    case accountDisabled = "account_disabled"
    /// The account has `amount` holds open.
    case openHolds = "open_holds"
    /// Nobody is known under the account.
    case notRegistered = "not_registered"
    /// No field has the name `subject`.
    case unknownField = "unknown_field"
    /// The field `subject` can not hold that, or is named twice.
    case badField = "bad_field"
    /// Another account has the same in the field `subject`.
    case identifierTaken = "identifier_taken"
    /// Too few random bytes, or too many.
    case badRandom = "bad_random"
    /// No pool has the name.
    case unknownPool = "unknown_pool"
    /// Every card of the pool is allocated.
    case poolExhausted = "pool_exhausted"
    /// The pool has no such card.
    case unknownCard = "unknown_card"
    /// The card was allocated before.
    case cardTaken = "card_already_allocated"
    /// No group has the name.
    case unknownGroup = "unknown_group"
    /// The account is in the group already.
    case alreadyInGroup = "already_in_group"
    /// The account is not in the group.
    case notInGroup = "not_in_group"
    /// No pool has the code.
    case unknownCode = "unknown_code"
    /// The code was used before.
    case codeAlreadyUsed = "code_already_used"
    /// The account is no spending account, or is one where none can be.
    case wrongKind = "wrong_kind"
    /// Nothing lets that buyer, group or user spend from the account, or nobody was named.
    case notAssigned = "not_assigned"
    /// The spending account can not be used at this moment.
    case outsideWindow = "outside_window"

    /// The campaign `subject` was used as often as a limit allows, which is `amount`.
    case limitReached = "limit_reached"
    /// The budget of the campaign `subject` has only `amount` left.
    case budgetExhausted = "budget_exhausted"
    /// The order was recorded before.
    case orderExists = "order_exists"
    /// The order has a reward of the campaign `subject` already.
    case rewardExists = "reward_exists"
    /// No order has the id.
    case unknownOrder = "unknown_order"
    /// The order was undone before.
    case alreadyVoided = "already_voided"
    /// Something of the order came back before.
    case alreadyReturned = "already_returned"
    /// The order has no line `subject`.
    case unknownLine = "unknown_line"
    /// Only `amount` units of the line `subject` have not come back.
    case exceedsLine = "exceeds_line"
    /// More lines, parts, claims or bytes than one purchase may have.
    case tooMuch = "too_much"
    /// Only `amount` is available.
    case insufficient
    /// Another hold has the id.
    case holdExists = "hold_exists"
    /// No hold has the id.
    case unknownHold = "unknown_hold"
    /// The hold was captured before.
    case alreadyCaptured = "already_captured"
    /// The hold was given back before.
    case alreadyReleased = "already_released"
    /// The hold's deadline has come.
    case expired
    /// The hold sets only `amount` aside.
    case exceedsHold = "exceeds_hold"
    /// The deadline is not after now, or too far away.
    case badDeadline = "bad_deadline"
    /// The account has as many holds open as it may.
    case tooManyHolds = "too_many_holds"
    /// The hold belongs to another account or balance.
    case otherHold = "other_hold"
    /// No account has the id `subject`, or the id that the request names.
    case unknownAccount = "unknown_account"
    /// An account has the id.
    case accountExists = "account_exists"
    /// The rules declare no such balance.
    case unknownBalance = "unknown_balance"
    /// The amount is zero, below zero or above the limit.
    case badAmount = "bad_amount"
    /// A moment lies before 1970 or after the year 9999.
    case badMoment = "bad_moment"
    /// An id is empty, too long, or holds a control character.
    case badIdentifier = "bad_identifier"
    /// A reason or an actor is too long, or holds a control character; or a reason holds an e-mail
    /// address, which could never be removed.
    case badText = "bad_text"
    /// The balance has changed since; its version is `amount`.
    case staleVersion = "stale_version"
    /// Another request was sent under this id.
    case requestMismatch = "request_mismatch"
  }

  /// What happened.
  public var code: Code
  /// See the code.
  public var amount: Int64
  /// See the code.
  public var rest: Int64
  /// The number of the last transaction written for it; nil when none was.
  public var transaction: Int64?
  /// The campaign, line, hold or balance it is about, where there is a choice; else empty.
  public var subject: String

  /// An answer.
  public init(
    _ code: Code, amount: Int64 = 0, rest: Int64 = 0, transaction: Int64? = nil,
    subject: String = ""
  ) {
    self.code = code
    self.amount = amount
    self.rest = rest
    self.transaction = transaction
    self.subject = subject
  }

  /// An answer that says why a hold was not placed, captured or given back.
  public init(refusal: HoldRefusal) {
    switch refusal {
    case .insufficient(let available): self.init(.insufficient, amount: available)
    case .exists: self.init(.holdExists)
    case .unknown: self.init(.unknownHold)
    case .alreadyCaptured: self.init(.alreadyCaptured)
    case .alreadyReleased: self.init(.alreadyReleased)
    case .expired: self.init(.expired)
    case .exceedsHold(let left): self.init(.exceedsHold, amount: left)
    case .badDeadline: self.init(.badDeadline)
    case .tooManyHolds: self.init(.tooManyHolds)
    }
  }

  /// Whether something was done, now or by the first request of this id.
  public var isAccepted: Bool {
    switch code {
    case .opened, .issued, .pending, .alreadyIssued, .redeemed, .adjusted, .held, .captured,
      .released, .settled, .recorded, .voided, .returned, .registered, .enrolled,
      .alreadyEnrolled, .updated, .unchanged, .merged, .erased, .disabled, .enabled,
      .alreadyDisabled, .alreadyEnabled, .cardAllocated, .joined, .left, .visited,
      .codesGenerated, .codeUsed, .assigned, .unassigned:
      true
    default: false
    }
  }
}
