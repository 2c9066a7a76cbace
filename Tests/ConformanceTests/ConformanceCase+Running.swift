import Money
import Promo

extension ConformanceCase {
  /// Runs the case against the library.
  func verdict() -> Verdict {
    switch content {
    case .allocation(let allocation): verdict(of: allocation)
    case .ledger(let script): Verdict(claim, peer: script.mismatches(), ours: [])
    case .promotion(nil, _): .unsupported
    case .promotion(.some(let rules), let steps): verdict(rules: rules, steps: steps)
    }
  }

  private func verdict(of allocation: Allocation) -> Verdict {
    if case .unsupported = claim { return .unsupported }
    var parts = allocation.weights.enumerated().map { rank, weight in
      SharePart(
        weight: weight, capacity: allocation.hasMaxima ? weight : max(allocation.amount, 0),
        rank: Int32(rank))
    }
    let given = shareProportionally(allocation.amount, over: &parts)
    let shares = parts.map(\.share)
    var ours: [String] = []
    if given != shares.reduce(0, +) {
      ours.append("\(place): \(given) is not the sum of \(shares)")
    }
    if let wanted = allocation.ours, wanted != shares {
      ours.append("\(place): ours \(wanted), got \(shares)")
    }
    let isPeers = allocation.expected == shares
    let peer = isPeers ? [] : ["\(place): expected \(allocation.expected ?? []), got \(shares)"]
    return Verdict(claim, peer: peer, ours: ours)
  }

  private func verdict(rules text: String, steps: [Step]) -> Verdict {
    let rules = Result { () throws(RuleSetError) in try RuleSet(text: text, path: "\(id).promo") }
    var (peer, ours): ([String], [String]) = ([], [])
    for step in steps {
      let missed = mismatches(of: step.expected, cart: step.cart, rules: rules)
      peer += missed
      // A step that tells nothing of ours is one in which both agree.
      ours +=
        step.ours.isEmpty
        ? missed : mismatches(of: step.ours, cart: step.cart, rules: rules)
    }
    return Verdict(claim, peer: peer, ours: ours)
  }

  /// What does not hold of the expectations, each with its place.
  private func mismatches(
    of expectations: [Expectation], cart: String?, rules: Result<RuleSet, RuleSetError>
  ) -> [String] {
    guard !expectations.isEmpty else { return [] }
    let set: RuleSet
    switch rules {
    case .success(let rules): set = rules
    case .failure(let error):
      return Array(expectations.compactMap { $0.mismatch(in: error) }.prefix(1))
    }
    var quote: Quote?
    if let cart {
      do {
        quote = try self.quote(
          cart, rules: set, asksEverything: expectations.contains(where: \.asksEverything))
      } catch {
        return ["\(place): the cart is refused: \(error)"]
      }
    }
    return expectations.compactMap { expectation in
      let actual =
        expectation.fact == .testsPass
        ? failedTests(of: set) : quote.map(expectation.mismatch) ?? "the rules are valid"
      return actual.map { "\(expectation.place): expected \(expectation.text), got \($0)" }
    }
  }

  private func quote(
    _ json: String, rules: RuleSet, asksEverything: Bool
  ) throws(CartError) -> Quote {
    var (cart, at) = try Cart.read(json: Array(json.utf8))
    if asksEverything { cart.explain = .all }
    guard let at else {
      throw CartError(code: .missingKey, pointer: "/at", message: "a case says its moment")
    }
    return try rules.quote(cart, at: at)
  }

  private func failedTests(of rules: RuleSet) -> String? {
    let report = rules.runTests()
    if report.results.isEmpty { return "there are no tests" }
    let failures = report.results.flatMap(\.failures)
    return failures.isEmpty
      ? nil : failures.map { "\($0.expected) is \($0.actual)" }.joined(separator: "; ")
  }
}

extension Expectation {
  /// What is wrong when the rules are refused; nil for one who expects just that.
  fileprivate func mismatch(in error: RuleSetError) -> String? {
    let errors = error.findings.filter { $0.severity == .error }
    if case .invalid(let code) = fact,
      code == nil || errors.contains(where: { $0.code.rawValue == code })
    {
      return nil
    }
    return "\(place): expected \(text), but the rules are refused:\n\(error)"
  }
}
