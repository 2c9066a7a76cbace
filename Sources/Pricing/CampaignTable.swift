/// The campaigns a cart was asked about; the others cost nothing.
struct CampaignTable: ~Copyable {
  private(set) var states = Column<CampaignState>()
  /// By campaign its place among the states; −1 for none. Of a campaign that is only near, that of
  /// what it lacks, counted from `firstLacking` down: many carts never ask for more of it.
  private var places: Column<Int32>
  private static let firstLacking = -2

  init(campaignCount: Int) { places = Column(repeating: -1, count: campaignCount) }

  subscript(campaign: Int32) -> CampaignState {
    @inline(__always)
    get { states[Int(places[Int(campaign)])] }
    @inline(__always)
    _modify { yield &states[Int(places[Int(campaign)])] }
  }

  /// What became of a campaign, in numbers.
  ///
  /// - Parameter near: Those of which nothing is known but what they lack.
  func outcome(_ campaign: Int32, _ near: borrowing NearestCampaigns) -> Outcome {
    let place = Int(places[Int(campaign)])
    if place >= 0 { return CampaignTable.outcome(states.span, place) }
    return Outcome(
      reason: .condition, isListed: true, hasGiven: false, discount: 0,
      missing: near.lacks[CampaignTable.firstLacking - place].missing)
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

  /// Notes where what is known of a campaign stands among those that are near.
  mutating func note(_ campaign: Int32, lackingAt place: Int) {
    places[Int(campaign)] = Int32(truncatingIfNeeded: CampaignTable.firstLacking - place)
  }

  /// Gives every campaign that is near a state, for who asks for all that is known of it.
  mutating func addAll(_ near: borrowing NearestCampaigns) {
    for place in near.lacks.indices where !holds(near.lacks[place].campaign) {
      add(near.lacks[place])
    }
  }

  /// Forgets all campaigns.
  ///
  /// - Parameter near: Those that are noted as near.
  mutating func reset(_ near: borrowing NearestCampaigns) {
    for place in states.indices { places[Int(states[place].campaign)] = -1 }
    for place in near.lacks.indices { places[Int(near.lacks[place].campaign)] = -1 }
    states.clear()
  }
}
