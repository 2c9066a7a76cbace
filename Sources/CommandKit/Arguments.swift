/// What stands on the command line after the name of the command.
struct Arguments {
  /// The command they belong to.
  var command: CommandLayout
  /// Values of flags in the order given; an empty text for a flag without a value.
  private var values: [String: [String]] = [:]
  /// Words that are no flags.
  private(set) var operands: [String] = []

  /// Reads flags and operands in any order; `--` ends the flags.
  init(_ words: some Collection<String>, of command: CommandLayout) throws(CommandProblem) {
    self.command = command
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands.append(contentsOf: rest)
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        operands.append(word)
        continue
      }
      try readFlag(word, rest: &rest)
    }
  }

  private mutating func readFlag<Words: Collection<String>>(_ word: String, rest: inout Words)
    throws(CommandProblem) where Words.SubSequence == Words
  {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let written = word == "-h" ? "--help" : String(parts[0])
    guard let flag = command.allFlags.first(where: { "--\($0.name)" == written }) else {
      throw .unknownFlag(written, command: command)
    }
    var value = parts.count == 2 ? String(parts[1]) : nil
    if flag.value == nil {
      if value != nil { throw .unexpectedValue(flag: flag.name, command: command) }
      value = ""
    } else if value == nil {
      value = rest.popFirst()
    }
    guard let value else { throw .missingValue(flag: flag.name, command: command) }
    if !flag.choices.isEmpty, !flag.choices.contains(value) {
      throw .badChoice(value, flag: flag.name, choices: flag.choices, command: command)
    }
    values[flag.name, default: []].append(value)
  }

  /// Whether a flag was given.
  func has(_ flag: String) -> Bool { values[flag] != nil }

  /// The last value of a flag.
  func value(_ flag: String) -> String? { values[flag]?.last }

  /// All values of a flag.
  func all(_ flag: String) -> [String] { values[flag] ?? [] }

  /// The whole number of a flag, at least 1.
  func count(_ flag: String, maximum: Int) throws(CommandProblem) -> Int? {
    guard let text = value(flag) else { return nil }
    guard let number = Int(text), (1...maximum).contains(number) else {
      throw .badValue(
        text, flag: flag, wanted: "a whole number from 1 to \(maximum)", command: command)
    }
    return number
  }

  /// Refuses operands beyond a number of them.
  func allowOperands(_ count: Int) throws(CommandProblem) {
    if operands.count > count {
      throw .unexpectedOperand(operands[count], command: command)
    }
  }
}
