/// Times of other engines on the same work, from a file that `peers.sh` wrote on this machine.
struct PeerTimes {
  private var times: [String: Double] = [:]

  /// No peer was run.
  init() {}

  /// Reads lines of three words: the peer, the workload or `compile`, and microseconds.
  init(_ text: String) {
    for line in text.split(separator: "\n") {
      let words = line.split(whereSeparator: { $0 == "\t" || $0 == " " })
      guard words.count == 3, let time = Double(words[2]), time > 0 else { continue }
      times["\(words[0]) \(words[1])"] = time
    }
  }

  /// Microseconds for one cart of a workload, or for one rule; nil where the peer was not run.
  subscript(_ peer: String, _ work: String) -> Double? { times["\(peer) \(work)"] }

  /// All of them, as they are shown.
  var all: [(name: String, time: Double)] {
    times.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
