import Ledger

/// Where the chains of some books end while transactions are added to them.
struct EntryEnds {
  /// The end of one chain.
  struct End {
    var owner: Int64
    var balance: BalanceID
    var last: Int64
    var posted: Int64
  }

  private let books: [AccountBook]
  /// Of the chains to which something was added.
  private(set) var moved: [End] = []

  /// The chains as the books were loaded.
  init(_ books: [AccountBook]) { self.books = books }

  /// Adds a transaction to the chains of its entries.
  mutating func add(_ postings: [Posting], number: Int64) -> [EntryLink] {
    postings.entries.map { entry in
      let place = place(of: entry)
      let previous = moved[place].last
      moved[place].last = number
      moved[place].posted += entry.amount
      return EntryLink(previous: previous, posted: moved[place].posted)
    }
  }

  private mutating func place(of entry: BalanceChange) -> Int {
    let known = moved.firstIndex { $0.owner == entry.owner && $0.balance == entry.balance }
    if let known { return known }
    let book = books.first { $0.account.value == entry.owner }
    moved.append(
      End(
        owner: entry.owner, balance: entry.balance,
        last: book?.standings.first { $0.balance == entry.balance }?.lastEntry ?? 0,
        posted: book?.posted(entry.balance) ?? 0))
    return moved.count - 1
  }
}
