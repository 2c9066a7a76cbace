import Pricing
import WireFormat

/// What the rules know of the values of one kind of label, remembered from cart to cart.
struct LabelMemo: Sendable {
  /// Distinct values, and bytes of them, beyond which all are forgotten.
  private static let countMaximum = 65_536
  private static let bytesMaximum = 4 << 20

  /// Nil for texts that put a line in no group.
  let dimension: MembershipTable.Dimension?
  private(set) var texts = TextNumbers()
  /// The text of each number, shared by all lines that have it.
  private(set) var strings: [String] = []
  /// Where the slots of each number begin, and after the last where they end.
  private var bounds: [Int32] = [0]
  private var slots: [Int32] = []

  private let memberships: MembershipTable

  init(_ dimension: MembershipTable.Dimension?, _ memberships: MembershipTable) {
    self.dimension = dimension
    self.memberships = memberships
  }

  /// Whether it holds more than is worth keeping.
  var isFull: Bool { texts.count > Self.countMaximum || texts.byteCount > Self.bytesMaximum }

  /// The number of a string without escapes, the same for the same bytes.
  @inline(__always)
  mutating func number(
    of json: Span<UInt8>, _ place: PlainReader.Place
  ) -> Int32 {
    let number = texts.number(of: json, from: place.start, count: place.count)
    if number == strings.count {
      learn(string(of: json.extracting(place.start..<place.start + place.count)))
    }
    return Int32(truncatingIfNeeded: number)
  }

  /// The number of a value, the same for the same bytes.
  @inline(never)
  mutating func number(of value: [UInt8]) -> Int32 {
    let number = texts.number(of: value.span)
    if number == strings.count { learn(string(of: value.span)) }
    return Int32(truncatingIfNeeded: number)
  }

  /// The number of a value that stands as a text already.
  mutating func number(of value: String) -> Int32 {
    let number = texts.number(of: value.utf8.span)
    if number == strings.count { learn(value) }
    return Int32(truncatingIfNeeded: number)
  }

  @inline(never)
  private mutating func learn(_ value: String) {
    strings.append(value)
    if let dimension {
      memberships.slots(dimension, holding: value) { slots.append($0) }
    }
    bounds.append(Int32(slots.count))
  }

  /// Appends the slots that hold a value.
  @inline(__always)
  mutating func appendSlots(of number: Int32, to all: inout [Int32]) {
    for place in bounds[Int(number)]..<bounds[Int(number) + 1] { all.append(slots[Int(place)]) }
  }
}

/// Takes out of the slots of a line, which begin at `start`, those that stand there more than once.
func dropRepeated(in slots: inout [Int32], from start: Int) {
  guard slots.count > start + 1 else { return }
  if slots.count > start + 16 { slots[start...].sort() }
  var kept = start + 1
  for place in start + 1..<slots.count {
    let slot = slots[place]
    // Sorted slots that are the same stand side by side.
    let first = slots.count > start + 16 ? kept - 1 : start
    if slots[first..<kept].contains(slot) { continue }
    slots[kept] = slot
    kept += 1
  }
  slots.removeLast(slots.count - kept)
}

/// The text that bytes spell, which have been checked to be UTF-8.
func string(of bytes: Span<UInt8>) -> String {
  do {
    return String(copying: try UTF8Span(validating: bytes))
  } catch {
    preconditionFailure("checked bytes are UTF-8")
  }
}

/// What the rules know of the labels that lines carry.
struct LineLabels: Sendable {
  var skus: LabelMemo
  var categories: LabelMemo
  var brands: LabelMemo
  var tags: LabelMemo
  var vendors: LabelMemo
  var names: LabelMemo
  private let memberships: MembershipTable
  private var ranking = SKURanking()

  init(_ memberships: MembershipTable) {
    self.memberships = memberships
    skus = LabelMemo(.sku, memberships)
    categories = LabelMemo(.category, memberships)
    brands = LabelMemo(.brand, memberships)
    tags = LabelMemo(.tag, memberships)
    vendors = LabelMemo(.vendor, memberships)
    names = LabelMemo(nil, memberships)
  }

  /// Makes ready for a cart: what others have left may not grow without bound.
  mutating func begin() {
    if isFull { self = LineLabels(memberships) }
  }

  /// Whether it holds more than is worth keeping.
  var isFull: Bool {
    skus.isFull || categories.isFull || brands.isFull || tags.isFull || vendors.isFull
      || names.isFull
  }

  /// Numbers the skus of a cart by their bytes.
  ///
  /// - Parameter numbers: Of `skus`, one a line.
  /// - Returns: How many distinct ones there are; `ranks` has one entry a line.
  mutating func rank(_ numbers: [Int32], into ranks: inout [Int32]) -> Int {
    ranking.rank(numbers, of: skus.texts, into: &ranks)
  }
}

/// Ranks the skus of a cart by their bytes, without looking at one twice.
private struct SKURanking: Sendable {
  /// By number: minus one, or while a cart is ranked what stands in its place.
  private var rankOfNumber: [Int32] = []
  private var distinct: [Int32] = []
  /// All numbers by their bytes, as far as they were known when it was made.
  private var sorted: [Int32] = []

  mutating func rank(
    _ numbers: [Int32], of texts: TextNumbers, into ranks: inout [Int32]
  ) -> Int {
    let missing = texts.count - rankOfNumber.count
    if missing > 0 { rankOfNumber.append(contentsOf: repeatElement(-1, count: missing)) }
    distinct.removeAll(keepingCapacity: true)
    for number in numbers where rankOfNumber[Int(number)] < 0 {
      rankOfNumber[Int(number)] = 0
      distinct.append(number)
    }
    sortDistinct(texts)
    for (rank, number) in distinct.enumerated() { rankOfNumber[Int(number)] = Int32(rank) }
    ranks.append(addingCapacity: numbers.count) { ranks in
      let (numbers, rankOfNumber) = (numbers.span, rankOfNumber.span)
      for line in numbers.indices { ranks.append(rankOfNumber[Int(numbers[line])]) }
    }
    for number in distinct { rankOfNumber[Int(number)] = -1 }
    return distinct.count
  }

  /// A cart that has most of the skus known takes them from the order of all.
  private mutating func sortDistinct(_ texts: TextNumbers) {
    guard distinct.count > 64, 4 * distinct.count > texts.count else {
      distinct.sort { texts.precedes($0, $1) }
      return
    }
    if sorted.count != texts.count {
      sorted = (0..<Int32(texts.count)).sorted { texts.precedes($0, $1) }
    }
    distinct.removeAll(keepingCapacity: true)
    for number in sorted where rankOfNumber[Int(number)] == 0 { distinct.append(number) }
  }
}
