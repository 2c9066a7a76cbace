import Synchronization

/// What the service counts of itself.
final class Metrics: Sendable {
  /// A histogram of durations, in microseconds.
  struct Histogram: Sendable {
    /// The bounds of its buckets.
    static let bounds: [Int64] = [
      1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000,
      200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000,
    ]
    var counts = [Int64](repeating: 0, count: bounds.count + 1)
    var sum: Int64 = 0
    mutating func add(_ microseconds: Int64) {
      let place = Self.bounds.firstIndex { microseconds <= $0 } ?? Self.bounds.count
      counts[place] += 1
      sum += microseconds
    }
  }

  private struct State: Sendable {
    var requests: [String: [Int: Int64]] = [:]
    var durations: [String: Histogram] = [:]
    var active: Int64 = 0
    var told: [String: Int64] = [:]
    var failed: [String: Int64] = [:]
    var hookTroubles: Int64 = 0
  }

  private let state = Mutex(State())

  /// A request came in.
  func begin() { state.withLock { $0.active += 1 } }

  /// A request was answered.
  ///
  /// - Parameter route: The pattern of its route, so that ids make no new rows.
  func end(_ route: String, status: Int, microseconds: Int64) {
    state.withLock { state in
      state.active -= 1
      state.requests[route, default: [:]][status, default: 0] += 1
      state.durations[route, default: Histogram()].add(microseconds)
    }
  }

  /// A webhook was told of so many events, and was sent so many in vain.
  func tell(_ webhook: String, told: Int64, failed: Int64) {
    guard told + failed > 0 else { return }
    state.withLock { state in
      state.told[webhook, default: 0] += told
      state.failed[webhook, default: 0] += failed
    }
  }

  /// Whoever is asked about payments could not be asked.
  func countHookTrouble() { state.withLock { $0.hookTroubles += 1 } }

  /// Everything, as Prometheus reads it.
  ///
  /// - Parameter commits: How often requests were committed; those of a commit share one sync.
  func text(revision: Int64, rules: String, commits: Int64) -> String {
    let state = state.withLock { $0 }
    var lines = [
      "# TYPE http_server_active_requests gauge", "http_server_active_requests \(state.active)",
      "# TYPE promo_ledger_commits_total counter", "promo_ledger_commits_total \(commits)",
      "# TYPE promo_rules_revision_info gauge",
      "promo_rules_revision_info{revision=\"\(revision)\",rules=\"\(rules)\"} 1",
      "# TYPE http_server_requests_total counter",
    ]
    for route in state.requests.keys.sorted() {
      for (status, count) in (state.requests[route] ?? [:]).sorted(by: { $0.key < $1.key }) {
        lines.append(
          "http_server_requests_total{route=\"\(route)\",status=\"\(status)\"} \(count)")
      }
    }
    lines.append("# TYPE promo_payment_hook_failures_total counter")
    lines.append("promo_payment_hook_failures_total \(state.hookTroubles)")
    lines.append("# TYPE promo_webhook_deliveries_total counter")
    for (outcome, counts) in [("told", state.told), ("failed", state.failed)] {
      for webhook in counts.keys.sorted() {
        let labels = "webhook=\"\(webhook)\",outcome=\"\(outcome)\""
        lines.append("promo_webhook_deliveries_total{\(labels)} \(counts[webhook] ?? 0)")
      }
    }
    lines.append("# TYPE http_server_request_duration_seconds histogram")
    for route in state.durations.keys.sorted() {
      guard let histogram = state.durations[route] else { continue }
      let name = "http_server_request_duration_seconds"
      var total: Int64 = 0
      for (bound, count) in zip(Histogram.bounds, histogram.counts) {
        total += count
        lines.append(
          "\(name)_bucket{route=\"\(route)\",le=\"\(seconds(bound))\"} \(total)")
      }
      total += histogram.counts.last ?? 0
      lines.append("\(name)_bucket{route=\"\(route)\",le=\"+Inf\"} \(total)")
      lines.append("\(name)_sum{route=\"\(route)\"} \(seconds(histogram.sum))")
      lines.append("\(name)_count{route=\"\(route)\"} \(total)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// Microseconds as seconds with a point.
func seconds(_ microseconds: Int64) -> String {
  let (whole, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
  let digits = String(rest)
  return "\(whole)." + String(repeating: "0", count: 6 - digits.utf8.count) + digits
}
