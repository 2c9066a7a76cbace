/// What became of a case.
enum Verdict: Hashable, Sendable {
  /// We give what the peer gives.
  case pass
  /// We differ on purpose, as the case says.
  case difference
  /// Something is missing in our language or in a quote, as the case says.
  case unsupported
  /// Neither, with everything that did not hold.
  case failure([String])

  /// The verdict of a claim, given what does not hold of the peer's figures and of ours.
  init(_ claim: ConformanceCase.Claim, peer: [String], ours: [String]) {
    switch claim {
    case .pass: self = peer.isEmpty ? .pass : .failure(peer)
    case .unsupported: self = peer.isEmpty ? .unsupported : .failure(peer)
    case .difference:
      if !ours.isEmpty {
        self = .failure(ours)
      } else if peer.isEmpty {
        self = .failure(["everything that the peer expects holds, so there is no difference"])
      } else {
        self = .difference
      }
    }
  }
}
