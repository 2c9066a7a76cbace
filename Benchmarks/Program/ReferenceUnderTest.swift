import CReference

/// The till written in C, with a workload's cart before it.
struct ReferenceUnderTest: ~Copyable {
  private let rules: OpaquePointer
  private let till: OpaquePointer
  private let cart: UnsafeMutablePointer<reference_cart>
  private let skus: UnsafeMutableBufferPointer<Int32>
  private let categories: UnsafeMutableBufferPointer<Int32>
  private let quantities: UnsafeMutableBufferPointer<Int32>
  private let prices: UnsafeMutableBufferPointer<Int64>

  /// Indexes the campaigns and lays the cart out as columns.
  init(_ workload: borrowing Workload) {
    rules = reference_rules_make(workload.campaigns, Int32(workload.campaigns.count))
    till = reference_till_make(
      rules, Int32(workload.shape.lineCount), Int32(workload.shape.categoryCount),
      Int32(workload.shape.skuCount))
    skus = copy(workload.skus)
    categories = copy(workload.categories)
    quantities = copy(workload.quantities)
    prices = copy(workload.prices)
    cart = .allocate(capacity: 1)
    cart.initialize(
      to: reference_cart(
        line_count: Int32(workload.shape.lineCount), skus: skus.baseAddress,
        categories: categories.baseAddress, quantities: quantities.baseAddress,
        prices: prices.baseAddress, segment: Workload.segment,
        earlier_visits: Workload.earlierVisits, day: Workload.day,
        coupons: (workload.coupons[0], workload.coupons[1])))
  }

  deinit {
    reference_till_free(till)
    reference_rules_free(rules)
    cart.deallocate()
    skus.deallocate()
    categories.deallocate()
    quantities.deallocate()
    prices.deallocate()
  }

  /// Prices the cart once.
  @discardableResult
  func price() -> Int64 { reference_price(rules, till, cart).total }

  /// Prices the cart and reads every line.
  func priced() -> PricedCart {
    let quote = reference_price(rules, till, cart)
    var priced = PricedCart()
    for line in 0..<skus.count { priced.add(lineTotal: quote.line_totals[line]) }
    priced.appliedCount = Int(quote.applied)
    precondition(priced.total == quote.total, "the reference's lines add up to its total")
    return priced
  }
}

/// A column that stays where it is.
private func copy<Element: BitwiseCopyable>(
  _ column: [Element]
) -> UnsafeMutableBufferPointer<Element> {
  let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: column.count)
  _ = buffer.initialize(from: column)
  return buffer
}
