extension Pricer {
  /// Finds the campaigns that are nearest to a threshold, without looking at those that are far.
  ///
  /// The lists of measures stand by the number wanted, so from what the cart has of a measure the
  /// nearest come first. A campaign of whose measure the cart has nothing lacks all of it; such are
  /// taken in the order of the files, as long as nothing nearer fills the places.
  mutating func findNearest() {
    lackingOthers.clear()
    program.index.findNearest(
      lacking, at: now, cart.currency, asksAll: !shopper.declined.isEmpty, campaigns, &near,
      &lackingOthers)
    for place in lackingOthers.indices {
      let other = lackingOthers[place]
      let posting = program.index.postings[Int(other.posting)]
      let share = posting.share(having: other.number)
      if near.admits(posting.campaign, share) { consider(posting, having: other.number, share) }
    }
    // Where the cart has something of all that campaigns are found by, nothing is left.
    guard measuredCount < program.index.measured.count else { return }
    var place = 0
    while !near.excludes(.everything) {
      place = Pricer.nextOfNothing(
        program.index.measured, from: place, measurements, measurementStamps, stamp)
      guard place < program.index.measured.count else { return }
      let posting = program.index.postings[Int(program.index.measured[place].posting)]
      guard near.admits(posting.campaign, .everything) else { return }
      consider(posting, having: 0, .everything)
      place += 1
    }
  }

  /// The next posting by a measure of which the cart has not been found to have something.
  private static func nextOfNothing(
    _ measured: [MeasuredPosting], from start: Int, _ measurements: borrowing Column<Measurement>,
    _ stamps: borrowing Column<UInt32>, _ stamp: UInt32
  ) -> Int {
    let measured = measured.span
    let (measurements, stamps) = (measurements.span, stamps.span)
    var place = start
    while place < measured.count {
      let measure = Int(measured[place].measure)
      guard stamps[measure] == stamp else { return place }
      if case .number(0) = measurements[measure] { return place }
      place += 1
    }
    return place
  }

  /// Asks a campaign that the index has not found, and that may be open, what it lacks.
  ///
  /// - Parameters:
  ///   - number: What the cart has of the measure the campaign was found by.
  ///   - share: What it lacks of it.
  private mutating func consider(
    _ posting: Posting, having number: Int64, _ share: LackingShare
  ) {
    let campaign = posting.campaign
    guard posting.mayBeOpen(at: now), !campaigns.holds(campaign) else { return }
    if posting.unit != nil, shopper.declined.isEmpty {
      if posting.serves(cart.currency) { near.insert(posting.lack(share, having: number)) }
      return
    }
    let gate = program.gates[Int(campaign)]
    guard isPossible(campaign, gate) else { return }
    campaigns.add(campaign)
    admit(campaign)
    guard campaigns[campaign].refusal == .condition else { return }
    noteLacking(campaign)
  }

  /// Whether who buys, and in what currency, lets a campaign in.
  private mutating func isPossible(_ campaign: Int32, _ gate: GateRecord) -> Bool {
    if !gate.serves(cart.currency) { return false }
    if gate.flags.contains(.needsIdentity), !shopper.isIdentified { return false }
    if !gate.flags.contains(.gives), !shopper.isMember { return false }
    return !gate.flags.contains(.isForSome) || isInAudience(campaign)
  }

  /// Works out what a campaign refused by a condition lacks, and keeps it when that is little.
  mutating func noteLacking(_ campaign: Int32) {
    if let lack = lack(of: campaign) { near.insert(lack) }
  }

  /// Lists the campaigns that are nearest; who is only near is noted as told.
  mutating func listNearest() {
    for place in near.lacks.indices {
      let lack = near.lacks[place]
      if campaigns.holds(lack.campaign) {
        campaigns[lack.campaign].list(lacking: lack.missing)
      } else {
        campaigns.note(lack.campaign, lackingAt: place)
        order.insert(lack.campaign)
      }
    }
  }
}
