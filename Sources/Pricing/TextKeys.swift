/// Texts in the order in which they were added, each once and told apart by its bytes.
///
/// All of them lie in one array, so a text costs little more than its bytes.
package struct TextKeys: Sendable {
  private var bytes: [UInt8] = []
  /// Where each key ends among the bytes.
  private var ends: [Int32] = []
  /// Places by hash, −1 for none; at most two thirds are taken, so that a search ends soon.
  private var slots: [Int32] = []
  package init() {}

  /// How many there are.
  package var count: Int { ends.count }

  /// The place of a text, if it is there.
  package subscript(key: String.UTF8View) -> Int32? { place(of: key.span) }
  package subscript(key: Substring.UTF8View) -> Int32? { place(of: key.span) }
  package subscript(key: [UInt8]) -> Int32? { place(of: key.span) }

  /// The place of a text, the next one where it is not there yet.
  @discardableResult
  package mutating func add(_ key: String.UTF8View) -> Int32 { Int32(add(key.span)) }

  /// The place of a text, the next one where it is not there yet.
  @discardableResult
  package mutating func add(_ key: [UInt8]) -> Int32 { Int32(add(key.span)) }

  private func place(of key: Span<UInt8>) -> Int32? {
    guard !ends.isEmpty else { return nil }
    let place = slots[slot(of: key)]
    return place < 0 ? nil : place
  }

  private mutating func add(_ key: Span<UInt8>) -> Int {
    if 3 * (ends.count + 1) > 2 * slots.count { widen(to: max(8, 2 * slots.count)) }
    let slot = self.slot(of: key)
    if slots[slot] >= 0 { return Int(slots[slot]) }
    let place = ends.count
    slots[slot] = Int32(place)
    bytes.append(addingCapacity: key.count) { bytes in
      for index in key.indices { bytes.append(key[index]) }
    }
    ends.append(Int32(bytes.count))
    return place
  }

  /// Makes room for as many texts as there will be.
  package mutating func reserve(_ count: Int, bytes byteCount: Int) {
    bytes.reserveCapacity(byteCount)
    ends.reserveCapacity(count)
    var width = 8
    while 2 * width < 3 * (count + 1) { width *= 2 }
    if width > slots.count { widen(to: width) }
  }

  private mutating func widen(to width: Int) { slots = dealt(into: width) }

  /// The places of all keys in as many slots.
  private func dealt(into width: Int) -> [Int32] {
    var slots = [Int32](repeating: -1, count: width)
    let all = bytes.span
    var start = 0
    for place in ends.indices {
      let end = Int(ends[place])
      var slot = Int(truncatingIfNeeded: hash(of: all.extracting(start..<end))) & (width - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (width - 1) }
      slots[slot] = Int32(place)
      start = end
    }
    return slots
  }

  /// The slot that a key has, or the free one that it would get.
  private func slot(of key: Span<UInt8>) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash(of: key)) & mask
    while slots[slot] >= 0, !holds(key, at: Int(slots[slot])) { slot = (slot + 1) & mask }
    return slot
  }

  private func holds(_ key: Span<UInt8>, at place: Int) -> Bool {
    let start = place > 0 ? Int(ends[place - 1]) : 0
    guard Int(ends[place]) - start == key.count else { return false }
    for index in key.indices where key[index] != bytes[start + index] { return false }
    return true
  }
}

/// Mixes eight bytes at a time into a number that only this process begins with, so that nobody can
/// prepare texts that collide.
private func hash(of key: Span<UInt8>) -> UInt64 {
  var mixed = hashSeed
  var word: UInt64 = 0
  for index in key.indices {
    word = word << 8 | UInt64(key[index])
    guard index & 7 == 7 else { continue }
    mixed = foldedProduct(mixed ^ word, 0x9E37_79B9_7F4A_7C15)
    word = 0
  }
  return foldedProduct(mixed ^ word, 0xD6E8_FEB8_6659_FD93 ^ UInt64(key.count))
}

private func foldedProduct(_ left: UInt64, _ right: UInt64) -> UInt64 {
  let (high, low) = left.multipliedFullWidth(by: right)
  return high ^ low
}

private let hashSeed = UInt64(bitPattern: Int64(Hasher().finalize()))
