/// Numbers distinct texts by their bytes, in the order in which each first comes.
///
/// Open addressing over numbers. The hash is seeded by the process, so nobody can choose texts that
/// collide, and it never shows in a result.
struct TextNumbers: Sendable {
  private static let seed: (UInt64, UInt64) = (processSeed(1), processSeed(2) | 1)

  /// Numbers; minus one where nothing is.
  private var slots = [Int32](repeating: -1, count: 16)
  private var hashes: [UInt64] = []
  /// The first eight bytes of each text, the first the most significant.
  private var prefixes: [UInt64] = []
  /// Where each text ends in `bytes`, after where it begins.
  private var bounds: [Int32] = [0]
  private var bytes: [UInt8] = []

  /// How many distinct texts there are.
  var count: Int { hashes.count }
  /// Bytes of all of them.
  var byteCount: Int { bytes.count }

  /// The number of a text, which is the count so far if it is new.
  mutating func number(of text: Span<UInt8>) -> Int {
    if 2 * count >= slots.count { grow() }
    let hash = Self.hash(text)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if hashes[number] == hash, holds(text, number) { return number }
      slot = (slot + 1) & mask
    }
    slots[slot] = Int32(truncatingIfNeeded: count)
    append(text, hash)
    return count - 1
  }

  /// Whether the text of one number precedes another's, compared by bytes.
  func precedes(_ first: Int32, _ second: Int32) -> Bool {
    let (prefix, other) = (prefixes[Int(first)], prefixes[Int(second)])
    if prefix != other { return prefix < other }
    return bytes[range(first)].lexicographicallyPrecedes(bytes[range(second)])
  }

  private func range(_ number: Int32) -> Range<Int> {
    Int(bounds[Int(number)])..<Int(bounds[Int(number) + 1])
  }

  private func holds(_ text: Span<UInt8>, _ number: Int) -> Bool {
    let start = Int(bounds[number])
    guard Int(bounds[number + 1]) - start == text.count else { return false }
    let bytes = bytes.span
    for place in text.indices where bytes[start + place] != text[place] { return false }
    return true
  }

  private mutating func append(_ text: Span<UInt8>, _ hash: UInt64) {
    hashes.append(hash)
    var prefix: UInt64 = 0
    for place in 0..<8 { prefix = prefix << 8 | UInt64(place < text.count ? text[place] : 0) }
    prefixes.append(prefix)
    for place in text.indices { bytes.append(text[place]) }
    bounds.append(Int32(bytes.count))
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: 2 * slots.count)
    let mask = slots.count - 1
    for (number, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(truncatingIfNeeded: number)
    }
  }

  /// Folds eight bytes at a time with a product that nobody outside the process can foresee.
  private static func hash(_ text: Span<UInt8>) -> UInt64 {
    let (start, factor) = seed
    var hash = start ^ UInt64(text.count)
    var place = 0
    while place < text.count {
      let end = min(place + 8, text.count)
      var word: UInt64 = 0
      while place < end {
        word = word << 8 | UInt64(text[place])
        place += 1
      }
      let product = (hash ^ word).multipliedFullWidth(by: factor)
      hash = product.high ^ product.low ^ start
    }
    return hash
  }
}

/// A number that is another one in every process.
private func processSeed(_ number: Int) -> UInt64 {
  var hasher = Hasher()
  hasher.combine(number)
  return UInt64(truncatingIfNeeded: hasher.finalize())
}
