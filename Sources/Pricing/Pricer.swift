package import Money

/// Prices carts under a program, one after the other, in storage it keeps; reads nothing else, so
/// the same inputs give the same figures.
///
/// The journey: candidates (the index) → gates (who, code, schedule, limits, conditions) → choice →
/// stages (items, order, shipping, redeem) → earning → verdicts. Each lives in an extension named
/// after it.
///
/// Its methods are `mutating` also where they change nothing, unless they are small: the compiler
/// hands a method that only reads a copy of the whole struct when the caller may write, and spends
/// seconds of the build on each that branches, to find where every part of the struct is still alive.
package struct Pricer: ~Copyable {
  package let program: Program
  package var cart: CartColumns
  package var shopper = ShopperFacts()
  /// Seconds since 1970.
  var now: Int64 = 0
  var explains = Explanation.near
  /// Tells what was found for this cart from what was found for those before.
  var stamp: UInt32 = 0

  var pool = LinePool()
  var buckets: LineBuckets
  var selections: SelectionTable
  var measurements: Column<Measurement>
  var measurementStamps: Column<UInt32>
  /// The line a `where` is being asked of.
  var lineAtHand: Int32 = 0
  /// What visits were last counted in, since carts that come together ask for the same days.
  var coveredDays = CoveredDays(window: .ever, zone: -1, moment: 0, days: (nil, nil))
  /// What `after discounts` reads: prices as this stage finds them.
  var readingStage = Stage.order

  var campaigns: CampaignTable
  /// Puts campaigns in order; empty but while that is done.
  var order: RankBitmap
  /// Campaigns to be asked, in application order.
  var asked = Column<Int32>()
  /// Campaigns that passed the gates, in application order.
  var givers = Column<Int32>()
  /// What any of them has that must be looked at.
  var giverFlags: GateFlags = []
  var earners = Column<Int32>()
  var choice = Choice()
  /// The campaigns that the cart is being priced with, in application order.
  var sharers = Column<Int32>()
  /// The stages in which some of them have something to decide or to give.
  var stages: StageSet = []
  /// The stages in which some of them decide conditions on prices after discounts.
  var lateStages: StageSet = []
  /// What campaigns come to on their own, as far as that was asked.
  var alonePrices: [Int32: AlonePrice] = [:]
  /// How much has been done for this cart.
  var work = WorkCount()

  package var runs = RunTable()
  var entries = EntryLog()
  var board = OrderBoard()
  var scratch = UnitScratch()
  package var shippingDiscount: Int64 = 0
  /// Gifts proposed by the choice at hand, in application order.
  var gifts: [ProposedGift] = []
  /// Groups that compete unit by unit and have been decided, in the order of `ownerSets`.
  var resolvedGroups: [Int32] = []
  /// Lists of winners, one campaign per decided group; −1 where nobody won. 0 is the empty list.
  var ownerSets: [[Int32]] = [[]]
  /// Lines whose units the campaign at hand has discounted.
  var touchedLines = Column<Int32>()
  var withdrawnLines: [Int32] = []
  var redeemed: [BalanceGrant] = []
  var payments: [BalanceGrant] = []
  var earned: [EarnedAmount] = []
  /// Where the index has campaigns that want more of something than the cart has.
  var lacking = Column<LackingList>()
  /// Those of them that more than a number decides.
  var lackingOthers = Column<LackingPosting>()
  /// How many postings by a measure there are of whose measure the cart has something.
  var measuredCount = 0
  var near = NearestCampaigns()
  /// Campaigns of which something is said, in the order of the files.
  package var told = Column<Int32>()
  /// Compared values that could only be told while a campaign was looked at alone.
  var details: [Int32: ComparisonDetail] = [:]

  /// Whether every cent is kept with its line and campaign, as a quote shows it; who only wants
  /// prices and verdicts does without.
  package var keepsEntries: Bool {
    get { entries.isKept }
    set { entries.isKept = newValue }
  }

  /// A pricer for carts under a program, holding an empty cart.
  package init(program: Program, currency: Currency) {
    self.program = program
    cart = CartColumns(currency: currency)
    cart.attributes = program.attributes.map { _ in [] }
    buckets = LineBuckets(slotCount: program.memberships.count)
    selections = SelectionTable(count: program.selections.count)
    measurements = Column(repeating: .missing, count: program.measures.count)
    measurementStamps = Column(repeating: 0, count: program.measures.count)
    campaigns = CampaignTable(campaignCount: program.campaigns.count)
    order = RankBitmap(bound: program.campaigns.count)
  }

  /// Prices the cart that stands in `cart`, for who stands in `shopper`.
  ///
  /// - Parameters:
  ///   - now: Seconds since 1970.
  ///   - explains: Which campaigns that gave nothing are answered.
  /// - Complexity: Grows with the lines, the campaigns that may apply to them, and what is asked to
  ///   be explained; not with quantities, nor with campaigns that cannot apply.
  package mutating func price(now: Int64, explains: Explanation) {
    begin(now: now, explains: explains)
    collectCandidates()
    for place in asked.indices { ask(asked[place]) }
    choose()
    if choice.members.count < givers.count {
      for place in givers.indices where !choice.holds(givers[place]) {
        explainLoss(givers[place])
      }
    }
    priceMembers()
    redeemBalances()
    acceptGifts()
    earn()
    tellRefusals()
  }

  mutating func begin(now: Int64, explains: Explanation) {
    self.now = now
    self.explains = explains
    advanceStamp()
    pool.reset(lineCount: cart.lineCount)
    buckets.fill(cart, pool: &pool, stamp: stamp)
    forgetAnswers()
  }

  /// Nothing is said of any campaign yet; what is known of the cart stays.
  mutating func forgetAnswers() {
    campaigns.reset(near)
    asked.clear()
    givers.clear()
    giverFlags = []
    earners.clear()
    choice.reset()
    withdrawnLines.clear()
    redeemed.clear()
    payments.clear()
    earned.clear()
    lacking.clear()
    measuredCount = 0
    near.reset()
    told.clear()
    work = WorkCount()
    alonePrices.clear()
    details.clear()
    readingStage = .order
  }

  mutating func advanceStamp() {
    if stamp == .max {
      stamp = 0
      buckets.forgetStamps()
      selections.forgetStamps()
      for slot in measurementStamps.indices { measurementStamps[slot] = 0 }
    }
    stamp += 1
  }

  /// Passes a campaign through the gates.
  mutating func ask(_ campaign: Int32) {
    campaigns.add(campaign)
    let gate = program.gates[Int(campaign)]
    if holdsSurely(gate) {
      campaigns[campaign].admittedRow = 0
      givers.append(campaign)
      giverFlags.formUnion(gate.flags)
      return
    }
    admit(campaign)
    guard campaigns[campaign].refusal == nil else { return }
    var gives = gate.flags.contains(.gives)
    // A row of tiers that only earns competes with nobody, whatever other rows give.
    if gate.flags.contains(.hasTiers), let row = campaigns[campaign].admittedRow {
      gives = !program.campaigns[Int(campaign)].rows[row].gives.isEmpty
    }
    if gives {
      givers.append(campaign)
      giverFlags.formUnion(gate.flags)
    } else {
      campaigns[campaign].onlyEarns = true
      earners.append(campaign)
    }
  }

  /// Whether a campaign of one threshold is let in; of all others nothing is said.
  @inline(__always)
  private mutating func holdsSurely(_ gate: GateRecord) -> Bool {
    guard gate.flags.contains(.isOneThreshold), shopper.declined.isEmpty,
      gate.serves(cart.currency), gate.opens <= now, now < gate.closes
    else { return false }
    let test = program.tests[Int(gate.tests.lowerBound)]
    guard measurementStamps[Int(test.measure)] == stamp,
      case .number(let number) = measurements[Int(test.measure)]
    else { return false }
    return test.kind == .equals ? number == test.constant : number >= test.constant
  }
}

/// Which campaigns that gave nothing a quote answers.
package enum Explanation: Sendable {
  case none, near, all
}

/// Something a campaign proposes to add to the cart.
struct ProposedGift {
  var campaign: Int32
  /// Which of the gifts its row names.
  var give: Int32
  var quantity: Int64
}
