import Findings
import LocalTime
import Promo

/// Rule files that were read and compiled, with everything found in them.
struct LoadedRules {
  /// What reading the files gave, in order.
  var sources: [RuleSource]
  var compilation: RuleCompilation

  /// The rules if no file has an error; a shop should not price with half of its campaigns.
  var soundRules: RuleSet? { compilation.hasErrors ? nil : compilation.rules }

  var errorCount: Int { compilation.findings.count { $0.severity == .error } }
  var warningCount: Int { compilation.findings.count { $0.severity == .warning } }
}

/// Reads rule files and folders of them; `-` is standard input.
func readRules(_ paths: [String], _ console: Console) throws(CommandProblem) -> [RuleSource] {
  var sources: [RuleSource] = []
  var waiting: [String] = []
  for path in paths {
    guard path == "-" else {
      waiting.append(path)
      continue
    }
    sources += try readFiles(waiting)
    waiting = []
    do {
      sources.append(RuleSource(path: "-", bytes: try console.readAll("-")))
    } catch {
      throw .file(error)
    }
  }
  return try sources + readFiles(waiting)
}

private func readFiles(_ paths: [String]) throws(CommandProblem) -> [RuleSource] {
  do { return try RuleFiles.read(paths) } catch { throw .rules(error) }
}

/// Reads and compiles rule files as one rule set.
func loadRules(_ paths: [String], _ console: Console) throws(CommandProblem) -> LoadedRules {
  compile(try readRules(paths, console), console)
}

/// Compiles sources as one rule set, as of today.
func compile(_ sources: [RuleSource], _ console: Console) -> LoadedRules {
  let now = console.now()
  let local = now.secondsSince1970 + Int64(now.offsetSeconds)
  let today = CivilDate(dayNumber: Int32(clamping: local / 86_400))
  return LoadedRules(
    sources: sources, compilation: RuleSet.compile(sources: sources, today: today))
}

/// Shows the errors of rules that cannot be used, on the error stream.
func showErrors(of loaded: LoadedRules, _ arguments: Arguments, _ console: Console) {
  let style = errorStyle(arguments, console)
  let renderer = FindingRenderer(files: loaded.compilation.files, useColor: style.usesColor)
  let errors = loaded.compilation.findings.filter { $0.severity == .error }
  console.output.flush()
  console.error.write(renderer.human(errors))
  let count = errors.count == 1 ? "an error" : "\(errors.count) errors"
  console.note("promo: the rules have \(count); nothing was done with them")
}
