extension CartColumns {
  /// The membership slots a line is in.
  func slots(of line: Int32) -> ArraySlice<Int32> {
    slots[Int(slotOffsets[Int(line)])..<Int(slotOffsets[Int(line) + 1])]
  }

  /// Whether a line stands for nothing: room for one to come, or one that was taken out.
  ///
  /// Such a line is a gift that nobody gives, of which there are no units; so it is in no selection
  /// and no sum.
  package func isVacant(_ line: Int) -> Bool {
    traits[line].contains(.gift) && quantities[line] == 0
  }

  /// Adds room for lines to come, behind those there are, and room between the ranks of skus.
  ///
  /// - Parameter keepsTexts: Whether conditions may read texts of lines.
  package mutating func makeRoom(_ count: Int, keepsTexts: Bool) {
    let all = lineCount + count
    if giftCampaigns.isEmpty {
      giftCampaigns.append(contentsOf: repeatElement(-1, count: lineCount))
    }
    giftCampaigns.append(contentsOf: repeatElement(-1, count: count))
    if !floors.isEmpty { floors.append(contentsOf: repeatElement(0, count: count)) }
    prices.append(contentsOf: repeatElement(0, count: count))
    quantities.append(contentsOf: repeatElement(0, count: count))
    traits.append(contentsOf: repeatElement(.gift, count: count))
    if skuQuantities.isEmpty { countSKUs(Int(skuRanks.max() ?? -1) + 1) }
    skuPlaces = skuRanks + repeatElement(0, count: count)
    skuRanks.append(contentsOf: repeatElement(0, count: count))
    let gap = rankGap(all)
    for line in 0..<all { skuRanks[line] = (skuPlaces[line] + 1) * gap }
    slotOffsets.append(contentsOf: repeatElement(Int32(slots.count), count: count))
    if keepsTexts || !skus.isEmpty {
      skus.append(contentsOf: repeatElement("", count: count))
      names.append(contentsOf: repeatElement(nil, count: count))
      brands.append(contentsOf: repeatElement([], count: count))
      vendors.append(contentsOf: repeatElement(nil, count: count))
    }
    for column in attributes.indices where !attributes[column].isEmpty || lineCount == count {
      let missing = all - attributes[column].count
      attributes[column].append(contentsOf: repeatElement(.missing, count: missing))
    }
  }

  /// Counts the units of each sku.
  ///
  /// - Parameter count: How many skus there are.
  package mutating func countSKUs(_ count: Int) {
    skuQuantities.append(contentsOf: repeatElement(0, count: count))
    CartColumns.count(skuRanks, quantities, traits, &skuQuantities)
  }

  private static func count(
    _ skuRanks: [Int32], _ quantities: [Int64], _ traits: [LineTraits],
    _ skuQuantities: inout [Int64]
  ) {
    let (skuRanks, quantities, traits) = (skuRanks.span, quantities.span, traits.span)
    var skuQuantities = skuQuantities.mutableSpan
    let gift = LineTraits.gift
    for line in skuRanks.indices where !traits[line].contains(gift) {
      skuQuantities[Int(skuRanks[line])] += quantities[line]
    }
  }

  /// How far apart the ranks of skus stand while there is room for so many lines.
  package func rankGap(_ lineCount: Int) -> Int32 { Int32.max / Int32(lineCount + 2) }

  /// Takes a line out; its place stays vacant.
  package mutating func vacate(_ line: Int) {
    skuQuantities[skuPlace(line)] -= quantities[line]
    prices[line] = 0
    quantities[line] = 0
    if !floors.isEmpty { floors[line] = 0 }
    traits[line] = .gift
    giftCampaigns[line] = -1
  }

  /// Takes the slots of vacant lines out, so that all lines can be looked at again.
  package mutating func settleSlots() {
    var kept = 0
    for line in 0..<lineCount {
      // Lines behind the last that was added have no bounds of their own yet.
      let (start, end) = (Int(slotOffsets[line]), Int(slotOffsets[line + 1]))
      slotOffsets[line] = Int32(kept)
      guard !isVacant(line) else { continue }
      for place in start..<end {
        slots[kept] = slots[place]
        kept += 1
      }
    }
    slotOffsets[lineCount] = Int32(kept)
    slots.removeLast(slots.count - kept)
  }
}
