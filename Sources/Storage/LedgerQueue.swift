import Dispatch
public import Ledger
public import LocalTime
import Synchronization

/// Gives many callers one writer: what waits while a batch is written goes into the next one.
///
/// Alone, a caller waits for one write of the disk; under load, the callers of a batch share it. A
/// commit costs much that does not grow with the batch, so that one waits a little for requests that
/// are known to be on their way.
public final class LedgerQueue: Sendable {
  /// Requests that are committed together. Their callers wait for one event: to wake them one by
  /// one would cost the writer more than to write what some of them asked for.
  private final class Batch: Sendable {
    private struct Content {
      var requests: [CheckedRequest] = []
      var answers: [Result<LedgerAnswer, StorageError>] = []
    }

    private let content = Mutex(Content())
    private let isAnswered = DispatchGroup()

    init() { isAnswered.enter() }

    /// Takes a request and says its place; nil when the batch is full.
    func add(_ request: CheckedRequest) -> Int? {
      content.withLock { content in
        guard content.requests.count < LedgerQueue.batchMaximum else { return nil }
        content.requests.append(request)
        return content.requests.count - 1
      }
    }

    /// What is to be written; nothing is added any more.
    var requests: [CheckedRequest] { content.withLock { $0.requests } }

    /// Answers all callers.
    func answer(_ answers: [Result<LedgerAnswer, StorageError>]) {
      content.withLock { $0.answers = answers }
      isAnswered.leave()
    }

    /// Waits for the answer to the request at a place.
    func answer(at place: Int) throws(StorageError) -> LedgerAnswer {
      isAnswered.wait()
      let answers = content.withLock { $0.answers }
      guard answers.indices.contains(place) else { throw .stopped }
      return try answers[place].get()
    }
  }

  private struct State {
    /// Batches to write, the first to come first; all but the last are full.
    var waiting: [Batch] = []
    var isWriting = false

    mutating func add(_ request: CheckedRequest) -> (batch: Batch, place: Int) {
      if let last = waiting.last, let place = last.add(request) { return (last, place) }
      let batch = Batch()
      waiting.append(batch)
      return (batch, batch.add(request) ?? 0)
    }
  }

  /// A request that somebody is about to make; it is expected until it is made or given up.
  public struct Expected: ~Copyable {
    fileprivate let arrivals: Arrivals
    deinit { arrivals.end() }
  }

  /// The most requests of one commit.
  public static let batchMaximum = 1_024
  /// How long a commit waits at most for requests that are expected: less than it takes a person to
  /// notice, and enough for two processors to work out a dozen purchases.
  public static let gatheringMilliseconds = 3
  private let arrivals = Arrivals()
  private let gatheringMilliseconds: Int
  private let state = Mutex(State())
  private let commits = Atomic<Int64>(0)
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
  /// - Parameters:
  ///   - gatheringMilliseconds: How long a commit waits at most for requests that are expected.
  ///   - clock: Asked once for each batch.
  public init(
    _ store: sending LedgerStore, gatheringMilliseconds: Int = LedgerQueue.gatheringMilliseconds,
    clock: @escaping @Sendable () -> Instant
  ) {
    self.gatheringMilliseconds = gatheringMilliseconds
    writer = Writer(store, clock)
  }

  /// How many batches of requests have been committed.
  public var commitCount: Int64 { commits.load(ordering: .relaxed) }

  /// Says that a request is about to be made, by somebody who waits for nobody until then.
  public func expect() -> Expected {
    arrivals.begin()
    return Expected(arrivals: arrivals)
  }

  /// Does a request and waits until it is on disk.
  ///
  /// - Parameter expected: That it was about to be made, if it was said.
  /// - Throws: When it was not kept; see `LedgerStore.commit`.
  public func perform(_ request: LedgerRequest, expected: consuming Expected? = nil)
    throws(StorageError) -> LedgerAnswer
  {
    let checked = CheckedRequest(request)
    let (mine, mustStart) = state.withLock { state in
      defer { state.isWriting = true }
      return (state.add(checked), !state.isWriting)
    }
    _ = consume expected
    if mustStart { thread.async { self.writeAll() } }
    return try mine.batch.answer(at: mine.place)
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
    // A batch behind which others wait already is full.
    let canGrow = state.withLock { $0.waiting.count == 1 }
    if canGrow { arrivals.wait(milliseconds: gatheringMilliseconds) }
    let batch = state.withLock { state -> Batch? in
      guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
      state.isWriting = false
      return nil
    }
    guard let batch else { return }
    batch.answer(commit(batch.requests))
    thread.async { self.writeAll() }
  }

  private func commit(_ batch: [CheckedRequest]) -> [Result<LedgerAnswer, StorageError>] {
    do throws(StorageError) {
      let answers = try writer.store.commit(batch, at: writer.clock())
      commits.add(1, ordering: .relaxed)
      return answers
    } catch {
      return batch.map { _ in .failure(error) }
    }
  }
}
