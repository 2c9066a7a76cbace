/// What a deal does to the units of one run.
struct DealtUnits: BitwiseCopyable {
  let run: Int32
  /// Units whose price is cut.
  var rewarded: Int64 = 0
  /// Units that are used up at their price.
  var used: Int64 = 0
}

extension Pricer {
  /// The common deal, a percentage off the cheapest unit of every so many, without planning pieces.
  ///
  /// - Parameter isOnly: Whether the campaign has no other effect, so that what it cuts counts as
  ///   discounted at once.
  /// - Returns: Whether it worked; nil when the general way has to be taken.
  mutating func cutCheapestOfGroups(
    _ effect: Int, of campaign: Int32, isOnly: Bool
  ) -> Bool? {
    guard program.effects[effect].kind == .fractionOffGroups,
      let cut = plainCut(effect, of: campaign)
    else { return nil }
    let selection = program.effects[effect].selection
    let lines = lines(of: selection)
    if selections.hasFailed(selection) { return false }
    Pricer.findFreeRuns(of: pool.lines, lines, runs, cart, into: &scratch.runs)
    sortFoundRuns(isCheapest: false)
    campaigns[campaign].rounds += Pricer.formGroups(
      of: program.effects[effect].groupSize, from: scratch.runs, runs, into: &scratch.dealt)
    campaigns[campaign].hasDeal = true
    campaigns[campaign].given += deal(cut, campaign, isOnly: isOnly)
    return true
  }

  /// Writes the runs of some lines that no deal has used and that are worth something.
  @inline(__always)
  private static func findFreeRuns(
    of pool: borrowing Column<Int32>, _ lines: Range<Int>, _ runs: borrowing RunTable,
    _ cart: borrowing CartColumns, into found: inout Column<Int32>
  ) {
    found.clear()
    let (pool, traits, records) = (pool.span, cart.traits.span, runs.records.span)
    for place in lines where traits[Int(pool[place])].isDiscountable {
      var next = pool[place]
      repeat {
        let run = records[Int(next)]
        if !run.flags.contains(.used), run.price > 0 { found.append(next) }
        next = run.next
      } while next >= 0
    }
  }

  /// Forms groups of a size from the dearest unit down and rewards the cheapest unit of each; of
  /// one price the one that comes first.
  ///
  /// - Parameter found: From the dearest down.
  /// - Returns: How many groups there are.
  private static func formGroups(
    of size: Int64, from found: borrowing Column<Int32>, _ runs: borrowing RunTable,
    into dealt: inout Column<DealtUnits>
  ) -> Int64 {
    dealt.clear()
    let (found, records) = (found.span, runs.records.span)
    var units: Int64 = 0
    for place in found.indices { units &+= records[Int(found[place])].quantity }
    let groups = units / size
    var groupsLeft = groups
    var openCount: Int64 = 0
    var (cheapest, lowest) = (0, Int64.max)
    for place in found.indices where groupsLeft > 0 {
      let run = records[Int(found[place])]
      dealt.append(DealtUnits(run: found[place]))
      var left = run.quantity
      while groupsLeft > 0, left > 0 {
        if openCount == 0, left >= size {
          let whole = min(groupsLeft, left / size)
          dealt[place].rewarded += whole
          dealt[place].used += whole * (size - 1)
          left -= whole * size
          groupsLeft -= whole
          continue
        }
        let taken = min(left, size - openCount)
        if openCount == 0 || run.price < lowest { (cheapest, lowest) = (place, run.price) }
        dealt[place].used += taken
        openCount += taken
        left -= taken
        if openCount == size {
          dealt[cheapest].rewarded += 1
          dealt[cheapest].used -= 1
          openCount = 0
          groupsLeft -= 1
        }
      }
    }
    return groups
  }

  /// Writes what was dealt into the runs and books it; answers what it took off.
  private mutating func deal(_ cut: UnitFraction, _ campaign: Int32, isOnly: Bool) -> Int64 {
    let mark: RunFlags = isOnly ? .discounted : .touched
    var given: Int64 = 0
    for place in scratch.dealt.indices {
      let units = scratch.dealt[place]
      let price = runs.price(units.run)
      let newPrice = cut.newPrice(price)
      runs.deal(units, at: newPrice, mark: mark)
      let taken = (price - newPrice) * units.rewarded
      guard taken > 0 else { continue }
      given += taken
      let line = runs.line(units.run)
      entries.append(taken, line: line, source: campaign, stage: .items)
      if !isOnly { touchedLines.append(line) }
    }
    if runs.hasSplits {
      for place in scratch.dealt.indices { runs.joinAlike(runs.line(scratch.dealt[place].run)) }
    }
    return given
  }
}
