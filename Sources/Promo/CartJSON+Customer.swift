import LocalTime
import Money
import WireFormat

extension CartReader {
  private static let customerKeys = [
    "id", "email", "member", "groups", "attributes", "history", "redemptions", "balances",
  ]
  private static let visitLineKeys = ["sku", "quantity", "total", "category", "brand", "tags"]

  func customer(_ value: JSONValue) throws(CartError) -> Cart.Customer {
    try object(value)
    var customer = Cart.Customer()
    for (key, value) in value.members {
      switch key {
      case "id": customer.id = try text(value)
      case "email": customer.email = try text(value)
      case "member": customer.isMember = try flag(value)
      case "groups": customer.groups = try textList(value)
      case "attributes": customer.attributes = try attributes(value)
      case "history":
        try list(value, of: "completed checkouts")
        for element in value.elements { customer.history.append(try visit(element)) }
      case "redemptions":
        try list(value, of: "earlier uses")
        for element in value.elements { customer.redemptions.append(try redemption(element)) }
      case "balances": customer.balances = try balances(value)
      default: throw Self.unknown(key, value, of: "a customer", known: Self.customerKeys)
      }
    }
    return customer
  }

  private func visit(_ value: JSONValue) throws(CartError) -> Cart.Visit {
    try object(value)
    let what = "a completed checkout"
    guard let at = value["at"] else { throw Self.missing("at", of: what, value) }
    var visit = Cart.Visit(at: try instant(at))
    for (key, value) in value.members {
      switch key {
      case "at": break
      case "total": visit.total = try money(value)
      case "lines":
        try list(value, of: "lines")
        for element in value.elements { visit.lines.append(try visitLine(element)) }
      default: throw Self.unknown(key, value, of: what, known: ["at", "total", "lines"])
      }
    }
    return visit
  }

  private func visitLine(_ value: JSONValue) throws(CartError) -> Cart.VisitLine {
    try object(value)
    let what = "a line of a completed checkout"
    guard let sku = value["sku"] else { throw Self.missing("sku", of: what, value) }
    guard let quantity = value["quantity"] else { throw Self.missing("quantity", of: what, value) }
    var line = Cart.VisitLine(sku: try text(sku), quantity: try wholeNumber(quantity))
    for (key, value) in value.members {
      switch key {
      case "sku", "quantity": break
      case "total": line.total = try money(value)
      case "category": line.categories = try texts(value)
      case "brand": line.brands = try texts(value)
      case "tags": line.tags = try texts(value)
      default: throw Self.unknown(key, value, of: what, known: Self.visitLineKeys)
      }
    }
    return line
  }

  private func redemption(_ value: JSONValue) throws(CartError) -> Cart.Redemption {
    try object(value)
    let what = "an earlier use"
    guard let campaign = value["campaign"] else { throw Self.missing("campaign", of: what, value) }
    guard let at = value["at"] else { throw Self.missing("at", of: what, value) }
    var redemption = Cart.Redemption(campaign: try text(campaign), at: try instant(at))
    for (key, value) in value.members {
      switch key {
      case "campaign", "at": break
      case "discount": redemption.discount = try money(value)
      case "earned": redemption.earned = try balanceAmount(value)
      default:
        throw Self.unknown(key, value, of: what, known: ["campaign", "at", "discount", "earned"])
      }
    }
    return redemption
  }

  /// Amounts by balance, as a customer has them and as they are redeemed or paid with.
  func balances(_ value: JSONValue) throws(CartError) -> [String: Cart.BalanceAmount] {
    try object(value)
    var balances: [String: Cart.BalanceAmount] = [:]
    for (name, value) in value.members {
      try insert(try balanceAmount(value), name, value, into: &balances)
    }
    return balances
  }
}
