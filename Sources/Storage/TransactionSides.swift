import Ledger

/// The sides of a transaction, as one run of bytes that is kept with it.
enum TransactionSides {
  /// The form of the bytes; another form begins with another number.
  private static let form: UInt8 = 1

  /// How many sides there are, and of each its owner, its balance, its amount and its lot.
  static func packed(_ postings: [Posting]) -> [UInt8] {
    var packed = PackedBytes(form: form, room: 2 + 16 * postings.count)
    packed.add(Int64(postings.count))
    for posting in postings {
      precondition(posting.owner != 0 && posting.amount != 0, "a side moves something of somebody")
      packed.add(signed: posting.owner)
      packed.add(posting.balance.value)
      packed.add(signed: posting.amount)
      packed.add(posting.lot?.value ?? 0)
    }
    return packed.bytes
  }

  /// Reads what was packed; nil for bytes that were not packed by this.
  static func unpacked(_ bytes: [UInt8]) -> [Posting]? {
    guard var rest = PackedReader(bytes, form: form), let count = rest.number() else { return nil }
    var postings: [Posting] = []
    for _ in 0..<count {
      guard let owner = rest.signedNumber(), owner != 0, let balance = rest.number(),
        let amount = rest.signedNumber(), amount != 0, amount != .min, let lot = rest.number()
      else { return nil }
      postings.append(
        Posting(
          owner: owner, balance: BalanceID(balance), amount: amount,
          lot: lot == 0 ? nil : LotID(lot)))
    }
    return rest.isAtEnd ? postings : nil
  }
}

private let packed = SQLText("SELECT sides FROM ledger_transaction WHERE number = $1")
private let rowsOf = SQLText(
  "SELECT owner, kind, amount, lot FROM posting WHERE number = $1 ORDER BY place")

extension SQLConnection {
  /// The sides of a transaction in their order, which earlier versions have kept in rows.
  ///
  /// - Throws: `corrupt` for what can not be read.
  func sides(of transaction: Int64) throws(StorageError) -> [Posting] {
    if let bytes = try bytes(packed, [.integer(transaction)]), !bytes.isEmpty {
      guard let sides = TransactionSides.unpacked(bytes) else {
        throw .corrupt("the sides of transaction \(transaction) can not be read")
      }
      return sides
    }
    var sides: [Posting] = []
    let rows = try rows(rowsOf, [.integer(transaction)])
    while try rows.next() { sides.append(rows.side(after: 0)) }
    return sides
  }
}

extension SQLRows {
  /// A side that is a row: its owner, its balance, its amount and its lot in columns.
  func side(after column: Int) -> Posting {
    Posting(
      owner: integer(column), balance: BalanceID(integer(column + 1)),
      amount: integer(column + 2), lot: optionalInteger(column + 3).map { LotID($0) })
  }
}
