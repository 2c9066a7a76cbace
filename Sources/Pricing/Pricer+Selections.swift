import Money

extension Pricer {
  /// The lines of a selection, ascending; computed when first asked for.
  mutating func lines(of selection: Int32) -> [Int32] {
    if let lines = selectionLines[Int(selection)] { return lines }
    let lines = computeLines(of: selection)
    selectionLines[Int(selection)] = lines
    return lines
  }

  /// Whether deciding the selection failed, as by a division by zero in its `where`.
  mutating func hasFailed(_ selection: Int32) -> Bool {
    _ = lines(of: selection)
    return failedSelections.contains(selection)
  }

  private mutating func computeLines(of selection: Int32) -> [Int32] {
    switch program.selections[Int(selection)] {
    case .items:
      return (0..<Int32(cart.lineCount)).filter { isDiscountable($0) }
    case .allItems:
      return (0..<Int32(cart.lineCount)).filter { !cart.traits[Int($0)].contains(.gift) }
    case .narrowed(let base, let membership):
      if hasFailed(base) { failedSelections.insert(selection) }
      let members = cart.members[Int(membership)]
      switch program.selections[Int(base)] {
      case .items: return members.filter { isDiscountable($0) }
      case .allItems: return members.filter { !cart.traits[Int($0)].contains(.gift) }
      case .narrowed, .filtered: return intersection(lines(of: base), members)
      }
    case .filtered(let base, let condition):
      if hasFailed(base) { failedSelections.insert(selection) }
      return filter(lines(of: base), by: condition, for: selection)
    }
  }

  private mutating func filter(
    _ candidates: [Int32], by condition: Expression, for selection: Int32
  ) -> [Int32] {
    let outerLine = lineAtHand
    defer { lineAtHand = outerLine }
    var kept: [Int32] = []
    for line in candidates {
      lineAtHand = line
      switch truth(condition) {
      case .holds: kept.append(line)
      case .fails: break
      case .failed: failedSelections.insert(selection)
      }
    }
    return kept
  }

  /// Whether our discounts may touch a line.
  func isDiscountable(_ line: Int32) -> Bool {
    let traits = cart.traits[Int(line)]
    return traits.contains(.discountable) && traits.isDisjoint(with: [.giftCard, .gift])
  }
}

/// What two ascending lists share.
private func intersection(_ first: [Int32], _ second: [Int32]) -> [Int32] {
  var shared: [Int32] = []
  var (left, right) = (0, 0)
  while left < first.count, right < second.count {
    if first[left] == second[right] { shared.append(first[left]) }
    let (leftLine, rightLine) = (first[left], second[right])
    if leftLine <= rightLine { left += 1 }
    if rightLine <= leftLine { right += 1 }
  }
  return shared
}
