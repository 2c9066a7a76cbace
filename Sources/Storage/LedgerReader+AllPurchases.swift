private let idsAfter = SQLText("SELECT id FROM purchase WHERE id > $1 ORDER BY id LIMIT $2")

extension LedgerReader {
  /// Reads every purchase in the order of their ids, a page at a time.
  package func forEachPurchase(_ body: (StoredPurchase) throws(StorageError) -> Void)
    throws(StorageError)
  {
    var last = ""
    while true {
      var page: [String] = []
      let rows = try connection.rows(idsAfter, [.text(last), .integer(1_000)])
      while try rows.next() { page.append(rows.text(0)) }
      for id in page {
        guard let purchase = try purchase(id) else {
          throw .corrupt("the purchase \(id) can not be read")
        }
        try body(purchase)
      }
      guard let next = page.last else { return }
      last = next
    }
  }
}
