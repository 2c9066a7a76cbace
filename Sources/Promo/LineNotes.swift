/// The names of the lines of a cart as columns, one entry a line in each.
struct LineNames {
  /// Skus as a quote spells them.
  var skus: [LineReader.Spelling] = []
  /// The labels' numbers of the skus.
  var skuNumbers: [Int32] = []

  mutating func removeAll() {
    skus.removeAll(keepingCapacity: true)
    skuNumbers.removeAll(keepingCapacity: true)
  }

  /// Makes room for some more lines.
  mutating func extendLines(by count: Int) {
    skus.append(contentsOf: repeatElement(.none, count: count))
    skuNumbers.append(contentsOf: repeatElement(0, count: count))
  }

  /// Ends lines that have been written into their room.
  mutating func truncateLines(to count: Int) {
    skus.removeLast(skus.count - count)
    skuNumbers.removeLast(skuNumbers.count - count)
  }
}

/// What is kept of the lines of a cart besides columns, with room that serves cart after cart.
struct LineNotes {
  /// Ids as a quote spells them; none behind the last line that has one.
  var ids: [LineReader.Spelling] = []
  /// Spellings that the cart's bytes do not have.
  var beside: [UInt8] = []
  /// By line; none behind the last line that has any.
  var attributes: [[String: Cart.AttributeValue]] = []
  /// By line, zero where there is none; none behind the last line that has one.
  var floors: [Int64] = []
  /// By line, while conditions may read them.
  var texts: [LineTexts] = []
  /// The labels' numbers of the brands of all lines in `texts`.
  var brands: [Int32] = []
  /// Before discounts, of all lines.
  var cost: Int64 = 0
  /// Of all skus and ids as they are spelt.
  var nameByteCount = 0
  /// How earlier lines were written, be it in other carts.
  var shape = LineShape()
  /// Tells ids apart.
  var idNumbers = TextNumbers()

  mutating func removeAll() {
    ids.removeAll(keepingCapacity: true)
    beside.removeAll(keepingCapacity: true)
    attributes.removeAll(keepingCapacity: true)
    floors.removeAll(keepingCapacity: true)
    texts.removeAll(keepingCapacity: true)
    brands.removeAll(keepingCapacity: true)
    cost = 0
    nameByteCount = 0
  }
}

/// The labels' numbers of what a line is called besides its sku; minus one where there is nothing.
struct LineTexts {
  var name: Int32 = -1
  var vendor: Int32 = -1
  /// Where its brands end in the list of all, after where those of the line before it end.
  var brandsEnd: Int32 = 0
}
