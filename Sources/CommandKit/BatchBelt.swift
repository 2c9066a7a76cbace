import Dispatch
import Synchronization

/// Carries chunks of carts from a reader past the workers to the output, in order.
///
/// The reader puts chunks on it and waits while it is full. Each worker takes the next chunk,
/// prices it, and whoever holds the answer that is due writes it. Nothing is kept back once
/// everything on the belt is answered.
final class BatchBelt: Sendable {
  private let job: QuoteJob
  private let output: ByteSink
  private let workerCount: Int
  private let underWayMaximum: Int
  private let state = Mutex(State())
  private let hasMoved = DispatchSemaphore(value: 0)

  fileprivate struct State {
    var waiting: [Int: CartLines.Chunk] = [:]
    var answers: [Int: Answer] = [:]
    /// Numbers of the next chunk to be put on, to be priced and to be written.
    var nextPut = 0
    var nextTaken = 0
    var nextWritten = 0
    var busyWorkerCount = 0
    var isWriting = false
    var underWayByteCount = 0
    var answeredByteCount = 0
    var answeredLineCount = 0
    var errorCount = 0
  }

  /// The answers to one chunk.
  fileprivate struct Answer: Sendable {
    var bytes: [UInt8] = []
    var errorCount = 0
    /// Of the chunk that it answers.
    var lineCount = 0
    var byteCount = 0
  }

  /// - Parameter underWayMaximum: Bytes that may be unanswered; one chunk always may.
  init(job: QuoteJob, output: ByteSink, workerCount: Int, underWayMaximum: Int) {
    self.job = job
    self.output = output
    self.workerCount = workerCount
    self.underWayMaximum = underWayMaximum
  }

  /// Bytes of carts whose answers are written.
  var answeredByteCount: Int { state.withLock { $0.answeredByteCount } }
  /// Lines whose answers are written.
  var answeredLineCount: Int { state.withLock { $0.answeredLineCount } }
  /// Lines among them that were no carts.
  var errorCount: Int { state.withLock { $0.errorCount } }
  /// Whether nobody will see what is still written.
  var isUseless: Bool { output.isClosed || output.failureNumber != nil }

  /// Puts a chunk on, as soon as there is room for it.
  func put(_ chunk: CartLines.Chunk) {
    while true {
      let (isPut, needsWorker) = state.withLock { state in
        let isFull =
          state.underWayByteCount > 0
          && state.underWayByteCount + chunk.byteCount > underWayMaximum
        guard !isFull else { return (false, false) }
        state.waiting[state.nextPut] = chunk
        state.nextPut += 1
        state.underWayByteCount += chunk.byteCount
        guard state.busyWorkerCount < workerCount else { return (true, false) }
        state.busyWorkerCount += 1
        return (true, true)
      }
      if needsWorker { DispatchQueue.global().async { self.work() } }
      if isPut { return }
      hasMoved.wait()
    }
  }

  /// Waits for every answer to be written.
  func waitUntilEmpty() {
    while state.withLock({ $0.nextWritten < $0.nextPut || $0.busyWorkerCount > 0 }) {
      hasMoved.wait()
    }
  }

  /// One worker: prices chunks until there are none.
  private func work() {
    while let (number, chunk) = state.withLock({ $0.take() }) {
      let answer = answer(to: chunk)
      state.withLock { $0.answers[number] = answer }
      writeWhatIsDue()
    }
    hasMoved.signal()
  }

  private func answer(to chunk: CartLines.Chunk) -> Answer {
    var answer = Answer(lineCount: chunk.lines.count, byteCount: chunk.byteCount)
    guard !isUseless else { return answer }
    for (offset, line) in chunk.lines.enumerated() {
      let (bytes, isError) = job.line(for: line, number: chunk.firstNumber + offset)
      answer.bytes += bytes
      answer.errorCount += isError ? 1 : 0
    }
    return answer
  }

  /// Writes answers as far as they are there in order; one worker at a time does so.
  private func writeWhatIsDue() {
    while let answer = state.withLock({ $0.startWriting() }) {
      output.write(bytes: answer.bytes)
      if state.withLock({ $0.nextWritten + 1 == $0.nextPut }) { output.flush() }
      state.withLock { $0.finishWriting(answer) }
      hasMoved.signal()
    }
  }
}

extension BatchBelt.State {
  /// The next chunk for a worker; without one, the worker goes home.
  fileprivate mutating func take() -> (number: Int, chunk: CartLines.Chunk)? {
    guard let chunk = waiting.removeValue(forKey: nextTaken) else {
      busyWorkerCount -= 1
      return nil
    }
    nextTaken += 1
    return (nextTaken - 1, chunk)
  }

  fileprivate mutating func startWriting() -> BatchBelt.Answer? {
    guard !isWriting, let answer = answers.removeValue(forKey: nextWritten) else { return nil }
    isWriting = true
    return answer
  }

  fileprivate mutating func finishWriting(_ answer: BatchBelt.Answer) {
    isWriting = false
    nextWritten += 1
    underWayByteCount -= answer.byteCount
    answeredByteCount += answer.byteCount
    answeredLineCount += answer.lineCount
    errorCount += answer.errorCount
  }
}
