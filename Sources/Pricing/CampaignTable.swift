/// The campaigns a cart was asked about; the others cost nothing.
struct CampaignTable: ~Copyable {
  private(set) var states = Column<CampaignState>()
  /// By campaign its place among the states; −1 for none.
  private var places: Column<Int32>

  init(campaignCount: Int) { places = Column(repeating: -1, count: campaignCount) }

  subscript(campaign: Int32) -> CampaignState {
    @inline(__always)
    get { states[Int(places[Int(campaign)])] }
    @inline(__always)
    _modify { yield &states[Int(places[Int(campaign)])] }
  }

  /// What became of a campaign, in numbers.
  func outcome(_ campaign: Int32) -> Outcome {
    CampaignTable.outcome(states.span, Int(places[Int(campaign)]))
  }

  private static func outcome(_ states: Span<CampaignState>, _ place: Int) -> Outcome {
    Outcome(
      reason: states[place].refusal, isListed: states[place].isListed,
      hasGiven: states[place].hasGiven,
      discount: states[place].given + states[place].shippingGiven, missing: states[place].missing)
  }

  func holds(_ campaign: Int32) -> Bool { places[Int(campaign)] >= 0 }

  mutating func add(_ campaign: Int32) {
    places[Int(campaign)] = Int32(truncatingIfNeeded: states.count)
    states.append(CampaignState(campaign: campaign))
  }

  /// Adds a campaign that lacks something, and lists it.
  mutating func add(_ lack: Lack) {
    places[Int(lack.campaign)] = Int32(truncatingIfNeeded: states.count)
    var state = CampaignState(campaign: lack.campaign)
    state.refusal = .condition
    state.list(lacking: lack.missing)
    states.append(state)
  }

  mutating func reset() {
    for place in states.indices { places[Int(states[place].campaign)] = -1 }
    states.clear()
  }
}
