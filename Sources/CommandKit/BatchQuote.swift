/// Prices a stream of carts, one a line, on several cores, and answers in the same order.
///
/// Lines are priced as they come, so that a program at the other end of a pipe can ask and wait
/// for the answer. Only so many bytes are under way at once: memory does not grow with the stream.
struct BatchQuote {
  let job: QuoteJob
  let workerCount: Int
  let console: Console

  /// Bytes of carts that are read and not yet answered, for each worker.
  private static let underWayPerWorker = 512 << 10

  /// What became of a batch.
  struct Outcome {
    var lineCount = 0
    var errorCount = 0
    var isInterrupted = false
    var nanoseconds: Int64 = 1
  }

  /// Answers every line of a source.
  ///
  /// - Throws: `FileProblem` when the source cannot be read on; what came before is answered.
  func run(_ source: ByteSource, path: String) throws(FileProblem) -> Outcome {
    var lines = CartLines(source, path: path)
    var progress = Progress(of: "carts", console)
    let belt = BatchBelt(
      job: job, output: console.output, workerCount: workerCount,
      underWayMaximum: workerCount * BatchQuote.underWayPerWorker)
    var problem: FileProblem?
    while !Interrupts.wasRequested, !belt.isUseless {
      let chunks: [CartLines.Chunk]
      do { chunks = try lines.next() } catch {
        problem = error
        break
      }
      guard !chunks.isEmpty else { break }
      for chunk in chunks { belt.put(chunk) }
      let part = source.byteCount.map { (belt.answeredByteCount, $0) }
      progress.update(count: belt.answeredLineCount, part: part)
    }
    belt.waitUntilEmpty()
    progress.finish()
    if let problem, !Interrupts.wasRequested { throw problem }
    return Outcome(
      lineCount: belt.answeredLineCount, errorCount: belt.errorCount,
      isInterrupted: Interrupts.wasRequested, nanoseconds: progress.elapsed)
  }
}
