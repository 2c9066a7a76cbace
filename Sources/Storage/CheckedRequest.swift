import Ledger

/// A request with what can be found out about it without a store, on whatever thread there is time.
struct CheckedRequest: Sendable {
  let request: LedgerRequest
  /// What is wrong with it whatever the ledger holds.
  let fault: LedgerAnswer.Code?
  /// What tells it from another of its id; empty for one with a fault.
  let digest: [UInt8]

  /// Looks at a request.
  init(_ request: LedgerRequest) {
    self.request = request
    fault = request.fault
    digest = fault == nil ? request.digest : []
  }
}
