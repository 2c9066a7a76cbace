import Findings
import Money
import RuleSyntax

/// Gives every distinct selection one identity.
struct SelectionTable {
  /// A selection and the bytes of its texts outside ASCII, which `String` alone compares by
  /// canonical form.
  private struct Key: Hashable {
    var selection: CheckedSelection
    var foreignText: [UInt8]
  }

  private var narrowed = NarrowedSelections()
  private var filtered: [Key: SelectionID] = [:]
  /// The currency of the money a selection's conditions speak of; nil where they speak of none.
  private(set) var currencies: [Currency?] = [nil, nil]
  /// Whether a selection is made of `all_items`, which can be measured but not discounted.
  private(set) var holdsAllItems = [false, true]
  /// Bytes of the texts outside ASCII lowered since the last identity was asked for.
  var foreignText: [UInt8] = []
  /// What the lists beside the rules hold, in byte order.
  var sortedLists: [String: [String]] = [:]
  /// The currency of the money lowered since the last filter began.
  var currency: Currency?

  /// The identity of units of a base whose dimension has any of some values.
  ///
  /// - Parameter values: In byte order, each once; a list is made of them only for a selection that
  ///   is not known yet.
  mutating func narrowed(
    _ base: SelectionID, _ dimension: Dimension, _ values: some RandomAccessCollection<String>,
    in selections: inout [CheckedSelection]
  ) -> SelectionID {
    if !foreignText.isEmpty { foreignText = [] }
    let identity = narrowed.identity(base, dimension, values, in: selections)
    guard identity.index == selections.count else { return identity }
    selections.append(.narrowed(base: base, dimension, values: Array(values)))
    currencies.append(currencies[base.index])
    holdsAllItems.append(holdsAllItems[base.index])
    return identity
  }

  /// The identity of units of a base that satisfy a condition.
  mutating func filtered(
    _ base: SelectionID, _ condition: CheckedExpression, currency: Currency?,
    in selections: inout [CheckedSelection]
  ) -> SelectionID {
    let selection = CheckedSelection.filtered(base: base, condition)
    let key = Key(selection: selection, foreignText: foreignText)
    foreignText = []
    if let found = filtered[key], currencies[found.index] == currency { return found }
    let identity = SelectionID(index: selections.count)
    selections.append(selection)
    currencies.append(currency)
    holdsAllItems.append(holdsAllItems[base.index])
    filtered[key] = identity
    return identity
  }

  /// Notes a text that becomes part of a selection.
  mutating func note(_ text: String) {
    if text.utf8.contains(where: { $0 >= 0x80 }) {
      foreignText += text.utf8
      foreignText.append(0)
    }
  }
}

/// Finds selections that take units by a dimension; nearly all selections are such.
private struct NarrowedSelections {
  /// Identities by hash, −1 for none; at most two thirds are taken, so that a search ends soon.
  private var slots: [Int32] = []
  /// The hash of each identity that is in a slot, so that widening reads no text.
  private var hashes: [(hash: UInt64, identity: Int32)] = []
  private let seed = UInt64(bitPattern: Int64(Hasher().finalize()))

  /// The identity of a selection; for a new one that which it gets as the next of all.
  mutating func identity(
    _ base: SelectionID, _ dimension: Dimension, _ values: some RandomAccessCollection<String>,
    in selections: [CheckedSelection]
  ) -> SelectionID {
    if 3 * (hashes.count + 1) > 2 * slots.count { widen() }
    let hash = hash(base, dimension, values)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let entry = hashes[Int(slots[slot])]
      if entry.hash == hash,
        case .narrowed(base, let other, let texts) = selections[Int(entry.identity)],
        other == dimension, hasSameBytes(texts, values)
      {
        return SelectionID(index: Int(entry.identity))
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(hashes.count)
    hashes.append((hash, Int32(selections.count)))
    return SelectionID(index: selections.count)
  }

  private mutating func widen() {
    let width = max(64, 2 * slots.count)
    slots = Array(repeating: -1, count: width)
    for place in hashes.indices {
      var slot = Int(truncatingIfNeeded: hashes[place].hash) & (width - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (width - 1) }
      slots[slot] = Int32(place)
    }
  }

  /// Begins with a number that only this process has, so that nobody can prepare texts that collide.
  private func hash(
    _ base: SelectionID, _ dimension: Dimension, _ values: some RandomAccessCollection<String>
  ) -> UInt64 {
    var mixed = mix(seed ^ UInt64(base.index), UInt64(dimension.place))
    for value in values {
      var word: UInt64 = 0
      var count: UInt64 = 0
      let bytes = value.utf8.span
      for place in bytes.indices {
        let byte = bytes[place]
        word = word << 8 | UInt64(byte)
        count += 1
        if count & 7 == 0 { mixed = mix(mixed, word) }
      }
      mixed = mix(mixed ^ count, word)
    }
    return mixed
  }

  private func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let (high, low) = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return high ^ low
  }

  private func hasSameBytes(
    _ texts: [String], _ others: some RandomAccessCollection<String>
  ) -> Bool {
    guard texts.count == others.count else { return false }
    var place = 0
    for another in others {
      let (text, other) = (texts[place].utf8.span, another.utf8.span)
      guard text.count == other.count else { return false }
      for index in text.indices where text[index] != other[index] { return false }
      place += 1
    }
    return true
  }
}

extension Dimension {
  /// A number of its own.
  fileprivate var place: Int {
    switch self {
    case .category: 0
    case .brand: 1
    case .tag: 2
    case .sku: 3
    case .vendor: 4
    }
  }
}
