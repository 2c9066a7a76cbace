import Dispatch
import Synchronization

/// Prices a stream of carts, one a line, on several cores, and answers in the same order.
///
/// A window of lines is read, cut into chunks that the workers take one after the other, and
/// written in order before the next window is read; so memory does not grow with the stream and
/// the answer does not depend on the number of workers.
struct BatchQuote {
  let job: QuoteJob
  let workerCount: Int
  let console: Console

  private static let windowSizePerWorker = 512 << 10

  /// What became of a batch.
  struct Outcome {
    var lineCount = 0
    var errorCount = 0
    var isInterrupted = false
    var nanoseconds: Int64 = 1
  }

  /// Answers every line of a source.
  func run(_ source: ByteSource, path: String) throws(FileProblem) -> Outcome {
    var lines = CartLines(
      source, path: path, windowSize: workerCount * BatchQuote.windowSizePerWorker)
    var progress = Progress(of: "carts", console)
    var outcome = Outcome()
    defer { progress.finish() }
    while true {
      let chunks = try lines.nextWindow()
      guard !chunks.isEmpty else { break }
      for answer in answers(to: chunks) {
        console.output.write(bytes: answer.bytes)
        outcome.errorCount += answer.errorCount
      }
      outcome.lineCount = lines.lineCount
      progress.update(
        count: lines.lineCount, part: source.byteCount.map { (lines.byteCount, $0) })
      outcome.isInterrupted = Interrupts.wasRequested
      let isUseless = console.output.isClosed || console.output.failureNumber != nil
      if outcome.isInterrupted || isUseless { break }
    }
    outcome.nanoseconds = progress.elapsed
    return outcome
  }

  private func answers(to chunks: [CartLines.Chunk]) -> [Answer] {
    let board = AnswerBoard(chunks: chunks)
    let job = job
    if workerCount == 1 || chunks.count == 1 {
      work(on: board, job)
    } else {
      DispatchQueue.concurrentPerform(iterations: min(workerCount, chunks.count)) { _ in
        work(on: board, job)
      }
    }
    return board.answers
  }
}

/// The answers to one chunk.
private struct Answer: Sendable {
  var bytes: [UInt8] = []
  var errorCount = 0
}

/// Hands out chunks and collects their answers in order.
private final class AnswerBoard: Sendable {
  let chunks: [CartLines.Chunk]
  private let nextIndex = Atomic<Int>(0)
  private let filled: Mutex<[Answer]>

  init(chunks: [CartLines.Chunk]) {
    self.chunks = chunks
    filled = Mutex([Answer](repeating: Answer(), count: chunks.count))
  }

  /// A chunk that nobody has taken yet.
  func take() -> Int? {
    let index = nextIndex.add(1, ordering: .relaxed).oldValue
    return index < chunks.count ? index : nil
  }

  func put(_ answer: Answer, at index: Int) { filled.withLock { $0[index] = answer } }

  var answers: [Answer] { filled.withLock { $0 } }
}

/// One worker: takes chunks until there are none.
private func work(on board: AnswerBoard, _ job: QuoteJob) {
  while let index = board.take() {
    let chunk = board.chunks[index]
    var answer = Answer()
    for (offset, line) in chunk.lines.enumerated() {
      let (bytes, isError) = job.line(for: line, number: chunk.firstNumber + offset)
      answer.bytes += bytes
      answer.errorCount += isError ? 1 : 0
    }
    board.put(answer, at: index)
  }
}
