package import Storage

/// How many writes go well before one fails.
package final class FaultPlan {
  /// Writes until the failure; nil for none.
  package var writesLeft: Int?
  /// Whether the failing write happened all the same, as when the answer was lost on the way.
  package var isAmbiguous = false
  /// Failures so far.
  package private(set) var failures = 0

  /// No failure yet.
  package init() {}

  /// Counts a write, and says whether it fails.
  func mustFail() -> Bool {
    guard let left = writesLeft else { return false }
    writesLeft = left == 0 ? nil : left - 1
    if left == 0 { failures += 1 }
    return left == 0
  }
}

/// A connection that fails when its plan says so.
package final class FailingConnection: SQLConnection {
  private let inner: any SQLConnection
  private let plan: FaultPlan

  /// A connection behind a plan.
  package init(_ inner: any SQLConnection, _ plan: FaultPlan) {
    self.inner = inner
    self.plan = plan
  }

  package func execute(_ script: String) throws(StorageError) {
    if script != "ROLLBACK", plan.mustFail() {
      if plan.isAmbiguous { try inner.execute(script) }
      throw .io("a simulated failure")
    }
    try inner.execute(script)
  }

  package func rows(_ statement: SQLText, _ values: [SQLValue]) throws(StorageError)
    -> any SQLRows
  {
    try inner.rows(statement, values)
  }

  package func run(_ statement: SQLText, _ values: [SQLValue]) throws(StorageError) -> Int {
    if plan.mustFail() { throw .io("a simulated failure") }
    return try inner.run(statement, values)
  }

  package var changeCount: Int64 { inner.changeCount }
}
