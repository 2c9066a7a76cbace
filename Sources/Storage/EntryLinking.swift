import Ledger

private let some = SQLText(
  """
  SELECT moved.number, moved.kind, moved.sides, purchase.id, (
    SELECT min(returned.purchase) FROM purchase_return AS returned
    WHERE returned.request = moved.request AND moved.kind = 'giveBack')
  FROM ledger_transaction AS moved
  LEFT JOIN purchase ON purchase.number = moved.number
  WHERE moved.number > $1 AND moved.number <= $2 ORDER BY moved.number
  """)
private let lastNumber = SQLText("SELECT max(number) FROM ledger_transaction")
private let rowsOf = SQLText(
  "SELECT owner, kind, amount, lot FROM posting WHERE number = $1 ORDER BY place")
private let setSides = SQLText("UPDATE ledger_transaction SET sides = $2 WHERE number = $1")
private let setLastEntry = SQLText(
  "UPDATE balance SET last_entry = $3 WHERE account = $1 AND kind = $2")

extension Schema {
  /// How many transactions are read before they are written.
  private static let batch: Int64 = 50_000

  private struct Key: Hashable {
    var owner: Int64
    var balance: Int64
  }

  private struct Written {
    var number: Int64
    var sides: TransactionSides
  }

  /// Puts sides that are rows with their transactions, and makes the chains of all entries.
  ///
  /// Sides that can not be read stay as they are, and an audit tells of them.
  static func linkEntries(_ connection: any SQLConnection) throws(StorageError) {
    var ends: [Key: EntryLink] = [:]
    let last = try connection.number(lastNumber) ?? 0
    var first: Int64 = 0
    while first < last {
      for var written in try read(connection, after: first) {
        written.sides.links = written.sides.postings.entries.map { entry in
          let key = Key(owner: entry.owner, balance: entry.balance.value)
          let end = ends[key] ?? EntryLink(previous: 0, posted: 0)
          let posted = end.posted &+ entry.amount
          ends[key] = EntryLink(previous: written.number, posted: posted)
          return EntryLink(previous: end.previous, posted: posted)
        }
        try connection.run(
          setSides, [.integer(written.number), .bytes(written.sides.packed)])
      }
      first += batch
    }
    for (key, end) in ends {
      try connection.run(
        setLastEntry, [.integer(key.owner), .integer(key.balance), .integer(end.previous)])
    }
  }

  private static func read(_ connection: any SQLConnection, after first: Int64)
    throws(StorageError) -> [Written]
  {
    var written: [Written] = []
    let rows = try connection.rows(some, [.integer(first), .integer(first + batch)])
    while try rows.next() {
      let bytes = rows.bytes(2)
      let empty = TransactionSides(postings: [], about: "", links: [])
      guard var sides = bytes.isEmpty ? empty : TransactionSides.unpacked(bytes) else { continue }
      sides.about = rows.text(3).isEmpty ? rows.text(4) : rows.text(3)
      written.append(Written(number: rows.integer(0), sides: sides))
    }
    for place in written.indices where written[place].sides.postings.isEmpty {
      let rows = try connection.rows(rowsOf, [.integer(written[place].number)])
      while try rows.next() {
        written[place].sides.postings.append(
          Posting(
            owner: rows.integer(0), balance: BalanceID(rows.integer(1)),
            amount: rows.integer(2), lot: rows.optionalInteger(3).map { LotID($0) }))
      }
    }
    return written
  }
}
