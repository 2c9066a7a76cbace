import Money
import Promo
import RuleSyntax

/// One unit of a cart line.
struct Unit {
  let line: Int
  let sku: [UInt8]
  let floor: Int64
  let originalPrice: Int64
  var price: Int64
  /// Whether a deal has used it.
  var isUsed = false
  /// Whether an earlier campaign lowered its price.
  var isDiscounted = false
  /// The campaign that keeps it from later discounts.
  var keeper: Int?

  var state: UnitState { keeper != nil ? .kept : isDiscounted ? .discounted : .plain }
}

/// One entry of a line's discounts, before it has a currency.
struct Cut {
  let line: Int
  let stage: Quote.LineDiscount.Stage
  /// A campaign's place in file order, or a balance's.
  let source: Int
  var amount: Int64
}

/// What one campaign did to an order.
struct Tally {
  var discount: Int64 = 0
  var rounds: Int64 = 0
  var hasDeal = false
  var isCapped = false
  var remainingCap: Int64?
  /// What `limit N per order` leaves.
  var remainingCount: Int64?
  var gifts: [(sku: String, quantity: Int64)] = []
  var row: Int?
  /// Costs as they stood when conditions that waited for prices were decided.
  var decidingCosts: [Int64] = []
  /// Set when a condition that waited for prices fails.
  var refusal: Refusal?
  /// How many gift units were proposed, accepted or not.
  var giftCount: Int64 = 0

  var hasGiven: Bool { discount > 0 || giftCount > 0 }
}

/// A cart being priced under a set of campaigns that may share the order.
struct Till {
  /// What is seen of the cart; its costs are those before the stage at hand.
  var base: Scene
  let members: [Campaign]
  let standings: [Standing]
  /// Every unit of every line that is no gift.
  var units: [Unit] = []
  /// Units of the order stage that are alike, with what order discounts and redemption took.
  var portions: [OrderPortion] = []
  var tallies: [Int: Tally] = [:]
  var cuts: [Cut] = []
  var shippingDiscount: Int64 = 0
  /// What each line costs before a stage.
  private var costsBefore: [Stage: [Int64]] = [:]
  /// Who may touch a unit, by group of `best of … on items`.
  var owners: [[UInt8]: [Int?]] = [:]
  /// Campaigns whose arithmetic failed.
  var failed: Set<Int> = []

  var book: RuleBook { base.book }
  var cart: Cart { base.cart }

  /// The cart as a campaign sees it, in its own time zone.
  func scene(of campaign: Campaign) -> Scene {
    Scene(book: book, cart: cart, at: base.at, zone: campaign.zone, costs: base.costs)
  }

  /// Prices the cart under some campaigns; one that fails gives nothing at all.
  init(_ scene: Scene, _ chosen: [Campaign], _ standings: [Standing]) {
    var failed: Set<Int> = []
    while true {
      var till = Till(
        scene: scene, standings: standings,
        members: chosen.filter { !failed.contains($0.position) })
      let failures = till.run()
      if failures.isEmpty {
        till.failed = failed
        self = till
        return
      }
      failed.formUnion(failures)
    }
  }

  private init(scene: Scene, standings: [Standing], members: [Campaign]) {
    base = scene
    self.standings = standings
    self.members = members.sorted { $0.applies(before: $1) }
    for (index, line) in scene.cart.lines.enumerated() where line.gift == nil {
      let unit = Unit(
        line: index, sku: Array(line.sku.utf8), floor: line.floor?.minorUnits ?? 0,
        originalPrice: line.price.minorUnits, price: line.price.minorUnits)
      units += [Unit](repeating: unit, count: Int(line.quantity))
    }
    for campaign in members {
      var tally = Tally()
      tally.remainingCap = self.scene(of: campaign).remainingCap(campaign)
      tally.remainingCount =
        campaign.limits.filter { if case .order = $0.bound { true } else { false } }
        .map(\.count).min()
      tally.row = standings[campaign.position].row
      tallies[campaign.position] = tally
    }
  }

  /// What campaigns took off items, order and shipping together.
  var totalDiscount: Int64 { tallies.values.map(\.discount).reduce(0, +) }

  // MARK: Stages

  enum Stage: Int { case items, order, shipping }

  /// Goes through the stages; answers all campaigns that failed in the first stage where one did.
  private mutating func run() -> Set<Int> {
    for stage in [Stage.items, .order, .shipping] {
      if stage == .order { portions = orderPortions() }
      base.costs = costs()
      costsBefore[stage] = base.costs
      var failures: Set<Int> = []
      for campaign in members {
        decide(campaign, at: stage)
        let reason = tallies[campaign.position]?.refusal?.reason
        if reason == .error { failures.insert(campaign.position) }
      }
      for campaign in members {
        do throws(Failure) {
          try apply(campaign, stage)
        } catch { failures.insert(campaign.position) }
      }
      if !failures.isEmpty { return failures }
    }
    return []
  }

  /// Decides conditions that waited for the prices which now stand.
  private mutating func decide(_ campaign: Campaign, at stage: Stage) {
    let standing = standings[campaign.position]
    guard !standing.deferred.isEmpty || standing.defersRow else { return }
    guard stage == decidingStage(of: campaign) else { return }
    var decided = Standing(row: standing.row)
    decided.refusal = scene(of: campaign).refusal(by: standing.deferred)
    if standing.defersRow { scene(of: campaign).decideRow(of: campaign, &decided) }
    tallies[campaign.position]?.decidingCosts = base.costs
    tallies[campaign.position]?.row = decided.row
    tallies[campaign.position]?.refusal = decided.refusal
  }

  /// The first stage of the order's own in which a campaign gives.
  private func decidingStage(of campaign: Campaign) -> Stage {
    let gives = campaign.gives + campaign.rows.indices.flatMap { campaign.gives(row: $0) }
    return gives.allSatisfy { self.stage(of: $0) == .shipping } ? .shipping : .order
  }

  /// What each line costs where conditions of a campaign that wait for prices are decided.
  func decidingCosts(of campaign: Campaign) -> [Int64] {
    campaign.canGive ? costsBefore[decidingStage(of: campaign)] ?? [] : costs()
  }

  private mutating func apply(_ campaign: Campaign, _ stage: Stage) throws(Failure) {
    guard let tally = tallies[campaign.position], tally.refusal == nil else { return }
    if stage == .items { settleOwners(before: campaign) }
    let before = units.map(\.price)
    for give in campaign.gives(row: tally.row) where self.stage(of: give) == stage {
      switch stage {
      case .items: try applyToItems(give, campaign)
      case .order: try applyToOrder(give, campaign)
      case .shipping: try applyToShipping(give, campaign)
      }
    }
    for unit in units.indices where units[unit].price < before[unit] {
      units[unit].isDiscounted = true
      if campaign.isAloneOnItems { units[unit].keeper = campaign.position }
    }
  }

  private func stage(of give: GiveSyntax) -> Stage {
    switch give.kind {
    case .off(_, .order): .order
    case .off(_, .shipping), .freeShipping, .shippingPrice: .shipping
    case .off, .eachPrice, .bundlePrice, .gift: .items
    }
  }

  /// What each cart line costs as it stands.
  func costs() -> [Int64] {
    var costs = [Int64](repeating: 0, count: cart.lines.count)
    for unit in units { costs[unit.line] += unit.price }
    for portion in portions { costs[portion.line] -= portion.taken }
    return costs
  }

  /// Whether a campaign may discount a unit.
  func isVisible(_ unit: Unit, to campaign: Campaign) -> Bool {
    base.isDiscountable(unit.line) && (unit.keeper == nil || unit.keeper == campaign.position)
      && (!campaign.isAloneOnItems || unit.keeper == campaign.position || !unit.isDiscounted)
  }

  /// Cuts an amount down to what a campaign's cap leaves, and books it.
  mutating func grant(_ amount: Int64, _ campaign: Campaign) -> Int64 {
    let granted = min(amount, tallies[campaign.position]?.remainingCap ?? amount)
    if granted < amount { tallies[campaign.position]?.isCapped = true }
    if let cap = tallies[campaign.position]?.remainingCap {
      tallies[campaign.position]?.remainingCap = cap - granted
    }
    tallies[campaign.position]?.discount += granted
    return granted
  }

  mutating func note(_ amount: Int64, line: Int, _ stage: Quote.LineDiscount.Stage, by source: Int)
  {
    guard amount > 0 else { return }
    let known = cuts.firstIndex { $0.line == line && $0.stage == stage && $0.source == source }
    if let known {
      cuts[known].amount += amount
    } else {
      cuts.append(Cut(line: line, stage: stage, source: source, amount: amount))
    }
  }

  /// A value that an amount of a give comes to; nil when it is missing or not above zero.
  func worth(_ amount: GiveSyntax.Amount, _ campaign: Campaign) throws(Failure) -> Value? {
    let scene = scene(of: campaign)
    let value: Value? =
      switch amount {
      case .money(let money): .money(try scene.minorUnits(money))
      case .percent(let percent): try scene.constant(.percent(percent))
      case .expression(let expression): try scene.value(of: expression)
      }
    guard let value, let figure = value.figure, figure > .zero else { return nil }
    if case .percent = value { return .percent(min(figure, .one)) }
    guard Int64(exactly: figure.rounded(halfToEven: book.roundsHalfToEven)) != nil else {
      throw .arithmetic
    }
    return value
  }

  /// One amount: money, or a percentage of a cost, rounded once and at most that cost.
  func oneAmount(_ value: Value, of base: Int64, atMost cost: Int64) throws(Failure) -> Int64 {
    let exact: Rational
    switch value {
    case .percent(let percent): exact = try percent * Rational(base)
    default: exact = value.figure ?? .zero
    }
    return min(cost, try amount(exact.rounded(halfToEven: book.roundsHalfToEven)))
  }
}
