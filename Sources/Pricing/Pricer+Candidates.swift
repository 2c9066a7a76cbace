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
        ask(soon: program.index.postings[Int(posting)].campaign)
      }
    }
    for place in shopper.groupSlots.indices {
      visit(program.index.groups[Int(shopper.groupSlots[place])])
    }
    if let slot = shopper.customerSlot { visit(program.index.customers[Int(slot)]) }
    for place in program.index.openMeasures.indices {
      visitMeasure(program.index.openMeasures[place], false)
    }
    let countsBuckets = cart.isAllDiscountable
    for place in buckets.touched.indices {
      let lists = program.index.slots[Int(buckets.touched[place])]
      if !lists.givers.isEmpty { visit(lists.givers) }
      for place in lists.measures {
        visitMeasure(program.index.measures[Int(place)], countsBuckets)
      }
    }
    for campaign in shopper.usedCampaigns
    where !program.gates[Int(campaign)].flags.contains(.runsOnEvent) {
      ask(soon: campaign)
    }
    order.drain(into: &asked)
    for place in asked.indices { asked[place] = program.applicationOrder[Int(asked[place])] }
  }

  /// Notes a campaign as one to be asked.
  @inline(__always)
  private mutating func ask(soon campaign: Int32) {
    order.insert(program.ranks[Int(campaign)])
  }

  /// Takes the campaigns of a list, which stand by when they close, that are open now.
  private mutating func visit(_ list: Range<Int32>) {
    var posting = program.index.firstOpen(in: list, at: now)
    while posting < list.upperBound {
      take(posting)
      posting += 1
      if posting & (CampaignIndex.blockSize - 1) == 0 {
        posting = program.index.nextOpen(posting, in: list, at: now)
      }
    }
  }

  private mutating func take(_ posting: Int32) {
    let posting = program.index.postings[Int(posting)]
    if posting.mayBeOpen(at: now) { ask(soon: posting.campaign) }
  }

  /// Takes the campaigns whose wish for a measure is met.
  ///
  /// - Parameter countsBuckets: Whether the units of a slot are those of all its lines.
  private mutating func visitMeasure(_ indexed: IndexedMeasure, _ countsBuckets: Bool) {
    let number: Int64
    if countsBuckets, indexed.slot >= 0 {
      number = buckets.units(of: indexed.slot, stamp)
      measurements[Int(indexed.measure)] = .number(number)
      measurementStamps[Int(indexed.measure)] = stamp
    } else {
      guard case .number(let found) = measurement(indexed.measure) else { return }
      number = found
    }
    if number > 0 { measuredCount &+= indexed.postingCount }
    if indexed.reachingStart < indexed.reachingEnd {
      var posting = indexed.reachingStart
      while posting < indexed.reachingEnd {
        let wish = program.index.postings[Int(posting)]
        if wish.constant > number { break }
        if wish.mayBeOpen(at: now) { ask(soon: wish.campaign) }
        posting += 1
        if posting & (CampaignIndex.blockSize - 1) == 0 {
          posting = program.index.nextOpen(
            posting, in: indexed.reachingStart..<indexed.reachingEnd, at: now)
        }
      }
      note(posting..<indexed.reachingEnd, having: number)
    }
    guard indexed.equallingStart < indexed.equallingEnd else { return }
    let equalling = indexed.equallingStart..<indexed.equallingEnd
    var posting = program.index.firstPosting(in: equalling, wanting: number)
    while posting < equalling.upperBound,
      program.index.postings[Int(posting)].constant == number
    {
      take(posting)
      posting += 1
    }
    note(posting..<equalling.upperBound, having: number)
  }

  /// Notes the campaigns of a list that want more of a measure than the cart has, for those who ask
  /// what is near.
  private mutating func note(_ list: Range<Int32>, having number: Int64) {
    guard !list.isEmpty, number > 0 else { return }
    lacking.append(LackingList(start: list.lowerBound, end: list.upperBound, number: number))
  }
}
