import Synchronization

/// How much each of many may still ask for: buckets that fill up with time.
final class RateLimit: Sendable {
  private struct Bucket {
    /// Thousandths of a request.
    var left: Int64
    var milliseconds: Int64
  }

  private let buckets = Mutex<[String: Bucket]>([:])
  private let burst: Int64
  private let perSecond: Int64
  private let isPerMinute: Bool
  private let bucketsMaximum = 100_000

  /// - Parameters:
  ///   - burst: As many at once.
  ///   - count: As many more each second, or each minute.
  init(burst: Int64, count: Int64, perMinute: Bool = false) {
    self.burst = burst * 1_000
    self.perSecond = count
    self.isPerMinute = perMinute
  }

  /// Takes one; false when none is left.
  func take(_ key: String, milliseconds now: Int64) -> Bool {
    buckets.withLock { buckets in
      if buckets.count >= bucketsMaximum {
        buckets = buckets.filter { fill($0.value, now) < burst }
      }
      let left = buckets[key].map { fill($0, now) } ?? burst
      let isLeft = left >= 1_000
      buckets[key] = Bucket(left: isLeft ? left - 1_000 : left, milliseconds: now)
      return isLeft
    }
  }

  /// Whether one is left, without taking it.
  func hasLeft(_ key: String, milliseconds now: Int64) -> Bool {
    buckets.withLock { $0[key].map { fill($0, now) } ?? burst } >= 1_000
  }

  private func fill(_ bucket: Bucket, _ now: Int64) -> Int64 {
    let passed = max(0, now - bucket.milliseconds)
    return min(burst, bucket.left + passed * perSecond / (isPerMinute ? 60 : 1))
  }
}
