/// What became of one campaign that a cart was asked about: what the gates found, then what it did.
///
/// Every cart makes one for each campaign it is asked about, so it is kept small: what is either
/// so or not is one bit, and what may be missing is a number that cannot be.
struct CampaignState: BitwiseCopyable {
  let campaign: Int32
  private var marks = StateMarks()
  /// Nil while nothing keeps it out.
  var refusal: Refusal.Reason?
  var phase = SchedulePhase.other
  private var missingUnit: Threshold.Unit?
  private var codePlace: Int32 = -1
  private var admittedPlace: Int32 = -1
  private var rowPlace: Int32 = -1
  private var usesLeft: Int64 = -1
  private var admittedCapLeft = Int64.max
  private var missingAmount: Int64 = 0
  private var savingAlone: Int64 = -1

  // What it does while a choice is priced.
  var given: Int64 = 0
  var shippingGiven: Int64 = 0
  var rounds: Int64 = 0
  /// Rounds, units and gifts that `limit … per order` still allows.
  var roundsLeft = Int64.max
  private var openCap = Int64.max

  init(campaign: Int32) { self.campaign = campaign }

  /// Whether it took something off or proposed a gift.
  var hasGiven: Bool {
    marks.isDisjoint(with: [.hasFailed, .isHeldBack])
      && (given > 0 || shippingGiven > 0 || proposesGifts)
  }

  /// It is answered with what is missing.
  @inline(__always)
  mutating func list(lacking missing: MissingAmount) {
    missingUnit = missing.unit
    missingAmount = missing.amount
    marks.formUnion(.isListed)
  }

  /// As the gates left it, before a choice is priced.
  mutating func restart(roundsAtMost: Int64) {
    rowPlace = admittedPlace
    given = 0
    shippingGiven = 0
    rounds = 0
    roundsLeft = roundsAtMost
    openCap = admittedCapLeft
    marks.subtract([.isCapped, .isHeldBack, .hasDeal, .proposesGifts])
  }
}

extension CampaignState {
  /// Into the shopper's codes.
  var code: Int? {
    get { codePlace < 0 ? nil : Int(codePlace) }
    set { codePlace = newValue.map { Int32($0) } ?? -1 }
  }
  /// Above zero: a limit that is used up keeps the campaign out.
  var remainingUses: Int64? {
    get { usesLeft < 0 ? nil : usesLeft }
    set { usesLeft = newValue ?? -1 }
  }
  /// The row the gates found; nil while it is to be decided on prices after discounts.
  var admittedRow: Int? {
    get { admittedPlace < 0 ? nil : Int(admittedPlace) }
    set { admittedPlace = newValue.map { Int32($0) } ?? -1 }
  }
  var row: Int? {
    get { rowPlace < 0 ? nil : Int(rowPlace) }
    set { rowPlace = newValue.map { Int32($0) } ?? -1 }
  }
  /// Minor units its caps leave; nil without a cap. A cap of all there is is none.
  var admittedCap: Int64? {
    get { admittedCapLeft == .max ? nil : admittedCapLeft }
    set { admittedCapLeft = newValue ?? .max }
  }
  var capLeft: Int64? {
    get { openCap == .max ? nil : openCap }
    set { openCap = newValue ?? .max }
  }
  var missing: MissingAmount? {
    get { missingUnit.map { MissingAmount(amount: missingAmount, unit: $0) } }
    set {
      missingUnit = newValue?.unit
      missingAmount = newValue?.amount ?? 0
    }
  }
  /// What it would have saved alone.
  var saving: Int64? {
    get { savingAlone < 0 ? nil : savingAlone }
    set { savingAlone = newValue ?? -1 }
  }

  /// It passed the gates and is in no choice: it only earns.
  var onlyEarns: Bool {
    get { marks.contains(.onlyEarns) }
    set { marks.set(.onlyEarns, newValue) }
  }
  /// It was issued something, and something of that was not clipped.
  var hasIssued: Bool {
    get { marks.contains(.hasIssued) }
    set { marks.set(.hasIssued, newValue) }
  }
  var hasEarned: Bool {
    get { marks.contains(.hasEarned) }
    set { marks.set(.hasEarned, newValue) }
  }
  var hasRaised: Bool {
    get { marks.contains(.hasRaised) }
    set { marks.set(.hasRaised, newValue) }
  }
  var isCapped: Bool {
    get { marks.contains(.isCapped) }
    set { marks.set(.isCapped, newValue) }
  }
  /// A condition on prices after discounts does not hold.
  var isHeldBack: Bool {
    get { marks.contains(.isHeldBack) }
    set { marks.set(.isHeldBack, newValue) }
  }
  var hasFailed: Bool {
    get { marks.contains(.hasFailed) }
    set { marks.set(.hasFailed, newValue) }
  }
  var hasDeal: Bool {
    get { marks.contains(.hasDeal) }
    set { marks.set(.hasDeal, newValue) }
  }
  var proposesGifts: Bool {
    get { marks.contains(.proposesGifts) }
    set { marks.set(.proposesGifts, newValue) }
  }
  /// It is answered.
  var isListed: Bool {
    get { marks.contains(.isListed) }
    set { marks.set(.isListed, newValue) }
  }
  /// What it compared was found while it was priced alone.
  var isExplained: Bool {
    get { marks.contains(.isExplained) }
    set { marks.set(.isExplained, newValue) }
  }
}

/// What is so of a campaign.
private struct StateMarks: OptionSet, BitwiseCopyable {
  let rawValue: UInt16
  static let onlyEarns = StateMarks(rawValue: 1)
  static let hasIssued = StateMarks(rawValue: 1 << 1)
  static let hasEarned = StateMarks(rawValue: 1 << 2)
  static let hasRaised = StateMarks(rawValue: 1 << 3)
  static let isCapped = StateMarks(rawValue: 1 << 4)
  static let isHeldBack = StateMarks(rawValue: 1 << 5)
  static let hasFailed = StateMarks(rawValue: 1 << 6)
  static let hasDeal = StateMarks(rawValue: 1 << 7)
  static let proposesGifts = StateMarks(rawValue: 1 << 8)
  static let isListed = StateMarks(rawValue: 1 << 9)
  static let isExplained = StateMarks(rawValue: 1 << 10)

  mutating func set(_ mark: StateMarks, _ isOn: Bool) {
    if isOn { formUnion(mark) } else { subtract(mark) }
  }
}
