import Money

extension Pricer {
  /// What is missing for a campaign of which only one threshold does not hold, and the share of the
  /// threshold that it is.
  mutating func lack(of campaign: Int32) -> Lack? {
    lacking(campaign).map { Lack(campaign: campaign, missing: $0.0, share: $0.1) }
  }

  private mutating func lacking(_ campaign: Int32) -> (MissingAmount, LackingShare)? {
    let gate = program.gates[Int(campaign)]
    readingStage = gate.readStage
    var failing: Int32?
    for test in gate.tests {
      if case .holds = truth(ofTest: test, campaign) { continue }
      guard failing == nil else { return nil }
      failing = test
    }
    let hasTiers = gate.flags.contains(.hasTiers)
    guard let failing else {
      guard hasTiers, let tierValue = program.campaigns[Int(campaign)].tierValue,
        let lowest = program.campaigns[Int(campaign)].rows.first?.threshold
      else { return nil }
      return lacking(tierValue, for: lowest)
    }
    if hasTiers, rowReached(campaign) == nil { return nil }
    return lacking(test: failing, campaign)
  }

  private mutating func lacking(
    test: Int32, _ campaign: Int32
  ) -> (MissingAmount, LackingShare)? {
    let record = program.tests[Int(test)]
    guard let unit = record.unit else { return nil }
    let part = Int(test - program.gates[Int(campaign)].tests.lowerBound)
    if record.kind != .expression {
      let wanted = record.isStrict ? record.constant - 1 : record.constant
      guard case .number(let number) = measurement(record.measure), number <= wanted,
        number < wanted || record.isStrict
      else { return nil }
      let share =
        wanted > 0
        ? LackingShare(Int64(clamping: Int128(wanted) - Int128(number)), of: wanted) : .everything
      return (
        MissingAmount(
          amount: Int64(clamping: Int128(record.constant) - Int128(number)), unit: unit),
        share
      )
    }
    return program.campaigns[Int(campaign)].conjuncts[part].threshold.flatMap { lacking($0) }
  }

  /// The row of its tiers that a campaign reaches; nil for none.
  mutating func rowReached(_ campaign: Int32) -> Int? {
    guard let tierValue = program.campaigns[Int(campaign)].tierValue,
      case .number(let reached) = value(tierValue.expression)
    else { return nil }
    return rowReached(campaign, reached)
  }

  /// What is missing for the row after the one that applied.
  mutating func missingForNextRow(_ campaign: Int32) -> MissingAmount? {
    guard program.gates[Int(campaign)].flags.contains(.hasTiers) else { return nil }
    let rows = program.campaigns[Int(campaign)].rows
    guard let tierValue = program.campaigns[Int(campaign)].tierValue,
      let row = campaigns[campaign].row, row + 1 < rows.count, let next = rows[row + 1].threshold
    else { return nil }
    readingStage = readStage(campaign)
    return lacking(tierValue, for: next)?.0
  }

  private mutating func lacking(
    _ tierValue: TierValue, for constant: Rational
  ) -> (MissingAmount, LackingShare)? {
    guard let unit = tierValue.unit else { return nil }
    return lacking(
      Threshold(
        value: tierValue.expression, comparison: .greaterOrEqual, constant: constant, unit: unit))
  }

  private mutating func lacking(_ threshold: Threshold) -> (MissingAmount, LackingShare)? {
    guard case .number(let reached) = value(threshold.value), !(threshold.constant < reached),
      let gap = threshold.constant.subtracting(reached),
      gap > .zero || threshold.comparison == .greater
    else { return nil }
    let amount = threshold.comparison == .greater ? gap.floor + 1 : gap.ceiling
    let share =
      threshold.constant > .zero ? gap.divided(by: threshold.constant) ?? .one : .one
    return (
      MissingAmount(amount: Int64(clamping: amount), unit: threshold.unit),
      LackingShare(share)
    )
  }
}
