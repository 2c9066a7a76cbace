import Synchronization

/// The identity of a rule set, worked out when it is first asked for.
///
/// Who only checks rules never asks, and the digest takes a good part of what compiling takes. Any
/// number of threads may ask at once; one of them works it out while the others wait.
final class LateIdentity: Sendable {
  private enum State {
    case wanted(of: [RuleSource])
    case known(String)
  }
  private let state: Mutex<State>

  /// The identity that some files have together.
  init(of sources: [RuleSource]) { state = Mutex(.wanted(of: sources)) }

  /// `sha256:` and the digest, as sixty-four hexadecimal digits.
  var text: String {
    state.withLock { state in
      switch state {
      case .known(let text): return text
      case .wanted(of: let sources):
        let text = RulesDigest.identity(of: sources)
        state = .known(text)
        return text
      }
    }
  }
}
