/// What is kept of the lines of a cart besides columns, with room that serves cart after cart.
struct LineNotes {
  /// Skus and ids as a quote spells them; no ids behind the last line that has one.
  var skus: [LineReader.Spelling] = []
  var ids: [LineReader.Spelling] = []
  /// Spellings that the cart's bytes do not have.
  var beside: [UInt8] = []
  /// By line; none behind the last line that has any.
  var attributes: [[String: Cart.AttributeValue]] = []
  /// Of the labels' skus, one a line.
  var skuNumbers: [Int32] = []
  /// Of the labels' brands, those of the line at hand.
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
    skus.removeAll(keepingCapacity: true)
    ids.removeAll(keepingCapacity: true)
    beside.removeAll(keepingCapacity: true)
    attributes.removeAll(keepingCapacity: true)
    skuNumbers.removeAll(keepingCapacity: true)
    cost = 0
    nameByteCount = 0
  }
}
