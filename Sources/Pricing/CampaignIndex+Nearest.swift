import Money

extension CampaignIndex {
  /// Takes in the nearest of the campaigns that want more of a measure than the cart has.
  ///
  /// - Parameters:
  ///   - asksAll: Whether none of them is known by its number alone.
  ///   - campaigns: Those that have been asked already.
  ///   - others: Of which more than the number has to be asked, as far as they are near enough.
  func findNearest(
    _ lists: borrowing Column<LackingList>, at moment: Int64, _ currency: Currency, asksAll: Bool,
    _ campaigns: borrowing CampaignTable, _ near: inout NearestCampaigns,
    _ others: inout Column<LackingPosting>
  ) {
    for place in lists.indices {
      var list = lists[place]
      // Two loops: the first, all that small rule sets need, compares nothing.
      if !near.isFull {
        list.start = takeAll(
          list, at: moment, currency, asksAll: asksAll, campaigns, &near, &others)
      }
      if list.start < list.end {
        takeNearer(list, at: moment, currency, asksAll: asksAll, campaigns, &near, &others)
      }
    }
  }

  /// Takes in the campaigns of a list until there are as many as may be.
  ///
  /// - Returns: Where in the list that is.
  @inline(__always)
  private func takeAll(
    _ list: LackingList, at moment: Int64, _ currency: Currency, asksAll: Bool,
    _ campaigns: borrowing CampaignTable, _ near: inout NearestCampaigns,
    _ others: inout Column<LackingPosting>
  ) -> Int32 {
    let postings = postings.span
    var place = list.start
    while place < list.end {
      let posting = postings[Int(place)]
      if posting.mayBeOpen(at: moment) {
        if asksAll || posting.unit == nil {
          others.append(LackingPosting(posting: place, number: list.number))
        } else if posting.serves(currency), !campaigns.holds(posting.campaign) {
          near.keep(posting.lack(posting.share(having: list.number), having: list.number))
        }
      }
      place = next(place, in: list, at: moment)
      if near.isFull { break }
    }
    return place
  }

  /// Takes in the campaigns of a list that are nearer than others.
  @inline(__always)
  private func takeNearer(
    _ list: LackingList, at moment: Int64, _ currency: Currency, asksAll: Bool,
    _ campaigns: borrowing CampaignTable, _ near: inout NearestCampaigns,
    _ others: inout Column<LackingPosting>
  ) {
    let postings = postings.span
    var place = list.start
    while place < list.end {
      let posting = postings[Int(place)]
      if posting.mayBeOpen(at: moment) {
        let share = posting.share(having: list.number)
        if !near.admits(posting.campaign, share) {
          // What follows in the list lacks no less.
          if near.excludes(share) { break }
        } else if asksAll || posting.unit == nil {
          others.append(LackingPosting(posting: place, number: list.number))
        } else if posting.serves(currency), !campaigns.holds(posting.campaign) {
          near.insert(posting.lack(share, having: list.number))
        }
      }
      place = next(place, in: list, at: moment)
    }
  }

  /// The posting of a list that is to be looked at after another.
  @inline(__always)
  private func next(_ place: Int32, in list: LackingList, at moment: Int64) -> Int32 {
    let next = place &+ 1
    if next & (CampaignIndex.blockSize - 1) != 0 { return next }
    return nextOpen(next, in: list.start..<list.end, at: moment)
  }
}

extension Posting {
  /// The share of the number wanted that a cart lacks.
  @inline(__always)
  func share(having number: Int64) -> LackingShare {
    LackingShare(written - number, of: written)
  }

  /// What a cart lacks for a campaign that nothing but this number, its schedule and its currency
  /// gate.
  @inline(__always)
  func lack(_ share: LackingShare, having number: Int64) -> Lack {
    guard let unit else { preconditionFailure("a campaign of one number counts something") }
    return Lack(
      campaign: campaign, missing: MissingAmount(amount: constant - number, unit: unit),
      share: share)
  }
}
