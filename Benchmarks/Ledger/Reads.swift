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

  /// The same on several threads at once, each with a reader of its own, by the clock on the wall.
  ///
  /// - Returns: What all of them read in a second, from when the first begins until the last ends.
  static func wallRate(_ folder: String, accounts: Int, balance: String, readers: Int)
    throws(StorageError) -> Double
  {
    let results = Mutex<[Result<Int, StorageError>]>([])
    let threads = (0..<readers).map { _ in
      Thread {
        let result: Result<Int, StorageError>
        do throws(StorageError) {
          result = .success(
            try count(folder, accounts: accounts, balance: balance, during: .seconds(2)))
        } catch {
          result = .failure(error)
        }
        results.withLock { $0.append(result) }
      }
    }
    let start = ContinuousClock.now
    for thread in threads { thread.start() }
    while threads.contains(where: { !$0.isFinished }) { usleep(200) }
    let time = start.duration(to: .now) / Duration.seconds(1)
    var sum = 0
    for result in results.withLock({ $0 }) { sum += try result.get() }
    return Double(sum) / time
  }

  private static func count(
    _ folder: String, accounts: Int, balance: String, during time: Duration
  ) throws(StorageError) -> Int {
    let reader = try LedgerReader(folder: folder, zone: BenchmarkShop.zone)
    let names = (0..<1_000).map { "m-\(($0 &* 7_919) % accounts)" }
    var count = 0
    let start = ContinuousClock.now
    while start.duration(to: .now) < time {
      for name in names {
        guard try reader.available(balance, of: name, at: BenchmarkShop.now) != nil else {
          throw .misuse("\(name) is not there")
        }
      }
      count += names.count
    }
    return count
  }
}
