package import Ledger

/// Books of accounts that the one writer has read or written before, so that it need not read them
/// again for the next purchase.
///
/// A book on the shelf says what a load of it would give. Whatever changes rows of books by other
/// means than `LedgerStore.onBook`, or undoes a part of a batch, closes the shelf before.
struct BookShelf {
  /// The most accounts it keeps; beyond that it starts anew.
  static let accountsMaximum = 65_536
  /// The most lots, holds and promises of a book it keeps, and of all books together.
  private static let partsMaximum = (ofOne: 1_024, ofAll: 1_000_000)

  /// An id as a store compares it: by its bytes.
  private struct Key: Hashable {
    let id: String
    static func == (left: Key, right: Key) -> Bool {
      let isSame: Bool?? = left.id.utf8.withContiguousStorageIfAvailable { mine in
        right.id.utf8.withContiguousStorageIfAvailable { other in
          mine.count == other.count
            && UnsafeRawBufferPointer(mine).elementsEqual(UnsafeRawBufferPointer(other))
        }
      }
      if let isSame, let isSame { return isSame }
      return left.id.utf8.elementsEqual(right.id.utf8)
    }
    func hash(into hasher: inout Hasher) {
      let isHashed: Void? = id.utf8.withContiguousStorageIfAvailable {
        hasher.combine(bytes: UnsafeRawBufferPointer($0))
      }
      if isHashed == nil { for byte in id.utf8 { hasher.combine(byte) } }
    }
  }

  private var owners: [Key: KnownAccount] = [:]
  private var books: [AccountNumber: AccountBook] = [:]
  private var partCount = 0

  /// Whether anything is kept; closing it drops everything.
  var isOpen = true {
    didSet { if !isOpen { clear() } }
  }

  /// Forgets everything.
  mutating func clear() {
    owners.removeAll(keepingCapacity: true)
    books.removeAll(keepingCapacity: true)
    partCount = 0
  }

  /// Whose books an id means, if it is known here.
  func owner(of id: String) -> KnownAccount? { owners[Key(id: id)] }

  /// Keeps whose books an id means.
  mutating func keep(_ owner: KnownAccount, of id: String) {
    guard isOpen else { return }
    if owners.count >= Self.accountsMaximum { owners.removeAll(keepingCapacity: true) }
    owners[Key(id: id)] = owner
  }

  /// The book of an account, if it is here.
  func book(of account: AccountNumber, lastLot: Int64) -> AccountBook? {
    guard var book = books[account] else { return nil }
    book.nextLot = LotID(lastLot + 1)
    return book
  }

  /// All books that are here.
  var allBooks: [AccountBook] { Array(books.values) }

  /// Keeps a book as it was loaded, or as it was written.
  mutating func keep(_ book: AccountBook) {
    guard isOpen else { return }
    if let old = books.removeValue(forKey: book.account) { partCount -= old.partCount }
    guard book.partCount <= Self.partsMaximum.ofOne else { return }
    if books.count >= Self.accountsMaximum || partCount >= Self.partsMaximum.ofAll {
      books.removeAll(keepingCapacity: true)
      partCount = 0
    }
    books[book.account] = book
    partCount += book.partCount
  }
}

extension AccountBook {
  fileprivate var partCount: Int { lots.count + holds.count + rewards.count }

  /// The book as a load would give it, once it is written.
  ///
  /// - Parameter before: As it was loaded.
  func asStored(before: AccountBook) -> AccountBook {
    var book = self
    book.emptiedLots = []
    book.drafts = []
    book.endedHolds = []
    book.endedRewards = []
    book.lots.sort { $0.id < $1.id }
    book.holds.sort { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    book.rewards.sort { $0.key < $1.key }
    // Nothing is written of a balance that never had anything and has no entries.
    book.standings.removeAll { standing in
      !before.standings.contains { $0.balance == standing.balance }
        && BalanceRow(standing.balance, of: self) == BalanceRow(standing.balance, of: before)
        && !begins(standing.balance, after: before)
    }
    book.standings.sort { $0.balance < $1.balance }
    return book
  }
}

extension LedgerStore {
  /// The accounts whose books the store keeps at hand other than they are stored, which would be a
  /// mistake of the store; and how many it keeps.
  package func outdatedBooks() throws(StorageError) -> (accounts: [AccountNumber], kept: Int) {
    let books = shelf.allBooks
    var found: [AccountNumber] = []
    for book in books {
      let stored = try loadBook(
        of: book.account, from: connection, lastLot: book.nextLot.value - 1)
      if stored != book { found.append(book.account) }
    }
    return (found, books.count)
  }

  /// Does what changes who somebody is; with a closed shelf unless it is known to leave alone what
  /// is on it, or to change it as everything else does.
  func withShelf(
    for command: AccountCommand, _ answer: () throws(StorageError) -> LedgerAnswer
  ) throws(StorageError) -> LedgerAnswer {
    guard shelf.isOpen else { return try answer() }
    switch command {
    case .register, .update, .allocateCard, .join, .leave, .visit, .endMemberships,
      .generateCodes, .useCode:
      return try answer()
    default:
      shelf.isOpen = false
      defer { shelf.isOpen = true }
      return try answer()
    }
  }
}
