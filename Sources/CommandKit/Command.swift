/// How the command ends.
enum ExitCode {
  /// Nothing to complain about.
  static let fine: Int32 = 0
  /// Errors in rules, failed tests, unformatted files, carts that are none.
  static let findings: Int32 = 1
  /// It could not run.
  static let trouble: Int32 = 2
  /// Warnings and nothing worse, under `--deny warnings`.
  static let deniedWarnings: Int32 = 3
  /// Somebody asked it to stop.
  static let interrupted: Int32 = 130
}

/// Runs the command of this process and ends the process.
///
/// - Parameter allocationCount: Tells how many pieces of memory were asked for since it was first
///   called; nil where nobody counts.
package func runAndExit(countingAllocations allocationCount: (() -> UInt64)?) -> Never {
  SystemCalls.ignoreClosedPipes()
  var console = Console.process(executablePath: SystemCalls.executablePath)
  console.allocationCount = allocationCount
  SystemCalls.exitProcess(
    run(arguments: Array(CommandLine.arguments.dropFirst()), console: console))
}

/// Runs one call of the command.
///
/// - Parameters:
///   - arguments: The words after `promo`.
///   - console: Where it reads and writes.
/// - Returns: The exit code.
package func run(arguments: [String], console: Console) -> Int32 {
  var code: Int32
  do {
    code = try dispatch(arguments, console)
  } catch {
    for line in error.lines { console.note(line) }
    code = ExitCode.trouble
  }
  console.output.flush()
  if let number = console.output.failureNumber {
    console.note("promo: cannot write the results: \(SystemCalls.errorText(number))")
    code = ExitCode.trouble
  }
  return code
}

private func dispatch(_ words: [String], _ console: Console) throws(CommandProblem) -> Int32 {
  guard let word = words.first else {
    let style = TextStyle(nil, for: console.error, environment: console.environment)
    console.error.write(helpOverview(style))
    return ExitCode.trouble
  }
  let name =
    switch word {
    case "--help", "-h": "help"
    case "--version", "-V": "version"
    default: word
    }
  guard let command = CommandLayout.all.first(where: { $0.name == name }) else {
    throw .unknownCommand(word)
  }
  let arguments = try Arguments(words.dropFirst(), of: command)
  if arguments.has("help") {
    showHelp(of: command, arguments, console)
    return ExitCode.fine
  }
  return try perform(command, arguments, console)
}

private func perform(
  _ command: CommandLayout, _ arguments: Arguments, _ console: Console
) throws(CommandProblem) -> Int32 {
  switch command {
  case .quote: return try quote(arguments, console)
  case .check: return try check(arguments, console)
  case .format: return try format(arguments, console)
  case .test: return try test(arguments, console)
  case .explain: return try explain(arguments, console)
  case .bench: return try bench(arguments, console)
  case .version: return try version(arguments, console)
  default: return try help(arguments, console)
  }
}

private func help(_ arguments: Arguments, _ console: Console) throws(CommandProblem) -> Int32 {
  try arguments.allowOperands(1)
  guard let name = arguments.operands.first else {
    console.output.write(helpOverview(outputStyle(arguments, console)))
    return ExitCode.fine
  }
  guard let command = CommandLayout.all.first(where: { $0.name == name }) else {
    throw .unknownCommand(name)
  }
  showHelp(of: command, arguments, console)
  return ExitCode.fine
}

private func showHelp(of command: CommandLayout, _ arguments: Arguments, _ console: Console) {
  let style = outputStyle(arguments, console)
  console.output.write(helpPage(of: command, style, columns: console.columns ?? 80))
}

/// Colours for results, as asked for.
func outputStyle(_ arguments: Arguments, _ console: Console) -> TextStyle {
  TextStyle(arguments.value("color"), for: console.output, environment: console.environment)
}

/// Colours for everything else, as asked for.
func errorStyle(_ arguments: Arguments, _ console: Console) -> TextStyle {
  TextStyle(arguments.value("color"), for: console.error, environment: console.environment)
}
