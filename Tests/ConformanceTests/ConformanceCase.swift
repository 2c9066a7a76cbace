/// One case of another engine: its facts as our rules and carts, and what it expects of them.
struct ConformanceCase: Sendable {
  /// Such as `sylius-011`.
  var id: String
  /// Where the figures come from.
  var source: String
  /// Whether the outcome hangs on a habit of the peer's own, so that others may differ on purpose.
  var isPeculiar = false
  /// The file's name and the case's first line in it, from 1.
  var place: Place
  var content: Content
  var claim: Claim

  /// Where something stands in a case file.
  struct Place: Hashable, Sendable, CustomStringConvertible {
    var file: String
    var line: Int
    var description: String { "\(file):\(line)" }
  }

  /// What is asked of us.
  enum Content: Sendable {
    /// Carts to be priced; without rules there is nothing that could run.
    case promotion(rules: String?, steps: [Step])
    /// An amount to be shared.
    case allocation(Allocation)
    /// Value to be kept.
    case ledger(LedgerScript)
  }

  /// A cart and what is expected of its quote.
  struct Step: Sendable {
    /// JSON; nil where only the rules themselves are looked at.
    var cart: String?
    /// What the peer gives.
    var expected: [Expectation] = []
    /// What we give where we differ on purpose.
    var ours: [Expectation] = []
  }

  /// A vector of sharing an amount.
  struct Allocation: Sendable {
    var amount: Int64
    var weights: [Int64]
    /// Whether no entry may take more than its weight.
    var hasMaxima = false
    /// The peer's shares; nil when the peer refuses.
    var expected: [Int64]?
    /// Our shares where we differ on purpose.
    var ours: [Int64]?
  }

  /// What the file says of the case.
  enum Claim: Hashable, Sendable {
    /// We give what the peer gives.
    case pass
    /// We differ on purpose, for this reason.
    case difference(String)
    /// This is missing in our language or in a quote.
    case unsupported(String)

    var reason: String? {
      switch self {
      case .pass: nil
      case .difference(let reason), .unsupported(let reason): reason
      }
    }
  }
}

/// A mistake in a case file.
struct CaseFileError: Error, Hashable, CustomStringConvertible {
  var place: ConformanceCase.Place
  var message: String
  var description: String { "\(place): \(message)" }
}
