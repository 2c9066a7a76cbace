import CAllocations
import Promo

/// What a large cart takes besides pricing it: columns, memory, JSON.
enum CartFigures {
  static func measure(_ bench: Bench) throws(BenchProblem) -> [Figure] {
    let (rules, cart) = (bench.rules, bench.cart)
    let lineCount = Double(cart.lines.count)
    let columns = Timing.median { _ = EngineUnderTest.columns(of: cart, rules) }
    var figures = [
      Figure(
        name: "columns of a cart", value: columns / lineCount, unit: "ns a line",
        note: "from \(cart.lines.count) lines as values")
    ]
    figures += try memory(bench)
    let json = cart.json(at: Workload.moment)
    var quoteSize = 0
    func quote() {
      do { quoteSize = try EngineUnderTest.quote(json: json, rules).count } catch { quoteSize = 0 }
    }
    quote()
    guard quoteSize > 0 else { throw .unpriced("JSON") }
    var engine = try bench.engine()
    let times = Timing.race(quote, { engine.price() })
    figures += [
      Figure(
        name: FigureName.json, value: times.first / 1e6, unit: "ms",
        note: "\(json.count) bytes in, \(quoteSize) out, \(cart.lines.count) lines"),
      Figure(
        name: FigureName.jsonEvaluation, value: times.second / times.first * 100, unit: "percent"),
    ]
    return figures
  }

  /// Growth of the heap by columns, by results and by what is kept for the next cart.
  private static func memory(_ bench: Bench) throws(BenchProblem) -> [Figure] {
    guard allocations_can_be_counted() != 0 else { return [] }
    let before = allocated_bytes()
    var engine = try bench.engine()
    let columns = allocated_bytes() - before
    engine.price()
    let all = allocated_bytes() - before
    let lineCount = Double(bench.cart.lines.count)
    return [
      Figure(
        name: FigureName.lineBytes, value: Double(all) / lineCount, unit: "bytes",
        note:
          "\(columns / Int64(bench.cart.lines.count)) before pricing; the rest is results and scratch"
      )
    ]
  }
}
