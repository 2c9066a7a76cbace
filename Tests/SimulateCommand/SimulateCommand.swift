import Foundation
import Simulation
import Storage

/// What the arguments of `simulate` ask for.
struct SimulateArguments {
  var seed: UInt64 = 1
  var operations = 100_000
  var seeds = 1
  var bug: PlantedBug?

  /// Reads `--seed N --operations M --seeds K --bug NAME`; nil for anything else.
  init?(_ arguments: [String]) {
    var rest = arguments[...]
    while let name = rest.popFirst() {
      guard let value = rest.popFirst() else { return nil }
      switch name {
      case "--seed":
        guard let number = UInt64(value) else { return nil }
        seed = number
      case "--operations":
        guard let number = Int(value), number > 0 else { return nil }
        operations = number
      case "--seeds":
        guard let number = Int(value), number > 0 else { return nil }
        seeds = number
      case "--bug":
        guard let known = PlantedBug(rawValue: value) else { return nil }
        bug = known
      default: return nil
      }
    }
    guard operations >= seeds else { return nil }
  }
}

/// Runs seeds one after another; ends in `ok` with counts, or in the first difference and exit 1.
func runSimulations(_ words: [String]) -> Int32 {
  guard let arguments = SimulateArguments(words) else {
    let bugs = PlantedBug.allCases.map(\.rawValue).joined(separator: "|")
    say("usage: simulate [--seed N] [--seeds K] [--operations M] [--bug \(bugs)]", to: stderr)
    return 2
  }
  var total = SimulationCounts()
  for run in 0..<arguments.seeds {
    let seed = arguments.seed &+ UInt64(run)
    do {
      let (difference, counts) = try simulate(
        seed: seed, operations: (arguments.operations + arguments.seeds - 1) / arguments.seeds,
        bug: arguments.bug)
      total += counts
      if let difference {
        say("seed \(seed), after \(counts.line):", to: stdout)
        say(difference, to: stdout)
        return 1
      }
    } catch {
      say("seed \(seed): \(error)", to: stdout)
      return 1
    }
  }
  say("ok: \(arguments.seeds) seeds, \(total.line)", to: stdout)
  return 0
}

private enum Stream { case stdout, stderr }
private let stdout = Stream.stdout
private let stderr = Stream.stderr

private func say(_ line: String, to stream: Stream) {
  let handle = stream == .stdout ? FileHandle.standardOutput : FileHandle.standardError
  handle.write(Data((line + "\n").utf8))
}
