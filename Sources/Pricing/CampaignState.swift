import Money

/// What became of one campaign that a cart was asked about: what the gates found, then what it did.
struct CampaignState {
  let campaign: Int32
  /// Nil while nothing keeps it out.
  var refusal: Refusal.Reason?
  var phase = SchedulePhase.other
  /// Into the shopper's codes.
  var code: Int?
  var remainingUses: Int64?
  /// The row the gates found; nil while it is to be decided on prices after discounts.
  var admittedRow: Int?
  /// Minor units its caps leave; nil without a cap.
  var admittedCap: Int64?
  /// It passed the gates and is in no choice: it only earns.
  var onlyEarns = false
  /// It was issued something, and something of that was not clipped.
  var hasIssued = false
  var hasEarned = false
  var hasRaised = false

  // What it does while a choice is priced.
  var row: Int?
  var given: Int64 = 0
  var shippingGiven: Int64 = 0
  var rounds: Int64 = 0
  /// Rounds, units and gifts that `limit … per order` still allows.
  var roundsLeft = Int64.max
  var capLeft: Int64?
  var isCapped = false
  /// A condition on prices after discounts does not hold.
  var isHeldBack = false
  var hasFailed = false
  var hasDeal = false
  var proposesGifts = false

  // What is told of it.
  var isListed = false
  /// What it compared was found while it was priced alone.
  var isExplained = false
  var missing: MissingAmount?
  var saving: Int64?

  init(campaign: Int32) { self.campaign = campaign }

  /// Whether it took something off or proposed a gift.
  var hasGiven: Bool {
    !hasFailed && !isHeldBack && (given > 0 || shippingGiven > 0 || proposesGifts)
  }

  /// As the gates left it, before a choice is priced.
  mutating func restart(roundsAtMost: Int64) {
    row = admittedRow
    given = 0
    shippingGiven = 0
    rounds = 0
    roundsLeft = roundsAtMost
    capLeft = admittedCap
    isCapped = false
    isHeldBack = false
    hasDeal = false
    proposesGifts = false
  }
}

/// The campaigns a cart was asked about; the others cost nothing.
struct CampaignTable {
  private(set) var states: [CampaignState] = []
  /// By campaign its place among the states; −1 for none.
  private var places: [Int32]

  init(campaignCount: Int) { places = Array(repeating: -1, count: campaignCount) }

  subscript(campaign: Int32) -> CampaignState {
    _read { yield states[Int(places[Int(campaign)])] }
    _modify { yield &states[Int(places[Int(campaign)])] }
  }

  func holds(_ campaign: Int32) -> Bool { places[Int(campaign)] >= 0 }

  mutating func add(_ campaign: Int32) {
    places[Int(campaign)] = Int32(states.count)
    states.append(CampaignState(campaign: campaign))
  }

  mutating func reset() {
    for state in states { places[Int(state.campaign)] = -1 }
    states.clear()
  }
}
