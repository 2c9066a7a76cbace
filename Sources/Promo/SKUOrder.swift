import Pricing

/// The skus of a cart in the order of their bytes, with room between them for more.
struct SKUOrder: Sendable {
  private var places = TextTable<Int32>()
  /// By place: the sku, its rank, and how many lines have it.
  private var skus: [String] = []
  private var ranks: [Int32] = []
  private var lineCounts: [Int32] = []
  /// Places by the bytes of their skus.
  private var sorted: [Int32] = []
  private var gap: Int32 = 1

  init() {}

  /// Takes the skus of lines whose columns have been loaded and have room; places are in order then.
  init(_ columns: CartColumns, skus all: [String]) {
    gap = columns.rankGap(columns.lineCount)
    let count = columns.skuQuantities.count
    skus = Array(repeating: "", count: count)
    ranks = (0..<Int32(count)).map { ($0 + 1) * gap }
    lineCounts = Array(repeating: 0, count: count)
    sorted = Array(0..<Int32(count))
    for (line, sku) in all.enumerated() {
      let place = Int(columns.skuPlaces[line])
      if lineCounts[place] == 0 {
        skus[place] = sku
        places[sku.utf8] = Int32(place)
      }
      lineCounts[place] += 1
    }
  }

  /// Counts a line; nil where there is no room for its sku between its neighbours.
  mutating func add(_ sku: String) -> (place: Int32, rank: Int32, isRepeated: Bool)? {
    if let place = places[sku.utf8] {
      lineCounts[Int(place)] += 1
      return (place, ranks[Int(place)], lineCounts[Int(place)] > 1)
    }
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = low + (high - low) / 2
      let isBefore = skus[Int(sorted[middle])].utf8.lexicographicallyPrecedes(sku.utf8)
      if isBefore { low = middle + 1 } else { high = middle }
    }
    let lower = low > 0 ? ranks[Int(sorted[low - 1])] : 0
    let upper = low < sorted.count ? ranks[Int(sorted[low])] : Int32.max
    let rank = lower + min(gap, (upper - lower) / 2)
    guard rank > lower else { return nil }
    let place = Int32(skus.count)
    places[sku.utf8] = place
    skus.append(sku)
    ranks.append(rank)
    lineCounts.append(1)
    sorted.insert(place, at: low)
    return (place, rank, false)
  }

  /// Counts a line less.
  mutating func remove(_ sku: String) {
    if let place = places[sku.utf8] { lineCounts[Int(place)] -= 1 }
  }
}
