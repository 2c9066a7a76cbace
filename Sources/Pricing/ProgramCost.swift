import Money

/// What pricing a cart takes at most, counted from the program before any cart is there.
///
/// A *step* is one line looked at once by one thing that has to look at it. The figures are those of
/// a cart of `Limits.costedLines` lines, of different skus and without floors, that every campaign of
/// one currency admits. Sorting takes as many steps a line as that number has binary digits:
///
/// - the cart itself, once: 4; a balance that may be taken as discount: sharing;
/// - a selection, once for all who use it: 1, and for a `where` 1 more for each of its parts, a
///   look-up in another selection being as a search, a test of a text as 16;
/// - a sum over a selection, once for all who use it: 1, and counting kinds sorts;
/// - each pricing of a choice: 1, and 2 more when any campaign takes something off the order;
/// - a percentage off units: 1 where it is written out; computed, in tiers, under a cap or a limit,
///   on original prices, or beside `on items`, it is as money off units or their price: 8;
/// - `limit … per order` on either sorts; a cap on money: sharing, which is 2 and sorting;
/// - units that are picked by rank: 1 and sorting, groups of them 1 more, triggers as much again;
/// - one amount over a selection: its units, then cutting and sharing for 4 parts of each line, since
///   it leaves units of a line at different prices;
/// - a bundle: for each slot 9 and sorting, and 16 for each slot that it and those before it see;
/// - something off the order: 2; where a percentage would be 8: sharing;
/// - a price after discounts that is read: 2;
/// - `best of … on items`: 4 for each member's effects, and for each group a search among winners;
/// - a rate that is earned: 3, and 1 for each multiplier of its balance.
///
/// Of a campaign with tiers the dearest row counts. A choice is priced as a whole, so a campaign is
/// priced once for each choice it is in, of which at most `Limits.choicesMaximum` are priced, once
/// more for the choice that wins, and alone when it may lose, twice where its condition reads
/// prices after discounts. Where an effect may fail, by dividing by what the cart decides, pricing
/// begins again without it: once for each stage in which one may.
///
/// Not counted is what does not grow with lines: deciding conditions whose sums are known, asking
/// the index, history, finding the campaigns nearest to a threshold.
package struct ProgramCost: Sendable {
  /// One entry for each campaign, in the order of the files.
  package private(set) var campaigns: [CampaignCost] = []
  /// Steps a line for the cart itself, and for what begins each pricing.
  package private(set) var cartSteps = 0
  /// Steps a line for selections and sums that several campaigns use.
  package private(set) var sharedSteps = 0
  /// How many selections and sums those are.
  package private(set) var sharedCount = 0
  /// Choices of campaigns that are priced; 1 where all go together.
  package private(set) var choiceCount = 1
  /// How often a cart is priced from the beginning.
  package private(set) var pricingCount = 1
  /// Steps a line, all together; less than the sum where not all choices can be the dearest.
  package private(set) var stepsPerLine = 0

  /// Steps for the cart of which the figures speak.
  package var stepsPerCart: Int { saturatingProduct(stepsPerLine, Limits.costedLines) }
  /// Whether that is more than may be.
  package var isTooHigh: Bool { stepsPerCart > Limits.stepsMaximum }

  /// Counts the steps of a complete program: those of carts in the currency that takes most.
  package init(_ program: Program) {
    let named = ProgramCost.currencies(of: program).sorted { $0.code < $1.code }
    let costs = (named.isEmpty ? [Currency?.none] : named.map(Optional.some))
      .map { ProgramCost(program, currency: $0) }
    guard var dearest = costs.max(by: { $0.stepsPerLine < $1.stepsPerLine }) else {
      preconditionFailure("at least one currency is counted")
    }
    for cost in costs {
      for (place, campaign) in cost.campaigns.enumerated()
      where dearest.campaigns[place].stepsPerLine < campaign.stepsPerLine {
        dearest.campaigns[place] = campaign
      }
    }
    self = dearest
  }

  /// The currencies that campaigns name.
  private static func currencies(of program: Program) -> Set<Currency> {
    var currencies: Set<Currency> = []
    var last: Currency?
    for place in program.campaigns.indices where program.campaigns[place].currency != last {
      last = program.campaigns[place].currency
      if let last { currencies.insert(last) }
    }
    return currencies
  }

  private init(_ program: Program, currency: Currency?) {
    var census = CostCensus(program, currency: currency)
    census.run()
    let givers = census.priced.filter { program.gates[$0].flags.contains(.gives) }
    let tally = ProgramCost.tally(program, givers, census)
    let chooses = tally.map { $0.choiceCount > 1 } ?? false
    let passes = census.passCount
    campaigns = program.campaigns.indices.map {
      CampaignCost(campaign: Int32($0), stepsOnce: census.stepsOnce[$0])
    }
    let comparesChoices = chooses && !program.choosesByPriority
    choiceCount = comparesChoices ? tally?.choiceCount ?? 1 : 1
    var pricings = comparesChoices ? choiceCount + 1 : 1
    var alone = 0
    var chosen = 0
    for (vertex, campaign) in givers.enumerated() {
      let steps = census.stepsPerPricing[campaign]
      var aloneCount = 0
      if let tally, chooses {
        if tally.competes[vertex] { aloneCount = census.readsLate(campaign) ? 2 : 1 }
        if tally.isBeyond, comparesChoices { aloneCount = max(aloneCount, 1) }
      }
      let choices = comparesChoices ? tally?.choicesOf[vertex] ?? 0 : 0
      pricings += aloneCount
      campaigns[campaign].stepsPerPricing = steps
      campaigns[campaign].pricingCount = saturatingProduct(choices + 1 + aloneCount, passes)
      alone = saturatingSum(alone, saturatingProduct(steps, 1 + aloneCount))
      chosen = saturatingSum(chosen, saturatingProduct(steps, choices))
    }
    if let tally { chosen = min(chosen, saturatingProduct(choiceCount, tally.heaviest)) }
    pricingCount = saturatingProduct(pricings, passes)
    cartSteps = saturatingSum(
      census.cartSteps, saturatingProduct(pricingCount, census.stepsOfPricing))
    (sharedSteps, sharedCount) = (census.sharedSteps, census.sharedCount)
    let once = campaigns.reduce(0) { saturatingSum($0, $1.stepsOnce) }
    let pricing = saturatingProduct(saturatingSum(alone, chosen), passes)
    stepsPerLine = [cartSteps, sharedSteps, once, pricing].reduce(0, saturatingSum)
  }

  /// How often givers are in a choice; nil when all go together.
  private static func tally(
    _ program: Program, _ givers: [Int], _ census: CostCensus
  ) -> ChoiceTally? {
    guard givers.contains(where: { program.gates[$0].flags.contains(.restricts) }) else {
      return nil
    }
    let stackings = givers.map { program.campaigns[$0].stacking }
    let weights = givers.map { census.stepsPerPricing[$0] }
    // Campaigns of one kind are one vertex of the search; kinds are what it grows with.
    let named = Set(stackings.flatMap { $0.with ?? [] })
    let kinds = Set(stackings.filter { $0.with == nil }).count
    let loners = zip(givers, stackings).count { named.contains(Int32($0)) || $1.with != nil }
    guard kinds + loners <= Limits.talliedKindsMaximum else {
      return ChoiceTally(anyOf: weights, atMost: Limits.choicesMaximum)
    }
    return ChoiceTally(
      program.conflictGraph(of: givers.map { Int32($0) }), weights: weights,
      atMost: Limits.choicesMaximum)
  }
}

/// What one campaign takes at most, a line.
package struct CampaignCost: Sendable {
  package var campaign: Int32
  /// Each time it is priced.
  package var stepsPerPricing = 0
  /// Once for a cart: what it earns, and the selections and sums nobody else uses.
  package var stepsOnce: Int
  /// How often it is priced.
  package var pricingCount = 0

  init(campaign: Int32, stepsOnce: Int) {
    self.campaign = campaign
    self.stepsOnce = stepsOnce
  }

  /// All together.
  package var stepsPerLine: Int {
    saturatingSum(stepsOnce, saturatingProduct(stepsPerPricing, pricingCount))
  }
}
