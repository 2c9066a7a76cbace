import Foundation
import Ledger
import Storage
import Synchronization

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

  /// The same on several threads, each with a reader of its own.
  ///
  /// - Returns: What they read together: the sum of their rates.
  static func rate(_ folder: String, accounts: Int, balance: String, readers: Int)
    throws(StorageError) -> Double
  {
    let results = Mutex<[Result<Double, StorageError>]>([])
    let threads = (0..<readers).map { _ in
      Thread {
        let result: Result<Double, StorageError>
        do throws(StorageError) {
          result = .success(try rate(folder, accounts: accounts, balance: balance))
        } catch {
          result = .failure(error)
        }
        results.withLock { $0.append(result) }
      }
    }
    for thread in threads { thread.start() }
    while threads.contains(where: { !$0.isFinished }) { usleep(200) }
    var sum: Double = 0
    for result in results.withLock({ $0 }) { sum += try result.get() }
    return sum
  }
}
