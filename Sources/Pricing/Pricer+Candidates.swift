extension Pricer {
  /// Finds the campaigns that may apply to the cart, in application order.
  ///
  /// Whatever is not found would be refused. Campaigns whose uses are told are asked too, since a
  /// limit that is used up is answered before any condition.
  mutating func collectCandidates() {
    if explains == .all {
      for campaign in program.applicationOrder
      where !program.gates[Int(campaign)].flags.contains(.runsOnEvent) {
        asked.append(campaign)
      }
      return
    }
    visit(program.index.always)
    if shopper.isMember { visit(program.index.members) }
    if !shopper.isIdentified { visit(program.index.guests) }
    // A code that is presented is answered even when its campaign is over.
    for slot in shopper.codeSlots where slot >= 0 {
      for posting in program.index.codes[Int(slot)] {
        asked.append(program.index.postings[Int(posting)])
      }
    }
    for place in shopper.groupSlots.indices {
      visit(program.index.groups[Int(shopper.groupSlots[place])])
    }
    if let slot = shopper.customerSlot { visit(program.index.customers[Int(slot)]) }
    for place in program.index.openMeasures.indices {
      visitMeasure(program.index.openMeasures[place])
    }
    for place in buckets.touched.indices {
      let slot = buckets.touched[place]
      let givers = program.index.givers[Int(slot)]
      if !givers.isEmpty { visit(givers) }
      for place in program.index.measuresOfSlot[Int(slot)] {
        visitMeasure(program.index.measureList[Int(place)])
      }
    }
    for campaign in shopper.usedCampaigns
    where !program.gates[Int(campaign)].flags.contains(.runsOnEvent) {
      asked.append(campaign)
    }
    sortAsked()
  }

  /// Takes the campaigns of a list that are open now.
  private mutating func visit(_ list: Range<Int32>) {
    var posting = program.index.nextOpen(list.lowerBound, in: list, at: now)
    while posting < list.upperBound {
      take(posting)
      posting += 1
      if posting % Int32(CampaignIndex.blockSize) == 0 {
        posting = program.index.nextOpen(posting, in: list, at: now)
      }
    }
  }

  private mutating func take(_ posting: Int32) {
    let campaign = program.index.postings[Int(posting)]
    let gate = program.gates[Int(campaign)]
    if gate.opens <= now, now < gate.closes { asked.append(campaign) }
  }

  /// Takes the campaigns whose wish for a measure is met.
  private mutating func visitMeasure(_ measure: Int32) {
    let (reaching, equalling) = (
      program.index.reaching[Int(measure)], program.index.equalling[Int(measure)]
    )
    guard case .number(let number) = measurement(measure) else { return }
    if !reaching.isEmpty {
      let end =
        number == .max
        ? reaching.upperBound : program.index.firstPosting(in: reaching, wanting: number + 1)
      visit(reaching.lowerBound..<end)
      note(end..<reaching.upperBound, having: number)
    }
    if !equalling.isEmpty {
      var posting = program.index.firstPosting(in: equalling, wanting: number)
      while posting < equalling.upperBound, program.index.constants[Int(posting)] == number {
        take(posting)
        posting += 1
      }
      note(posting..<equalling.upperBound, having: number)
    }
  }

  /// Notes the campaigns of a list that want more of a measure than the cart has, for those who ask
  /// what is near.
  private mutating func note(_ list: Range<Int32>, having number: Int64) {
    guard !list.isEmpty, number > 0 else { return }
    lacking.append(LackingList(start: list.lowerBound, end: list.upperBound, number: number))
  }

  /// Puts what was found in application order, each once.
  private mutating func sortAsked() {
    guard asked.count > 1 else { return }
    for place in asked.indices { asked[place] = program.ranks[Int(asked[place])] }
    sortAscending(&asked)
    var kept = 0
    for place in asked.indices where place == 0 || asked[place] != asked[kept - 1] {
      asked[kept] = asked[place]
      kept += 1
    }
    for place in 0..<kept { asked[place] = program.applicationOrder[Int(asked[place])] }
    asked.cut(to: kept)
  }
}
