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
    /// Whether it is a reward that came at once, of which no row tells.
    var isIssued = false
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

  /// A use of a campaign that was counted against a limit, or only counted.
  struct Use: Hashable {
    var campaign: String
    var scope: String
    var key: String
    var period: String
    var discount: Int64
  }

  var lines: [Line]
  var parts: [Part]
  var uses: [Use]

  /// The order in which rewards of one campaign and balance are told apart.
  func place(ofRewardAt place: Int) -> Int64 {
    guard let campaign = parts[place].campaign else { return 0 }
    return Int64(parts[..<place].count { $0.isReward(of: campaign, in: parts[place].balance) })
  }

  /// What came at once of a campaign in a balance, by the place of the reward among its like.
  func amount(issuedBy campaign: String, in balance: BalanceID, at place: Int64) -> Int64? {
    let alike = parts.filter { $0.isReward(of: campaign, in: balance) }
    guard alike.indices.contains(Int(place)), alike[Int(place)].isIssued else { return nil }
    return alike[Int(place)].amount
  }
}

extension PurchaseContent {
  /// The form of the bytes below; another form begins with another number.
  private static let form: UInt8 = 2
  /// The form before, in which every use and every reward has a row besides.
  private static let formWithRows: UInt8 = 1

  /// The lines, then the parts with what belongs to each line, then the uses.
  var packed: [UInt8] {
    var packed = PackedBytes(form: Self.form, room: 16 + 12 * lines.count * (1 + parts.count))
    packed.add(Int64(lines.count))
    for line in lines {
      packed.add(line.id)
      packed.add(line.quantity)
      packed.add(line.paid)
    }
    packed.add(Int64(parts.count))
    for part in parts {
      packed.add(part.word)
      if let campaign = part.campaign {
        packed.add(campaign)
      } else if let payer = part.payer {
        packed.add(payer.account.value)
        packed.add(payer.transaction)
      }
      packed.add(part.balance.value)
      packed.add(part.amount)
      for line in lines.indices { packed.add(part.shares[line]) }
    }
    packed.add(Int64(uses.count))
    for use in uses {
      for text in [use.campaign, use.scope, use.key, use.period] { packed.add(text) }
      packed.add(use.discount)
    }
    return packed.bytes
  }

  /// Reads what was packed; nil for bytes that were not packed by this.
  init?(packed bytes: [UInt8]) {
    let hasRows = bytes.first == Self.formWithRows
    guard var rest = PackedReader(bytes, form: hasRows ? Self.formWithRows : Self.form) else {
      return nil
    }
    lines = []
    parts = []
    uses = []
    guard let lineCount = rest.number() else { return nil }
    for _ in 0..<lineCount {
      guard let id = rest.text(), let quantity = rest.number(), let paid = rest.number()
      else { return nil }
      lines.append(Line(id: id, quantity: quantity, paid: paid))
    }
    guard let partCount = rest.number() else { return nil }
    for _ in 0..<partCount {
      guard let part = Self.part(&rest, lines: lines.count) else { return nil }
      parts.append(part)
    }
    guard let useCount = hasRows ? 0 : rest.number() else { return nil }
    for _ in 0..<useCount {
      guard let campaign = rest.text(), let scope = rest.text(), let key = rest.text(),
        let period = rest.text(), let discount = rest.number()
      else { return nil }
      uses.append(
        Use(campaign: campaign, scope: scope, key: key, period: period, discount: discount))
    }
    guard rest.isAtEnd else { return nil }
  }

  private static func part(_ rest: inout PackedReader, lines: Int) -> Part? {
    var campaign: String?
    var payer: Payer?
    let word = rest.number()
    switch word {
    case 0: break
    case 1, 3:
      guard let name = rest.text() else { return nil }
      campaign = name
    case 2:
      guard let account = rest.number(), let transaction = rest.number() else { return nil }
      payer = Payer(account: AccountNumber(account), transaction: transaction)
    default: return nil
    }
    guard let balance = rest.number(), let amount = rest.number() else { return nil }
    var shares: [Int64] = []
    for _ in 0..<lines {
      guard let share = rest.number() else { return nil }
      shares.append(share)
    }
    return Part(
      campaign: campaign, isIssued: word == 3, balance: BalanceID(balance), amount: amount,
      shares: shares,
      payer: payer)
  }
}

extension PurchaseContent.Part {
  /// What it is: 0 was spent, 1 is a reward with a row, 2 was paid by another, 3 came at once.
  fileprivate var word: Int64 {
    if campaign != nil { return isIssued ? 3 : 1 }
    return payer != nil ? 2 : 0
  }
}
