extension Pricer {
  /// Finds the campaigns that are nearest to a threshold, without looking at those that are far.
  ///
  /// The lists of measures stand by the number wanted, so from what the cart has of a measure the
  /// nearest come first. A campaign of whose measure the cart has nothing lacks all of it; such are
  /// taken in the order of the files, as long as nothing nearer fills the places.
  mutating func findNearest() {
    for place in lacking.indices { scan(lacking[place]) }
    for place in program.index.measured.indices {
      let measured = program.index.measured[place]
      if isSomething(measured.measure) { continue }
      let posting = program.index.postings[Int(measured.posting)]
      guard near.admits(posting.campaign, .everything) else { return }
      consider(posting, having: 0, .everything)
    }
  }

  /// Whether the cart has been found to have some of a measure.
  @inline(__always)
  private func isSomething(_ measure: Int32) -> Bool {
    guard measurementStamps[Int(measure)] == stamp else { return false }
    if case .number(0) = measurements[Int(measure)] { return false }
    return true
  }

  private mutating func scan(_ lacking: LackingList) {
    let (end, number) = (lacking.end, lacking.number)
    var place = lacking.start
    while place < end {
      let posting = program.index.postings[Int(place)]
      if posting.mayBeOpen(at: now) {
        let wanted = posting.written
        let share = LackingShare(wanted - number, of: wanted)
        if near.admits(posting.campaign, share) {
          consider(posting, having: number, share)
        } else if !near.admits(-1, share) {
          // What follows in the list lacks no less.
          return
        }
      }
      place += 1
      if place & (CampaignIndex.blockSize - 1) == 0 {
        place = program.index.nextOpen(place, in: lacking.start..<end, at: now)
      }
    }
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
    if let unit = posting.unit, shopper.declined.isEmpty {
      guard posting.serves(cart.currency) else { return }
      near.insert(
        Lack(
          campaign: campaign,
          missing: MissingAmount(amount: posting.constant - number, unit: unit), share: share))
      return
    }
    let gate = program.gates[Int(campaign)]
    guard isPossible(campaign, gate) else { return }
    campaigns.add(campaign)
    admit(campaign, gate)
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

  /// Lists the campaigns that are nearest.
  mutating func listNearest() {
    for place in near.lacks.indices {
      let lack = near.lacks[place]
      if campaigns.holds(lack.campaign) {
        campaigns[lack.campaign].list(lacking: lack.missing)
      } else {
        campaigns.add(lack)
      }
    }
  }
}
