import LocalTime
import Money

extension CartValidator {
  func codes(_ codes: [String]) throws(CartError) {
    guard codes.count <= CartLimits.codes else {
      throw CartError(
        code: .tooManyCodes, pointer: "/codes",
        message: "a cart has at most \(CartLimits.codes) codes; this has \(codes.count)")
    }
    for (index, code) in codes.enumerated() {
      try name(code, CartLimits.codeBytes, "/codes/\(index)")
      guard code.utf8.contains(where: { $0 != 0x20 }) else {
        throw CartError(
          code: .emptyText, pointer: "/codes/\(index)", message: "a code is more than spaces")
      }
    }
  }

  func lines(_ lines: [Cart.Line]) throws(CartError) {
    for (index, line) in lines.enumerated() { try self.line(line, index) }
    guard lines.contains(where: { $0.id != nil }) else { return }
    var ids = Set<[UInt8]>(minimumCapacity: lines.count)
    for (index, line) in lines.enumerated() {
      let id = line.id ?? String(index + 1)
      guard ids.insert(Array(id.utf8)).inserted else {
        throw CartError(
          code: .duplicateLineID,
          pointer: line.id == nil ? "/lines/\(index)" : "/lines/\(index)/id",
          message: "an earlier line has the id \(shown(id)) too; "
            + "without an id a line is known by its position")
      }
    }
  }

  func line(_ line: Cart.Line, _ index: Int) throws(CartError) {
    if let id = line.id { try name(id, CartLimits.nameBytes, "/lines/\(index)/id") }
    try name(line.sku, CartLimits.keyBytes, "/lines/\(index)/sku")
    try money(line.price, "/lines/\(index)/price")
    try quantity(line.quantity, "/lines/\(index)/quantity")
    if let text = line.name { try self.text(text, CartLimits.textBytes, "/lines/\(index)/name") }
    try labels(line.categories, line.brands, line.tags, "/lines/\(index)")
    if let text = line.vendor { try self.text(text, CartLimits.keyBytes, "/lines/\(index)/vendor") }
    try attributes(line.attributes, "/lines/\(index)/attributes")
    try money(line.compareAt, "/lines/\(index)/compareAt")
    try money(line.floor, "/lines/\(index)/floor")
    if let gift = line.gift { try name(gift, CartLimits.nameBytes, "/lines/\(index)/gift") }
  }

  private func quantity(
    _ quantity: Int64, _ pointer: @autoclosure () -> String
  ) throws(CartError) {
    guard CartLimits.quantity.contains(quantity) else {
      throw CartError(
        code: .outOfRange, pointer: pointer(),
        message: "a quantity is a whole number from \(CartLimits.quantity.lowerBound) "
          + "to \(CartLimits.quantity.upperBound); this is \(quantity)")
    }
  }

  private func labels(
    _ categories: [String], _ brands: [String], _ tags: [String],
    _ pointer: @autoclosure () -> String
  ) throws(CartError) {
    let maximum = CartLimits.labels
    try texts(categories, maximum, CartLimits.categoryBytes, "\(pointer())/category")
    try texts(brands, maximum, CartLimits.keyBytes, "\(pointer())/brand")
    try texts(tags, maximum, CartLimits.keyBytes, "\(pointer())/tags")
  }

  /// Quantity times price of each line, their sum, and shipping on top must fit 64 bits.
  func totals(_ lines: [Cart.Line], shipping: Money?) throws(CartError) {
    var total: Int64 = 0
    for (index, line) in lines.enumerated() {
      let (cost, overflow) = line.price.minorUnits.multipliedReportingOverflow(by: line.quantity)
      guard !overflow else { throw productTooLarge("/lines/\(index)/price") }
      try add(cost, to: &total, "/lines/\(index)")
      let floor = line.floor?.minorUnits ?? 0
      guard !floor.multipliedReportingOverflow(by: line.quantity).overflow else {
        throw productTooLarge("/lines/\(index)/floor")
      }
    }
    try money(shipping, "/shipping")
    try add(shipping?.minorUnits ?? 0, to: &total, "/shipping")
  }

  private func productTooLarge(_ pointer: String) -> CartError {
    CartError(
      code: .overflow, pointer: pointer,
      message: "this amount times the quantity does not fit 64 bits")
  }

  func order(_ order: Cart.Order) throws(CartError) {
    if let text = order.channel { try self.text(text, CartLimits.keyBytes, "/order/channel") }
    if let text = order.store { try self.text(text, CartLimits.keyBytes, "/order/store") }
    if let text = order.country { try self.text(text, CartLimits.keyBytes, "/order/country") }
    try attributes(order.attributes, "/order/attributes")
  }

  func customer(_ customer: Cart.Customer) throws(CartError) {
    if let id = customer.id { try name(id, CartLimits.keyBytes, "/customer/id") }
    if let email = customer.email { try name(email, CartLimits.emailBytes, "/customer/email") }
    try count(customer.groups.count, CartLimits.groups, "/customer/groups")
    for (index, group) in customer.groups.enumerated() {
      try name(group, CartLimits.keyBytes, "/customer/groups/\(index)")
    }
    try attributes(customer.attributes, "/customer/attributes")
    try history(customer.history)
    try redemptions(customer.redemptions)
    try balances(customer.balances, "/customer/balances")
  }

  private func history(_ visits: [Cart.Visit]) throws(CartError) {
    try count(visits.count, CartLimits.visits, "/customer/history")
    var spent: Int64 = 0
    var lineTotals: Int64 = 0
    for (index, visit) in visits.enumerated() {
      try moment(visit.at, "/customer/history/\(index)/at")
      try money(visit.total, "/customer/history/\(index)/total")
      try add(visit.total?.minorUnits ?? 0, to: &spent, "/customer/history/\(index)/total")
      try count(visit.lines.count, CartLimits.visitLines, "/customer/history/\(index)/lines")
      for (position, line) in visit.lines.enumerated() {
        try visitLine(line, "/customer/history/\(index)/lines/\(position)")
        try add(
          line.total?.minorUnits ?? 0, to: &lineTotals,
          "/customer/history/\(index)/lines/\(position)/total")
      }
    }
  }

  private func visitLine(
    _ line: Cart.VisitLine, _ pointer: @autoclosure () -> String
  ) throws(CartError) {
    try name(line.sku, CartLimits.keyBytes, "\(pointer())/sku")
    try quantity(line.quantity, "\(pointer())/quantity")
    try money(line.total, "\(pointer())/total")
    try labels(line.categories, line.brands, line.tags, pointer())
  }

  /// A moment that calendars know; JSON cannot write another.
  func moment(_ moment: Instant, _ pointer: @autoclosure () -> String) throws(CartError) {
    guard CartLimits.moments.contains(moment.secondsSince1970) else {
      throw CartError(
        code: .outOfRange, pointer: pointer(), message: "a moment lies in the years 1 to 9999")
    }
  }

  private func redemptions(_ redemptions: [Cart.Redemption]) throws(CartError) {
    try count(redemptions.count, CartLimits.redemptions, "/customer/redemptions")
    var discounts: Int64 = 0
    for (index, redemption) in redemptions.enumerated() {
      try moment(redemption.at, "/customer/redemptions/\(index)/at")
      let campaign = redemption.campaign
      try name(campaign, CartLimits.nameBytes, "/customer/redemptions/\(index)/campaign")
      try money(redemption.discount, "/customer/redemptions/\(index)/discount")
      try add(
        redemption.discount?.minorUnits ?? 0, to: &discounts,
        "/customer/redemptions/\(index)/discount")
      if let earned = redemption.earned {
        try balanceAmount(earned, "/customer/redemptions/\(index)/earned")
      }
    }
  }

  func usage(_ usage: [String: Cart.Usage]) throws(CartError) {
    try count(usage.count, CartLimits.usage, "/usage")
    for (campaign, uses) in sorted(usage) {
      let pointer = "/usage/\(escaped(campaign))"
      try name(campaign, CartLimits.nameBytes, pointer)
      try self.uses(uses.redemptions, "\(pointer)/redemptions")
      try money(uses.discount, "\(pointer)/discount")
      if let earned = uses.earned { try balanceAmount(earned, "\(pointer)/earned") }
      try count(uses.codes.count, CartLimits.usageCodes, "\(pointer)/codes")
      for (code, count) in sorted(uses.codes) {
        try name(code, CartLimits.codeBytes, "\(pointer)/codes/\(escaped(code))")
        try self.uses(count, "\(pointer)/codes/\(escaped(code))")
      }
    }
  }

  private func uses(_ count: Int64, _ pointer: @autoclosure () -> String) throws(CartError) {
    guard CartLimits.uses.contains(count) else {
      throw CartError(
        code: .outOfRange, pointer: pointer(),
        message: "uses are counted from \(CartLimits.uses.lowerBound) "
          + "to \(CartLimits.uses.upperBound); this is \(count)")
    }
  }
}
