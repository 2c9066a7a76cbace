import Money

extension Cart {
  /// Checks a cart built in Swift against everything that a cart read from JSON is held to.
  ///
  /// - Parameter limits: What one cart may cost.
  /// - Throws: `CartError` with the first mistake and a pointer to it, as if the cart were JSON.
  /// - Complexity: O(size of the cart).
  public func validate(limits: CartLimits = .library) throws(CartError) {
    let validator = CartValidator(currency: currency)
    guard lines.count <= limits.lines else {
      throw CartError(
        code: .tooManyLines, pointer: "/lines",
        message: "a cart has at most \(limits.lines) lines; this has \(lines.count)")
    }
    try validator.codes(codes)
    try validator.lines(lines)
    try validator.totals(lines, shipping: shipping)
    try validator.order(order)
    if let customer { try validator.customer(customer) }
    try validator.balances(redeem, "/redeem")
    try validator.balances(pay, "/pay")
    try validator.count(declined.count, CartLimits.declined, "/declined")
    for (index, name) in declined.enumerated() {
      try validator.name(name, CartLimits.nameBytes, "/declined/\(index)")
    }
    try validator.usage(usage)
  }

  /// Why a text can be no code of any cart; nil for one that can.
  package static func problem(withCode code: String) -> String? {
    // No code depends on the currency of its cart.
    guard let currency = Currency(code: "USD") else { return nil }
    do { try CartValidator(currency: currency).codes([code]) } catch { return error.message }
    return nil
  }
}

/// Holds the values of one cart to their bounds; pointers are only built for an error.
struct CartValidator {
  let currency: Currency

  // MARK: Texts and counts

  /// A text that names something: neither empty nor with control characters.
  func name(
    _ text: String, _ maximum: Int, _ pointer: @autoclosure () -> String
  ) throws(CartError) {
    guard !text.isEmpty else {
      throw CartError(code: .emptyText, pointer: pointer(), message: "this text must not be empty")
    }
    try self.text(text, maximum, pointer(), mayHoldLines: false)
  }

  /// A text for people or for comparison; it may be empty.
  func text(
    _ text: String, _ maximum: Int, _ pointer: @autoclosure () -> String, mayHoldLines: Bool = true
  ) throws(CartError) {
    guard text.utf8.count <= maximum else {
      throw CartError(
        code: .tooLong, pointer: pointer(),
        message: "this text has at most \(maximum) bytes; it has \(text.utf8.count)")
    }
    let lowest: UInt8 = mayHoldLines ? 0x01 : 0x20
    guard !text.utf8.contains(where: { $0 < lowest || (!mayHoldLines && $0 == 0x7F) }) else {
      throw CartError(
        code: .controlCharacter, pointer: pointer(),
        message: "the text \(shown(text)) holds a control character")
    }
  }

  func texts(
    _ texts: [String], _ maximum: Int, _ bytes: Int, _ pointer: @autoclosure () -> String
  ) throws(CartError) {
    try count(texts.count, maximum, pointer())
    for (index, text) in texts.enumerated() {
      try self.text(text, bytes, "\(pointer())/\(index)")
    }
  }

  func count(
    _ count: Int, _ maximum: Int, _ pointer: @autoclosure () -> String
  ) throws(CartError) {
    guard count <= maximum else {
      throw CartError(
        code: .tooMany, pointer: pointer(),
        message: "at most \(maximum) entries may stand here; there are \(count)")
    }
  }

  func attributes(
    _ attributes: [String: Cart.AttributeValue], _ pointer: @autoclosure () -> String
  ) throws(CartError) {
    if attributes.isEmpty { return }
    try count(attributes.count, CartLimits.attributes, pointer())
    for (key, value) in sorted(attributes) {
      try name(key, CartLimits.nameBytes, "\(pointer())/\(escaped(key))")
      switch value {
      case .text(let text):
        try self.text(text, CartLimits.textBytes, "\(pointer())/\(escaped(key))")
      case .texts(let texts):
        try self.texts(
          texts, CartLimits.attributeTexts, CartLimits.textBytes, "\(pointer())/\(escaped(key))")
      case .flag: break
      case .number(let number):
        guard (0...CartLimits.attributeDecimals).contains(number.decimals) else {
          throw CartError(
            code: .tooManyDecimals, pointer: "\(pointer())/\(escaped(key))",
            message: "a number has 0 to \(CartLimits.attributeDecimals) decimals")
        }
      }
    }
  }

  // MARK: Amounts

  func money(_ money: Money?, _ pointer: @autoclosure () -> String) throws(CartError) {
    guard let money else { return }
    guard money.currency == currency else {
      throw CartError(
        code: .currencyMismatch, pointer: pointer(),
        message: "the cart is in \(currency.code) and this amount in \(money.currency.code)")
    }
    guard money.minorUnits >= 0 else {
      throw CartError(
        code: .outOfRange, pointer: pointer(),
        message: "an amount is at least zero; this is \(money)")
    }
  }

  func balanceAmount(
    _ amount: Cart.BalanceAmount, _ pointer: @autoclosure () -> String
  ) throws(CartError) {
    guard (0...CartLimits.balanceDecimals).contains(amount.decimals) else {
      throw CartError(
        code: .tooManyDecimals, pointer: pointer(),
        message: "an amount of a balance has 0 to \(CartLimits.balanceDecimals) decimals")
    }
    var maximum = CartLimits.balanceUnits
    for _ in 0..<amount.decimals { maximum *= 10 }
    guard (0...maximum).contains(amount.value) else {
      throw CartError(
        code: .outOfRange, pointer: pointer(),
        message: "an amount of a balance is from zero to \(CartLimits.balanceUnits)")
    }
  }

  func balances(
    _ balances: [String: Cart.BalanceAmount], _ pointer: String
  ) throws(CartError) {
    try count(balances.count, CartLimits.balances, pointer)
    for (key, amount) in sorted(balances) {
      try name(key, CartLimits.nameBytes, "\(pointer)/\(escaped(key))")
      try balanceAmount(amount, "\(pointer)/\(escaped(key))")
    }
  }

  /// Adds an amount to a sum that must fit 64 bits.
  func add(
    _ amount: Int64, to sum: inout Int64, _ pointer: @autoclosure () -> String
  ) throws(CartError) {
    let (total, overflow) = sum.addingReportingOverflow(amount)
    guard !overflow else { throw tooLarge(pointer()) }
    sum = total
  }

  func tooLarge(_ pointer: String) -> CartError {
    CartError(
      code: .overflow, pointer: pointer, message: "with this amount the sum does not fit 64 bits")
  }

  /// Entries by the bytes of their keys, so that the first mistake is always the same one.
  func sorted<Value>(_ entries: [String: Value]) -> [(key: String, value: Value)] {
    entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }
}
