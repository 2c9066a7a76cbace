import Ledger

/// What is kept with a transaction as one run of bytes: its sides, what they are for, and where each
/// account's entry before is.
struct TransactionSides: Hashable {
  /// The form of the bytes; another form begins with another number.
  private static let form: UInt8 = 2
  /// Earlier versions have kept the sides alone.
  private static let sidesAlone: UInt8 = 1

  var postings: [Posting]
  /// The order or the hold that it is for; empty for none.
  var about: String
  /// One for each of the entries that the sides come to, in their order.
  var links: [EntryLink]

  /// How many sides there are, and of each its owner, its balance, its amount and its lot; then the
  /// text, and the links.
  var packed: [UInt8] {
    let room = 4 + 16 * (postings.count + links.count) + about.utf8.count
    var packed = PackedBytes(form: Self.form, room: room)
    packed.add(Int64(postings.count))
    for posting in postings {
      precondition(posting.owner != 0 && posting.amount != 0, "a side moves something of somebody")
      packed.add(signed: posting.owner)
      packed.add(posting.balance.value)
      packed.add(signed: posting.amount)
      packed.add(posting.lot?.value ?? 0)
    }
    packed.add(about)
    for link in links {
      packed.add(link.previous)
      packed.add(signed: link.posted)
    }
    return packed.bytes
  }

  /// Reads what was packed; nil for bytes that were not packed by this.
  static func unpacked(_ bytes: [UInt8]) -> TransactionSides? {
    let isAlone = bytes.first == sidesAlone
    guard var rest = PackedReader(bytes, form: isAlone ? sidesAlone : form),
      let count = rest.number()
    else { return nil }
    var sides = TransactionSides(postings: [], about: "", links: [])
    for _ in 0..<count {
      guard let owner = rest.signedNumber(), owner != 0, let balance = rest.number(),
        let amount = rest.signedNumber(), amount != 0, amount != .min, let lot = rest.number()
      else { return nil }
      sides.postings.append(
        Posting(
          owner: owner, balance: BalanceID(balance), amount: amount,
          lot: lot == 0 ? nil : LotID(lot)))
    }
    if isAlone { return rest.isAtEnd ? sides : nil }
    guard let about = rest.text() else { return nil }
    sides.about = about
    while !rest.isAtEnd {
      guard let previous = rest.number(), let posted = rest.signedNumber() else { return nil }
      sides.links.append(EntryLink(previous: previous, posted: posted))
    }
    return sides
  }
}

private let packed = SQLText("SELECT sides FROM ledger_transaction WHERE number = $1")

extension SQLConnection {
  /// The sides of a transaction in their order; none where there is no such transaction.
  ///
  /// - Throws: `corrupt` for what can not be read.
  func sides(of transaction: Int64) throws(StorageError) -> [Posting] {
    guard let bytes = try bytes(packed, [.integer(transaction)]) else { return [] }
    guard let sides = TransactionSides.unpacked(bytes) else {
      throw .corrupt("the sides of transaction \(transaction) can not be read")
    }
    return sides.postings
  }
}
