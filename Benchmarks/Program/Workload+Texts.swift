import CReference
import LocalTime
import Money
import Promo

extension Workload {
  /// When the cart is priced: noon of its day.
  static let moment = Instant(secondsSince1970: dayStart + 43_200)

  /// The campaigns as rule files, none of them larger than a file may be.
  var sources: [RuleSource] {
    let perFile = 10_000
    return stride(from: 0, to: campaigns.count, by: perFile).map { start in
      var text = "currency USD\ntimezone \"UTC\"\n"
      for index in start..<min(start + perFile, campaigns.count) {
        text += "\ncampaign k\(digits(index)) {\n"
        for clause in clauses(campaigns[index], index) { text += "  \(clause)\n" }
        text += "}\n"
      }
      return RuleSource(path: "rules\(start / perFile).promo", text: text)
    }
  }

  private func clauses(_ campaign: reference_campaign, _ index: Int) -> [String] {
    let category =
      campaign.category < 0 ? "items" : "items in category \"c\(digits(Int(campaign.category)))\""
    let percent = "give \(campaign.basis_points / 100)% off "
    switch Int(campaign.kind) {
    case REFERENCE_QUANTITY:
      return ["when quantity of \(category) >= \(campaign.threshold)", percent + category]
    case REFERENCE_SUBTOTAL:
      return [
        "when subtotal of items >= $\(amount(campaign.threshold))",
        "give $\(campaign.amount / 100) off order",
      ]
    case REFERENCE_VISIT:
      let window = index & 1 == 0 ? "ever" : "this month"
      return [
        "when visit_number \(window) = \(campaign.threshold)",
        "give $\(campaign.amount / 100) off order",
      ]
    case REFERENCE_SEASON:
      return [
        "for customers in group \"g\(campaign.segment)\"",
        "active from \(date(campaign.first_day)) through \(date(campaign.last_day))",
        percent + category,
      ]
    case REFERENCE_THIRD_FREE:
      return [
        "for customers in group \"g\(campaign.segment)\"",
        "give 100% off cheapest 1 of every 3 \(category)",
      ]
    case REFERENCE_COUPON: return ["code \"Q\(digits(Int(campaign.coupon)))\"", percent + category]
    default:
      let sku = "items in sku \"p\(digits(Int(campaign.sku)))\""
      return ["when quantity of \(sku) >= \(campaign.threshold)", percent + sku]
    }
  }

  /// The cart as a shop sends it.
  func cart(currency: Currency) -> Cart {
    // Lines of one category share the storage of its text.
    let names = (0..<shape.categoryCount).map { ["c\(digits($0))"] }
    var cart = Cart(currency: currency, lines: [])
    cart.lines = skus.indices.map { index in
      var line = Cart.Line(
        sku: "p\(digits(Int(skus[index])))",
        price: Money(minorUnits: prices[index], currency: currency),
        quantity: Int64(quantities[index]))
      line.categories = names[Int(categories[index])]
      return line
    }
    cart.codes = coupons.map { "Q\(digits(Int($0)))" }
    var customer = Cart.Customer()
    customer.id = "m1"
    customer.isMember = true
    customer.groups = ["g\(Self.segment)"]
    customer.history = (0..<Int64(Self.earlierVisits)).map { visit in
      let at = Instant(secondsSince1970: Self.moment.secondsSince1970 - 86_400 * (visit * 4 + 1))
      return Cart.Visit(at: at, total: Money(minorUnits: 2_500, currency: currency))
    }
    cart.customer = customer
    return cart
  }

  /// At least five digits, so that texts stand in the order of their numbers.
  private func digits(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 5 - text.utf8.count)) + text
  }

  private func amount(_ minorUnits: Int64) -> String {
    let cents = String(minorUnits % 100)
    return "\(minorUnits / 100).\(cents.utf8.count < 2 ? "0" : "")\(cents)"
  }

  private func date(_ day: Int32) -> String {
    let text = String(day)
    return "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))"
  }
}
