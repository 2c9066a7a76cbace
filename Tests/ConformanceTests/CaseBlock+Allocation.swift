extension CaseBlock {
  /// Reads the block as an amount to be shared.
  ///
  /// - Throws: `CaseFileError` for a key that is unknown, missing or no row of whole numbers, and
  ///   for a claim that the figures do not bear out.
  func allocationCase() throws(CaseFileError) -> ConformanceCase {
    let source = try source(allowing: [
      "source", "peculiar", "amount", "weights", "maxima", "expect", "ours", "strategy", "note",
    ])
    for section in sections where !["difference", "unsupported"].contains(section.name) {
      throw error("`\(section.name)` is no section of a sharing", at: section.place)
    }
    guard has("strategy") else { throw error("\(id) does not name the peer's strategy") }
    guard has("weights") != has("maxima") else {
      throw error("\(id) needs either weights or maxima")
    }
    guard let amount = try numbers("amount")?.first, let expected = entry("expect") else {
      throw error("\(id) needs an amount and what is expected")
    }
    let claim = try claim()
    let ours = try numbers("ours")
    if case .difference = claim {
      guard ours != nil else { throw error("\(id) does not say what ours is") }
    } else if ours != nil {
      throw error("\(id) says what ours is, and no difference")
    }
    let allocation = ConformanceCase.Allocation(
      amount: amount, weights: try numbers(has("maxima") ? "maxima" : "weights") ?? [],
      hasMaxima: has("maxima"), expected: expected.value == "refused" ? nil : try numbers("expect"),
      ours: ours)
    return ConformanceCase(
      id: id, source: source, isPeculiar: has("peculiar"), place: place,
      content: .allocation(allocation), claim: claim)
  }

  private func numbers(_ key: String) throws(CaseFileError) -> [Int64]? {
    guard let entry = entry(key) else { return nil }
    var numbers: [Int64] = []
    for word in entry.value.split(separator: " ") {
      guard let number = Int64(word) else {
        throw error("`\(word)` is no whole number of 64 bits", at: entry.place)
      }
      numbers.append(number)
    }
    return numbers
  }
}
