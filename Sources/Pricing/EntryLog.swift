/// Every cent of discount as (line, source, stage, amount), in order of application.
struct EntryLog: ~Copyable {
  private(set) var entries = Column<DiscountEntry>()
  /// Whether anybody wants to know; a caller that only reads prices does not pay for it.
  var isKept = true

  mutating func removeAll() { entries.clear() }

  mutating func append(_ amount: Int64, line: Int32, source: Int32, stage: Stage) {
    guard amount > 0, isKept else { return }
    entries.append(DiscountEntry(line: line, source: source, stage: stage, amount: amount))
  }
}
