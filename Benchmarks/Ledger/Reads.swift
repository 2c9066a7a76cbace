import Ledger
import Storage

/// How quickly balances are read.
enum Reads {
  /// Reads what one account after another can spend, for a second.
  ///
  /// - Returns: Reads in a second of the thread's own time, so that what else the machine does
  ///   counts neither for nor against it.
  static func rate(_ folder: String, accounts: Int, balance: String) throws(StorageError)
    -> Double
  {
    let reader = try LedgerReader(folder: folder, zone: BenchmarkShop.zone)
    let names = (0..<10_000).map { "m-\(($0 &* 7_919) % accounts)" }
    var count = 0
    let start = CPUClock.thread
    while CPUClock.thread - start < 1 {
      for name in names {
        guard try reader.available(balance, of: name, at: BenchmarkShop.now) != nil else {
          throw .misuse("\(name) is not there")
        }
      }
      count += names.count
    }
    return Double(count) / (CPUClock.thread - start)
  }
}
