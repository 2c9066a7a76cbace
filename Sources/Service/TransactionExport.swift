import Ledger
import LocalTime
import Money
import Storage
import WireFormat

/// Writes every transaction of a ledger as one JSON object a line, in the order they were written.
///
/// An account's posting names the account as the shop does; the other side names the house account.
/// Amounts are decimal texts: of the balance's currency, or whole points.
func export(_ reader: LedgerReader, _ output: ServerOutput) throws(StorageError) -> Int32 {
  var writer = JSONWriter()
  let lines = TransactionLines(reader)
  try reader.forEachTransaction { (transaction, hash) throws(StorageError) in
    writer.removeAll()
    try lines.write(transaction, hash, to: &writer)
    writer.endLine()
    output.write(writer.bytes)
  }
  return ServerExit.fine
}

/// What a line needs besides its transaction.
private final class TransactionLines {
  private let reader: LedgerReader
  private let decimals: [BalanceID: Int]
  private let names: [BalanceID: String]
  private var accounts: [Int64: String] = [:]

  init(_ reader: LedgerReader) {
    self.reader = reader
    var decimals: [BalanceID: Int] = [:]
    var names: [BalanceID: String] = [:]
    for terms in reader.programme.balances {
      decimals[terms.id] = terms.currency.flatMap { Currency(code: $0)?.decimals } ?? 0
      names[terms.id] = terms.name
    }
    self.decimals = decimals
    self.names = names
  }

  func write(_ transaction: StoredTransaction, _ hash: [UInt8], to writer: inout JSONWriter)
    throws(StorageError)
  {
    writer.beginObject()
    writer.key("transaction")
    writer.number(transaction.number)
    let texts = [
      ("kind", transaction.kind), ("request", transaction.request),
      ("actor", transaction.actor), ("reason", transaction.reason),
      ("recordedAt", "\(Instant(secondsSince1970: transaction.recordedAt))"),
      ("effectiveAt", "\(Instant(secondsSince1970: transaction.effectiveAt))"),
    ]
    for (key, text) in texts {
      writer.key(key)
      writer.string(text)
    }
    writer.key("postings")
    writer.beginArray()
    for posting in transaction.postings { try write(posting, to: &writer) }
    writer.endArray()
    writer.key("hash")
    writer.string(hexadecimal(hash))
    writer.endObject()
  }

  private func write(_ posting: Posting, to writer: inout JSONWriter) throws(StorageError) {
    writer.beginObject()
    if let house = House(rawValue: posting.owner) {
      writer.key("house")
      writer.string("\(house)")
    } else {
      writer.key("account")
      writer.string(try account(posting.owner))
    }
    writer.key("balance")
    writer.string(names[posting.balance] ?? "")
    writer.key("amount")
    writer.decimal(posting.amount, decimals: decimals[posting.balance] ?? 0)
    if let lot = posting.lot {
      writer.key("lot")
      writer.number(lot.value)
    }
    writer.endObject()
  }

  private func account(_ number: Int64) throws(StorageError) -> String {
    if let known = accounts[number] { return known }
    let id = try reader.accountID(of: AccountNumber(number)) ?? ""
    accounts[number] = id
    return id
  }
}
