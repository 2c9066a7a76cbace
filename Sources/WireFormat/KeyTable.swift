/// The keys of one large object, so that a repeated one is found without comparing them all.
///
/// Open addressing over tape indices. The hash is seeded by the process, so nobody can choose keys
/// that collide; only membership is asked for, so the seed never shows in a result.
struct KeyTable {
  /// Keys up to which comparing one by one is faster than hashing.
  static let smallestCount = 16

  /// Tape indices; minus one where nothing is.
  private var slots = [Int32](repeating: -1, count: 4 * smallestCount)
  private var count = 0

  /// Adds the key at a tape index; false when an equal one is there.
  mutating func insert(_ key: Int, nodes: Span<JSONNode>, text: Span<UInt8>) -> Bool {
    if 2 * count >= slots.count { grow(nodes: nodes, text: text) }
    let slot = slot(for: key, nodes: nodes, text: text)
    guard slots[slot] < 0 else { return false }
    slots[slot] = Int32(truncatingIfNeeded: key)
    count += 1
    return true
  }

  /// The slot that holds an equal key, or the free one where it belongs.
  private func slot(for key: Int, nodes: Span<JSONNode>, text: Span<UInt8>) -> Int {
    let mask = slots.count - 1
    var slot = Self.hash(nodes[key], in: text) & mask
    while slots[slot] >= 0 && !spellsSame(nodes[Int(slots[slot])], nodes[key], in: text) {
      slot = (slot + 1) & mask
    }
    return slot
  }

  private mutating func grow(nodes: Span<JSONNode>, text: Span<UInt8>) {
    let earlier = slots
    slots = [Int32](repeating: -1, count: 2 * earlier.count)
    for key in earlier where key >= 0 {
      slots[slot(for: Int(key), nodes: nodes, text: text)] = key
    }
  }

  private static func hash(_ node: JSONNode, in text: Span<UInt8>) -> Int {
    var hasher = Hasher()
    if node.kind == .plainString {
      text.extracting(Int(node.start)..<Int(node.end)).withUnsafeBytes { hasher.combine(bytes: $0) }
    } else {
      decodedString(node, in: text).withUnsafeBytes { hasher.combine(bytes: $0) }
    }
    return hasher.finalize()
  }
}
