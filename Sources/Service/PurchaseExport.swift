import Storage
import WireFormat

/// Writes every purchase of a ledger as one JSON object a line, in the order of their ids: what was
/// bought, its taxes and shipping, how it was paid, and what came back.
func exportPurchases(_ reader: LedgerReader, _ output: ServerOutput) throws(StorageError) -> Int32 {
  var writer = JSONWriter()
  try reader.forEachPurchase { (purchase) throws(StorageError) in
    writer.removeAll()
    writer.beginObject()
    writer.members(of: purchase)
    writer.endObject()
    writer.endLine()
    output.write(writer.bytes)
  }
  return ServerExit.fine
}

extension JSONWriter {
  /// Writes what there is to say of a purchase.
  mutating func members(of purchase: StoredPurchase) {
    text("id", purchase.order)
    text("state", purchase.state.rawValue)
    text("recordedAt", "\(purchase.recordedAt)")
    list("lines", purchase.lines) { writer, line in
      writer.beginObject()
      writer.text("id", line.id)
      writer.key("quantity")
      writer.number(line.quantity)
      writer.key("returned")
      writer.number(line.returned)
      writer.endObject()
    }
    key("receipt")
    if purchase.body.isEmpty { null() } else { raw(purchase.body) }
  }
}
