package import LocalTime
import Money
package import Promo
import RuleSyntax

extension RuleBook {
  /// What a cart costs under these rules.
  package func quote(_ cart: Cart, at: Instant) throws -> Answer {
    for name in cart.redeem.keys where balance(name)?.isDiscount != true {
      throw CartRefusal.balance(name)
    }
    for name in cart.pay.keys where balance(name)?.isPayment != true {
      throw CartRefusal.balance(name)
    }
    var quoting = Quoting(self, cart, at)
    return try quoting.quote()
  }
}

/// One cart on its way to a quote.
struct Quoting {
  let contest: Contest
  let candidates: [Campaign]
  let choice: Choice
  var till: Till
  /// What each campaign earns, by place in file order.
  var earned: [Int: [Answer.Earned]] = [:]
  /// Campaigns whose multipliers raised what others earn.
  var raisers: Set<Int> = []
  /// Why campaigns do not apply, by place in file order; nil for those that do.
  var refusals: [Int: Refusal] = [:]

  var book: RuleBook { contest.book }
  var cart: Cart { contest.cart }

  init(_ book: RuleBook, _ cart: Cart, _ at: Instant) {
    contest = Contest(book, cart, at)
    candidates = contest.candidates
    choice = contest.choose(among: candidates)
    till = contest.price(choice.members)
  }

  mutating func quote() throws -> Answer {
    let ordered = till.costs().enumerated().filter { !cart.lines[$0.offset].isGiftCard }
      .map(\.element).reduce(0, +)
    let redeemed = try till.redeem()
    earn()
    refuse()
    let (lines, withdrawn, gifts) = settleLines()
    var quote = Answer(
      at: contest.at, subtotal: money(0), discount: money(0),
      total: money(0), due: money(0))
    quote.lines = lines
    quote.gifts = gifts
    quote.withdrawnGifts = withdrawn
    quote.subtotal = money(lines.map(\.subtotal.minorUnits).reduce(0, +))
    quote.discount = money(
      lines.map { $0.discount.minorUnits + $0.orderShare.minorUnits }.reduce(0, +))
    quote.shipping = cart.shipping.map { price in
      Answer.Shipping(
        price: price, discount: money(till.shippingDiscount),
        total: money(price.minorUnits - till.shippingDiscount))
    }
    quote.redeemed = redeemed
    let total =
      lines.map(\.total.minorUnits).reduce(0, +) + (quote.shipping?.total.minorUnits ?? 0)
    quote.total = money(total)
    quote.payments = try till.pay(total, ofOrder: ordered)
    quote.due = money(total - quote.payments.map { $0.value.minorUnits }.reduce(0, +))
    quote.applied = applied()
    quote.notApplied = notApplied()
    quote.earned = book.campaigns.flatMap { earned[$0.position] ?? [] }
    quote.codes = codes()
    quote.isProven = choice.isProven
    return quote
  }

  func money(_ minorUnits: Int64) -> Money {
    Money(minorUnits: minorUnits, currency: cart.currency)
  }

  // MARK: Earning

  /// Lets campaigns earn whose conditions hold and which, if they give as well, were chosen.
  private mutating func earn() {
    guard cart.customer?.isMember == true else { return }
    let costs = till.costs()
    var earning: [(campaign: Campaign, row: Int?)] = []
    for campaign in book.campaigns where !campaign.isEvent {
      let standing = contest.standings[campaign.position]
      guard standing.refusal == nil else { continue }
      if candidates.contains(where: { $0.position == campaign.position }) {
        guard let tally = till.tallies[campaign.position], tally.hasGiven else { continue }
        earning.append((campaign, tally.row))
        continue
      }
      let scene = contest.scene(of: campaign, costs: costs)
      var decided = Standing(row: standing.row)
      decided.refusal = scene.refusal(by: standing.deferred)
      if standing.defersRow { scene.decideRow(of: campaign, &decided) }
      refusals[campaign.position] = decided.refusal
      if decided.refusal == nil { earning.append((campaign, decided.row)) }
    }
    var multipliers: [Multiplier] = []
    for (campaign, row) in earning {
      let scene = contest.scene(of: campaign, costs: costs)
      multipliers += (try? scene.multipliers(of: campaign, row: row)) ?? []
    }
    let shipping = (cart.shipping?.minorUnits ?? 0) - till.shippingDiscount
    for (campaign, row) in earning {
      do throws(Failure) {
        let scene = contest.scene(of: campaign, costs: costs)
        let earnings = try scene.earnings(
          of: campaign, row: row, multipliers, shipping: shipping, used: &raisers)
        earned[campaign.position] = try issue(earnings, campaign, scene)
      } catch {
        refusals[campaign.position] = Refusal(.error)
      }
    }
  }

  /// Cuts earnings to whole points or minor units, and to what caps leave.
  private func issue(_ earnings: [Earning], _ campaign: Campaign, _ scene: Scene)
    throws(Failure) -> [Answer.Earned]
  {
    var issued: [Answer.Earned] = []
    var remaining: [String: Rational] = [:]
    for earning in earnings {
      let balance = earning.balance
      let whole =
        balance.isMoney
        ? earning.exact.rounded(halfToEven: book.roundsHalfToEven) : earning.exact.floor
      var cap = remaining[balance.name]
      if cap == nil { cap = try scene.remainingCap(campaign, of: balance.name) }
      let granted = min(whole, cap?.floor ?? whole)
      if let cap { remaining[balance.name] = try cap - Rational(granted, over: 1) }
      guard granted > 0 || whole > granted else { continue }
      let decimals = balance.isMoney ? cart.currency.decimals : 0
      issued.append(
        Answer.Earned(
          campaign: campaign.name, balance: balance.name,
          amount: ExactDecimal(value: try amount(granted), decimals: decimals),
          clipped: whole > granted
            ? ExactDecimal(value: try amount(whole - granted), decimals: decimals) : nil,
          availableAt: earning.availableAt, expiresAt: earning.expiresAt))
    }
    return issued
  }

  // MARK: Reasons

  private mutating func refuse() {
    for campaign in book.campaigns where !campaign.isEvent {
      let position = campaign.position
      if let refusal = contest.standings[position].refusal {
        refusals[position] = completed(refusal, of: campaign)
      } else if let tally = till.tallies[position] {
        if tally.refusal != nil { refusals[position] = tally.refusal }
      } else if till.failed.contains(position) {
        refusals[position] = Refusal(.error)
      } else if candidates.contains(where: { $0.position == position }) {
        refusals[position] = beaten(campaign)
      }
      let issued = earned[position] ?? []
      let hasDone =
        till.tallies[position]?.hasGiven == true || issued.contains { $0.amount.value > 0 }
        || raisers.contains(position)
      if refusals[position] == nil, !hasDone {
        // What is left of nothing but clipped points is the cap's doing.
        refusals[position] = Refusal(issued.isEmpty ? .nothingToGive : .cap)
      }
    }
  }

  /// What the conditions that waited for prices add to why another one failed.
  private func completed(_ refusal: Refusal, of campaign: Campaign) -> Refusal {
    let standing = contest.standings[campaign.position]
    guard refusal.reason == .condition, !standing.deferred.isEmpty || standing.defersRow else {
      return refusal
    }
    let scene = contest.scene(of: campaign, costs: till.decidingCosts(of: campaign))
    var all = Standing()
    all.refusal = scene.refusal(by: campaign.conjuncts)
    scene.decideRow(of: campaign, &all)
    return all.refusal ?? refusal
  }

  /// What is said of a campaign outside the choice: how it would fare alone.
  private func beaten(_ campaign: Campaign) -> Refusal {
    let alone = contest.price([campaign])
    if alone.failed.contains(campaign.position) { return Refusal(.error) }
    if let refusal = alone.tallies[campaign.position]?.refusal { return refusal }
    var refusal = Refusal(.stacking)
    // Only who gave something has won.
    let winners = book.campaigns.filter { till.tallies[$0.position]?.hasGiven == true }
    refusal.against = winners.filter { $0.conflicts(with: campaign) }.map(\.name)
    refusal.saving = money(alone.totalDiscount)
    return refusal
  }
}
