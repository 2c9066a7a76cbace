import WireFormat

/// Numbers distinct texts by their bytes, in the order in which each first comes.
///
/// Open addressing over numbers. The hash is seeded by the process, so nobody can choose texts that
/// collide, and it never shows in a result. Texts of up to eight bytes, which most skus and labels
/// are, are compared as one word.
struct TextNumbers: Sendable {
  /// What is known of a text.
  private struct Entry {
    /// The first eight bytes, the first the most significant.
    var prefix: UInt64
    var hash: UInt64
    /// Where it stands in `bytes`.
    var start: Int32
    var count: Int32
  }

  private static let seed: (UInt64, UInt64) = (processSeed(1), processSeed(2) | 1)

  /// Of the hash; constants of the type are asked for behind a lock.
  private let seed = TextNumbers.seed
  /// Numbers; minus one where nothing is.
  private var slots = [Int32](repeating: -1, count: 16)
  private var entries: [Entry] = []
  private var bytes: [UInt8] = []

  /// How many distinct texts there are.
  var count: Int { entries.count }
  /// Bytes of all of them.
  var byteCount: Int { bytes.count }

  /// Forgets all texts and keeps the room for them.
  mutating func removeAll() {
    guard count > 0 else { return }
    for slot in slots.indices { slots[slot] = -1 }
    entries.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
  }

  /// The number of a part of a text, which is the count so far if it is new.
  @inline(__always)
  mutating func number(of text: Span<UInt8>, from start: Int, count: Int) -> Int {
    if count <= 8, start <= text.count &- 8 {
      return number(ofWord: word(text, at: start) & firstBytes(count), count: count)
    }
    return number(of: text.extracting(start..<start + count))
  }

  /// The number of a text, which is the count so far if it is new.
  mutating func number(of text: Span<UInt8>) -> Int {
    let count = text.count
    guard count > 8 else { return number(ofWord: partialWord(text, at: 0), count: count) }
    let hash = hash(text)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if entries[number].hash == hash, holds(text, entries[number]) { return number }
      slot = (slot + 1) & mask
    }
    return add(text, prefix: word(text, at: 0).byteSwapped, hash, slot)
  }

  /// The number of a text of up to eight bytes, the first in the lowest byte of the word.
  @inline(__always)
  private mutating func number(ofWord word: UInt64, count: Int) -> Int {
    let hash = folded(seed.0 ^ UInt64(truncatingIfNeeded: count), word)
    let prefix = word.byteSwapped
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if entries[number].prefix == prefix, Int(entries[number].count) == count { return number }
      slot = (slot &+ 1) & mask
    }
    return add(word, count: count, hash, slot)
  }

  /// Whether the text of one number precedes another's, compared by bytes.
  func precedes(_ first: Int32, _ second: Int32) -> Bool {
    let (first, second) = (entries[Int(first)], entries[Int(second)])
    if first.prefix != second.prefix { return first.prefix < second.prefix }
    return bytes[range(first)].lexicographicallyPrecedes(bytes[range(second)])
  }

  private func range(_ entry: Entry) -> Range<Int> {
    Int(entry.start)..<Int(entry.start) + Int(entry.count)
  }

  private func holds(_ text: Span<UInt8>, _ entry: Entry) -> Bool {
    guard Int(entry.count) == text.count else { return false }
    let known = bytes.span.extracting(range(entry))
    var place = 0
    while place <= text.count - 8 {
      if word(text, at: place) != word(known, at: place) { return false }
      place += 8
    }
    // The last eight bytes, some of them a second time; longer texts alone are compared here.
    return word(text, at: text.count - 8) == word(known, at: text.count - 8)
  }

  @inline(never)
  private mutating func add(_ word: UInt64, count: Int, _ hash: UInt64, _ slot: Int) -> Int {
    let start = bytes.count
    for place in 0..<count {
      bytes.append(UInt8(truncatingIfNeeded: word &>> UInt64(8 * place)))
    }
    return add(start, word.byteSwapped, hash, slot)
  }

  private mutating func add(
    _ text: Span<UInt8>, prefix: UInt64, _ hash: UInt64, _ slot: Int
  ) -> Int {
    let start = bytes.count
    for place in text.indices { bytes.append(text[place]) }
    return add(start, prefix, hash, slot)
  }

  private mutating func add(_ start: Int, _ prefix: UInt64, _ hash: UInt64, _ slot: Int) -> Int {
    slots[slot] = Int32(truncatingIfNeeded: count)
    entries.append(
      Entry(
        prefix: prefix, hash: hash, start: Int32(truncatingIfNeeded: start),
        count: Int32(truncatingIfNeeded: bytes.count - start)))
    // Half of the slots are free at least, so that every search ends soon.
    if 2 * count >= slots.count { grow() }
    return count - 1
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: 4 * slots.count)
    let mask = slots.count - 1
    for (number, entry) in entries.enumerated() {
      var slot = Int(truncatingIfNeeded: entry.hash) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(truncatingIfNeeded: number)
    }
  }

  private func hash(_ text: Span<UInt8>) -> UInt64 {
    var hash = seed.0 ^ UInt64(text.count)
    var place = 0
    while place <= text.count - 8 {
      hash = folded(hash, word(text, at: place))
      place += 8
    }
    return folded(hash, partialWord(text, at: place))
  }

  /// The bytes from a place on to the end, fewer than eight unless the text has no more.
  private func partialWord(_ text: Span<UInt8>, at start: Int) -> UInt64 {
    var word: UInt64 = 0
    for place in start..<text.count {
      word |= UInt64(text[place]) << UInt64(8 * (place - start))
    }
    return word
  }

  /// Folds eight bytes with a product that nobody outside the process can foresee.
  @inline(__always)
  private func folded(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word).multipliedFullWidth(by: seed.1)
    return product.high ^ product.low ^ seed.0
  }
}

/// A number that is another one in every process.
private func processSeed(_ number: Int) -> UInt64 {
  var hasher = Hasher()
  hasher.combine(number)
  return UInt64(truncatingIfNeeded: hasher.finalize())
}
