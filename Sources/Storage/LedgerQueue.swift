import Dispatch
public import Ledger
public import LocalTime
import Synchronization

/// Gives many callers one writer: what waits while a batch is written goes into the next one.
///
/// Alone, a caller waits for one write of the disk; under load, the callers of a batch share it.
public final class LedgerQueue: Sendable {
  /// A caller that waits for its answer.
  private final class Waiting: Sendable {
    let request: CheckedRequest
    let answer = Mutex<Result<LedgerAnswer, StorageError>?>(nil)
    let isAnswered = DispatchSemaphore(value: 0)
    init(_ request: LedgerRequest) { self.request = CheckedRequest(request) }
  }

  private struct State {
    var waiting: [Waiting] = []
    var isWriting = false
  }

  /// The most requests of one commit.
  public static let batchMaximum = 1_024

  private let state = Mutex(State())
  private let writer: Writer
  private let thread = DispatchQueue(label: "ledger writer")

  /// The store, used on the writer's thread alone.
  private final class Writer: @unchecked Sendable {
    let store: LedgerStore
    let clock: @Sendable () -> Instant
    init(_ store: LedgerStore, _ clock: @escaping @Sendable () -> Instant) {
      self.store = store
      self.clock = clock
    }
  }

  /// A queue before a store; the store is the queue's from now on.
  ///
  /// - Parameter clock: Asked once for each batch.
  public init(_ store: sending LedgerStore, clock: @escaping @Sendable () -> Instant) {
    writer = Writer(store, clock)
  }

  /// Does a request and waits until it is on disk.
  ///
  /// - Throws: When it was not kept; see `LedgerStore.commit`.
  public func perform(_ request: LedgerRequest) throws(StorageError) -> LedgerAnswer {
    let mine = Waiting(request)
    let mustStart = state.withLock { state in
      state.waiting.append(mine)
      defer { state.isWriting = true }
      return !state.isWriting
    }
    if mustStart { thread.async { self.writeAll() } }
    mine.isAnswered.wait()
    guard let result = mine.answer.withLock({ $0 }) else { throw .stopped }
    return try result.get()
  }

  /// Has the writer do something between two batches, such as declaring the balances of new rules.
  ///
  /// - Throws: What it throws.
  public func administer<Result: Sendable>(
    _ work: @Sendable (LedgerStore) throws(StorageError) -> Result
  ) throws(StorageError) -> Result {
    let result: Swift.Result<Result, StorageError> = thread.sync {
      do throws(StorageError) {
        return .success(try work(writer.store))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Writes a batch, and has the next written after whatever else the writer was asked for meanwhile.
  private func writeAll() {
    let batch = state.withLock { state in
      let batch = Array(state.waiting.prefix(Self.batchMaximum))
      state.waiting.removeFirst(batch.count)
      if batch.isEmpty { state.isWriting = false }
      return batch
    }
    guard !batch.isEmpty else { return }
    let results = commit(batch)
    for (waiting, result) in zip(batch, results) {
      waiting.answer.withLock { $0 = result }
      waiting.isAnswered.signal()
    }
    thread.async { self.writeAll() }
  }

  private func commit(_ batch: [Waiting]) -> [Result<LedgerAnswer, StorageError>] {
    do throws(StorageError) {
      return try writer.store.commit(batch.map(\.request), at: writer.clock())
    } catch {
      return batch.map { _ in .failure(error) }
    }
  }
}
