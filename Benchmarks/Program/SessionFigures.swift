import Promo

/// What one change of a cart takes, beside pricing the changed cart anew.
enum SessionFigures {
  /// Changes quantities line after line, in alternation with quotes of the whole cart, and with
  /// pricing it where it stands in columns.
  static func measure(_ bench: Bench, _ name: String) throws(BenchProblem) -> [Figure] {
    var session: PricingSession
    do {
      session = try bench.rules.session(bench.cart, at: Workload.moment)
    } catch {
      throw .unpriced(name)
    }
    let lineCount = bench.cart.lines.count
    var turn = 0
    var changedCount = 0
    var hasFailed = false
    func change() {
      // A step that shares no factor with the number of lines comes to every line.
      turn += 1
      let id = String(turn * 7_919 % lineCount + 1)
      do {
        changedCount += try session.setQuantity(Int64(2 + turn / lineCount % 2), of: id).lines.count
      } catch {
        hasFailed = true
      }
    }
    func quote() {
      do { _ = try bench.rules.quote(bench.cart, at: Workload.moment) } catch { hasFailed = true }
    }
    let quoted = Timing.race(change, quote)
    var engine = try bench.engine()
    let priced = Timing.race(change, { engine.price() })
    guard !hasFailed else { throw .unpriced(name) }
    try check(&session, bench, name)
    let changedEach = Double(changedCount) / Double(max(1, turn))
    let title = "\(name), one change of a session"
    return [
      Figure(
        name: title, value: quoted.first / 1e3, unit: "us",
        note: "\(lineCount) lines, \(bench.workload.campaigns.count) campaigns, "
          + "\(short(changedEach)) lines changed each time"),
      Figure(
        name: title + " against a quote", value: quoted.first / quoted.second, unit: "x its time"),
      Figure(
        name: title + " against pricing alone", value: priced.first / priced.second,
        unit: "x its time", note: "without the lines of a quote"),
    ]
  }

  /// After all changes the session's quote is, to the byte, that of its cart.
  private static func check(
    _ session: inout PricingSession, _ bench: Bench, _ name: String
  ) throws(BenchProblem) {
    let whole: Quote
    do {
      whole = try bench.rules.quote(session.cart, at: Workload.moment)
    } catch {
      throw .unpriced(name)
    }
    guard session.json() == whole.json() else {
      throw .different(
        "\(name), after changes", ours: "\(session.quote.total)", reference: "\(whole.total)")
    }
  }
}
