import Money

extension Pricer {
  /// Writes what became of the campaigns of the choice.
  mutating func settle(_ chosen: [Int32], into result: inout Evaluation) {
    result.shippingDiscount = shippingDiscount
    result.entries = entries
    var accepted = acceptGifts(chosen)
    for campaign in chosen {
      guard let state = progress[campaign] else { continue }
      result.verdicts[Int(campaign)] = verdict(campaign, state, remaining: accepted[campaign] ?? [])
      if !hasGiven(state), let verdict = verdictOnEarning(campaign, result) {
        result.verdicts[Int(campaign)] = verdict
      }
    }
    accepted.removeAll()
    result.lines = (0..<cart.lineCount).map { _ in LineResult() }
    for line in withdrawnLines { result.lines[Int(line)].isWithdrawn = true }
    for line in acceptedLines { result.lines[Int(line)].isAcceptedGift = true }
  }

  private mutating func verdict(
    _ campaign: Int32, _ state: CampaignProgress, remaining: [(sku: String, quantity: Int64)]
  ) -> Verdict {
    let admission = admissions[campaign]
    func refused(_ reason: Refusal.Reason) -> Verdict {
      .refused(
        Refusal(
          reason: reason, code: admission?.code, remainingUses: admission?.remainingUses))
    }
    if state.hasFailed { return refused(.error) }
    if state.isHeldBack { return refused(.condition) }
    guard hasGiven(state) else { return refused(.nothingToGive) }
    return .applied(
      Application(
        discount: state.given + state.shippingGiven,
        times: state.hasDeal ? max(1, state.rounds) : 1, isCapped: state.isCapped,
        gifts: remaining, missing: missingForNextRow(campaign, state), code: admission?.code,
        remainingUses: admission?.remainingUses))
  }

  /// Matches gift lines with what campaigns propose; answers what is still to be added.
  private mutating func acceptGifts(
    _ chosen: [Int32]
  ) -> [Int32: [(sku: String, quantity: Int64)]] {
    var open: [Int32: [(sku: String, quantity: Int64)]] = [:]
    for campaign in chosen {
      guard let state = progress[campaign], hasGiven(state) else { continue }
      open[campaign] = state.gifts
    }
    for line in giftLines() {
      let campaign = cart.giftCampaigns[Int(line)]
      let quantity = cart.quantities[Int(line)]
      let offers = (open[campaign] ?? []).indices.filter {
        hasSameBytes(open[campaign]?[$0].sku ?? "", cart.skus[Int(line)])
      }
      let offered = offers.reduce(Int64(0)) { saturatingSum($0, open[campaign]?[$1].quantity ?? 0) }
      guard offered >= quantity else {
        withdrawnLines.append(line)
        continue
      }
      acceptedLines.append(line)
      var rest = quantity
      for offer in offers {
        let taken = min(rest, open[campaign]?[offer].quantity ?? 0)
        open[campaign]?[offer].quantity -= taken
        rest -= taken
      }
    }
    return open.mapValues { $0.filter { $0.quantity > 0 } }
  }

  /// Gift lines, the largest first, so that the order of lines does not matter.
  private func giftLines() -> [Int32] {
    (0..<Int32(cart.lineCount)).filter { cart.traits[Int($0)].contains(.gift) }.sorted {
      let (first, second) = (cart.quantities[Int($0)], cart.quantities[Int($1)])
      return first != second ? first > second : $0 < $1
    }
  }

  /// Writes the prices of each line, from the dearest unit down.
  mutating func writeLines(into result: inout Evaluation) {
    for line in 0..<Int32(cart.lineCount) {
      var quantities: [Int64: Int64] = [:]
      runs.forEachRun(of: line) { run in
        quantities[runs.price(run), default: 0] += runs.quantity(run)
        result.lines[Int(line)].orderShare += runs.orderShares[Int(run)]
        result.lines[Int(line)].redeemedShare += runs.redeemedShares[Int(run)]
      }
      if cart.traits[Int(line)].contains(.gift) { quantities = [0: cart.quantities[Int(line)]] }
      result.lines[Int(line)].units = quantities.sorted { $0.key > $1.key }.map {
        (quantity: $0.value, price: $0.key)
      }
    }
  }
}
