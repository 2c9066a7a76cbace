import CDisk
import Foundation
import Ledger
import Storage
import Synchronization

/// What clients got out of a store in a while.
struct Load {
  var requests: Int
  var syncs: Int
  var seconds: Double
  /// Time on a core.
  var coreSeconds: Double

  /// Requests in a second.
  var rate: Double { Double(requests) / seconds }
  /// Microseconds of a core that one request takes.
  var coreMicroseconds: Double { coreSeconds * 1e6 / Double(max(1, requests)) }
  /// Requests that one sync made certain.
  var requestsPerSync: Double { Double(requests) / Double(max(1, syncs)) }

  private struct State {
    var isOver = false
    var requests = 0
    var failure: StorageError?
  }

  /// Lets clients buy at once for some seconds, each as soon as its last purchase is certain.
  ///
  /// - Parameter name: What no other load of the same store is called.
  static func run(
    _ queue: LedgerQueue, clients: Int, seconds: Int, name: Int,
    slowedBy microseconds: Int = 0
  ) throws(StorageError) -> Load {
    let state = Mutex(State())
    let threads = (0..<clients).map { client in
      let thread = Thread {
        var count = 0
        while !state.withLock({ $0.isOver }) {
          count += 1
          let request = BenchmarkShop.checkout(name * 100_000 + client, count)
          do throws(StorageError) {
            let answer = try queue.perform(request)
            guard answer.code == .recorded else { throw .misuse("\(answer)") }
          } catch {
            state.withLock { $0.failure = error }
            return
          }
        }
        state.withLock { $0.requests += count }
      }
      thread.stackSize = 1 << 19
      return thread
    }
    disk_slow_syncs(Int32(microseconds))
    let syncs = disk_syncs()
    let start = ContinuousClock.now
    let core = CPUClock.process
    for thread in threads { thread.start() }
    Thread.sleep(forTimeInterval: Double(seconds))
    state.withLock { $0.isOver = true }
    while threads.contains(where: { !$0.isFinished }) { usleep(200) }
    let time = start.duration(to: .now) / Duration.seconds(1)
    let coreTime = CPUClock.process - core
    let synced = disk_syncs() - syncs
    disk_slow_syncs(0)
    if let failure = state.withLock({ $0.failure }) { throw failure }
    return Load(
      requests: state.withLock { $0.requests }, syncs: Int(synced), seconds: time,
      coreSeconds: coreTime)
  }

  /// Appends 4 KiB and syncs, again and again: what the disk alone can do.
  static func probe(seconds: Int, in folder: String, slowedBy microseconds: Int = 0)
    throws(StorageError) -> Load
  {
    let file = open(folder + "/probe", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard file >= 0 else { throw .io(folder) }
    defer { close(file) }
    disk_slow_syncs(Int32(microseconds))
    defer { disk_slow_syncs(0) }
    let page = [UInt8](repeating: 0xA5, count: 4_096)
    var count = 0
    let start = ContinuousClock.now
    while start.duration(to: .now) < Duration.seconds(seconds) {
      let written = page.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      guard written == page.count, fdatasync(file) == 0 else { throw .io(folder) }
      count += 1
    }
    let time = start.duration(to: .now) / Duration.seconds(1)
    return Load(requests: count, syncs: count, seconds: time, coreSeconds: 0)
  }
}
