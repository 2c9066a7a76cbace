import Ledger

/// What was bought and what it moved, as one run of bytes that is kept with the purchase.
///
/// Most purchases never come back. One that does is unpacked into rows, on which returns work.
struct PurchaseContent: Hashable {
  /// One line of the purchase.
  struct Line: Hashable {
    var id: String
    var quantity: Int64
    var paid: Int64
  }

  /// What a purchase moved of one balance.
  struct Part: Hashable {
    /// The campaign of a reward; nil for what was spent.
    var campaign: String?
    var balance: BalanceID
    var amount: Int64
    /// What of it belongs to each line, in their order; together the amount.
    var shares: [Int64]
    /// Who paid it if not the customer.
    var payer: Payer?

    /// Whether it is a reward of a campaign in a balance.
    func isReward(of campaign: String, in balance: BalanceID) -> Bool {
      self.balance == balance && self.campaign?.utf8.elementsEqual(campaign.utf8) == true
    }
  }

  /// A spending account that paid a part, and the transaction it did so by.
  struct Payer: Hashable {
    var account: AccountNumber
    var transaction: Int64
  }

  var lines: [Line]
  var parts: [Part]
}

extension PurchaseContent {
  /// The form of the bytes below; another form begins with another number.
  private static let form: UInt8 = 1

  /// Counts and texts one after another: a number in groups of seven bits, the lowest first, and a
  /// text after the number of its bytes.
  var packed: [UInt8] {
    var bytes: [UInt8] = [Self.form]
    bytes.reserveCapacity(16 + 12 * lines.count * (1 + parts.count))
    Self.add(Int64(lines.count), to: &bytes)
    for line in lines {
      Self.add(line.id, to: &bytes)
      Self.add(line.quantity, to: &bytes)
      Self.add(line.paid, to: &bytes)
    }
    Self.add(Int64(parts.count), to: &bytes)
    for part in parts {
      Self.add(part.campaign != nil ? 1 : part.payer != nil ? 2 : 0, to: &bytes)
      if let campaign = part.campaign {
        Self.add(campaign, to: &bytes)
      } else if let payer = part.payer {
        Self.add(payer.account.value, to: &bytes)
        Self.add(payer.transaction, to: &bytes)
      }
      Self.add(part.balance.value, to: &bytes)
      Self.add(part.amount, to: &bytes)
      for line in lines.indices { Self.add(part.shares[line], to: &bytes) }
    }
    return bytes
  }

  /// Reads what was packed; nil for bytes that were not packed by this.
  init?(packed bytes: [UInt8]) {
    guard bytes.first == Self.form else { return nil }
    var rest = bytes.dropFirst()
    lines = []
    parts = []
    guard let lineCount = Self.number(&rest) else { return nil }
    for _ in 0..<lineCount {
      guard let id = Self.text(&rest), let quantity = Self.number(&rest),
        let paid = Self.number(&rest)
      else { return nil }
      lines.append(Line(id: id, quantity: quantity, paid: paid))
    }
    guard let partCount = Self.number(&rest) else { return nil }
    for _ in 0..<partCount {
      guard let part = Self.part(&rest, lines: lines.count) else { return nil }
      parts.append(part)
    }
    guard rest.isEmpty else { return nil }
  }

  private static func part(_ bytes: inout ArraySlice<UInt8>, lines: Int) -> Part? {
    var campaign: String?
    var payer: Payer?
    switch number(&bytes) {
    case 0: break
    case 1:
      guard let name = text(&bytes) else { return nil }
      campaign = name
    case 2:
      guard let account = number(&bytes), let transaction = number(&bytes) else { return nil }
      payer = Payer(account: AccountNumber(account), transaction: transaction)
    default: return nil
    }
    guard let balance = number(&bytes), let amount = number(&bytes) else { return nil }
    var shares: [Int64] = []
    for _ in 0..<lines {
      guard let share = number(&bytes) else { return nil }
      shares.append(share)
    }
    return Part(
      campaign: campaign, balance: BalanceID(balance), amount: amount, shares: shares,
      payer: payer)
  }

  private static func add(_ number: Int64, to bytes: inout [UInt8]) {
    precondition(number >= 0, "counts and amounts of a purchase are not below zero")
    var left = number
    while left >= 0x80 {
      bytes.append(UInt8(left & 0x7F) | 0x80)
      left >>= 7
    }
    bytes.append(UInt8(left))
  }

  private static func add(_ text: String, to bytes: inout [UInt8]) {
    add(Int64(text.utf8.count), to: &bytes)
    bytes.append(contentsOf: text.utf8)
  }

  private static func number(_ bytes: inout ArraySlice<UInt8>) -> Int64? {
    var value: Int64 = 0
    for shift in stride(from: Int64(0), to: 63, by: 7) {
      guard let byte = bytes.popFirst() else { return nil }
      value |= Int64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }

  private static func text(_ bytes: inout ArraySlice<UInt8>) -> String? {
    guard let count = number(&bytes), count <= bytes.count else { return nil }
    defer { bytes.removeFirst(Int(count)) }
    return String(validating: bytes.prefix(Int(count)), as: UTF8.self)
  }
}
