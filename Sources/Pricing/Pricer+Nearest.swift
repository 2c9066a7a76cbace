extension Pricer {
  /// Finds the campaigns that are nearest to a threshold, without looking at those that are far.
  ///
  /// The lists of measures stand by the number wanted, so from what the cart has of a measure the
  /// nearest come first. A campaign of whose measure the cart has nothing lacks all of it; such are
  /// taken in the order of the files, as long as nothing nearer fills the places.
  mutating func findNearest() {
    for measure in program.index.openMeasures { scan(measure) }
    for slot in buckets.touched {
      for place in program.index.measuresOfSlot[Int(slot)] {
        scan(program.index.measureList[Int(place)])
      }
    }
    for (campaign, measure) in program.index.measured {
      guard near.admits(campaign, .everything) else { return }
      let isScanned = measurementStamps[Int(measure)] == stamp
      if isScanned, measurements[Int(measure)] != .number(0) { continue }
      consider(campaign)
    }
  }

  private mutating func scan(_ measure: Int32) {
    guard case .number(let number) = measurement(measure), number > 0, number < .max else { return }
    scan(program.index.reaching[Int(measure)], from: number)
    scan(program.index.equalling[Int(measure)], from: number)
  }

  private mutating func scan(_ list: Range<Int32>, from number: Int64) {
    guard !list.isEmpty else { return }
    var posting = program.index.firstPosting(in: list, wanting: number + 1)
    while posting < list.upperBound {
      posting = program.index.nextOpen(posting, in: list, at: now)
      guard posting < list.upperBound else { return }
      let wanted = program.index.originals[Int(posting)]
      let campaign = program.index.postings[Int(posting)]
      let share = LackingShare(lacking: Int128(wanted - number), wanted: Int128(max(1, wanted)))
      // What follows in the list lacks no less.
      if !near.admits(-1, share) { return }
      if near.admits(campaign, share) { consider(campaign) }
      posting += 1
    }
  }

  /// Asks a campaign that the index has not found what it lacks.
  private mutating func consider(_ campaign: Int32) {
    let gate = program.gates[Int(campaign)]
    guard gate.opens <= now, now < gate.closes, !campaigns.holds(campaign) else { return }
    campaigns.add(campaign)
    admit(campaign)
    guard campaigns[campaign].refusal == .condition else { return }
    noteLacking(campaign)
  }

  /// Works out what a campaign refused by a condition lacks, and keeps it when that is little.
  mutating func noteLacking(_ campaign: Int32) {
    guard let (missing, share) = lacking(campaign) else { return }
    campaigns[campaign].missing = missing
    near.insert(campaign, share)
  }
}
