/// Credit that a customer gets for units that come back, instead of money.
public struct ReturnCredit: Hashable, Sendable {
  /// What belongs to one line of the purchase besides its price, whether or not it comes back.
  public struct Line: Hashable, Sendable {
    /// The purchase's id of the line.
    public var id: String
    /// Its tax, in minor units.
    public var tax: Int64
    /// What balances and spending accounts paid of it, which they get back by themselves.
    public var paidByLedger: Int64
    /// A line.
    public init(id: String, tax: Int64, paidByLedger: Int64) {
      self.id = id
      self.tax = tax
      self.paidByLedger = paidByLedger
    }
  }

  /// The balance that the credit goes to, which keeps the currency of the purchase.
  public var balance: String
  /// Lines with a tax, or of which balances paid a part; others are their price alone.
  public var lines: [Line]
  /// Credit.
  public init(to balance: String, lines: [Line]) {
    self.balance = balance
    self.lines = lines
  }

  /// The campaign of the reward that the credit of a request is.
  public static func campaign(of request: String) -> String { "return \(request)" }

  var fault: LedgerAnswer.Code? {
    guard isIdentifier(balance), lines.allSatisfy({ isIdentifier($0.id) }) else {
      return .badIdentifier
    }
    let amounts = 0...LedgerLimits.amountMaximum
    let areGood = lines.allSatisfy { amounts.contains($0.tax) && amounts.contains($0.paidByLedger) }
    return areGood && lines.count <= LedgerLimits.purchaseLinesMaximum ? nil : .badAmount
  }
}

extension LineShares {
  /// What some units of a line give back of an amount, after others came back: the parts of every
  /// split sum to the whole.
  public static func refund(
    of paid: Int64, units: Int64, after before: Int64, of bought: Int64
  ) -> Int64 {
    func upTo(_ units: Int64) -> Int64 {
      Int64((Int128(paid) * Int128(units) * 2 + Int128(bought)) / (Int128(bought) * 2))
    }
    return upTo(before + units) - upTo(before)
  }
}
