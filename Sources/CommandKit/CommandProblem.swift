import Findings
import Promo

/// Why the command could not run, as opposed to what it found.
enum CommandProblem: Error, Hashable {
  case unknownCommand(String)
  case unknownFlag(String, command: CommandLayout)
  case missingValue(flag: String, command: CommandLayout)
  case unexpectedValue(flag: String, command: CommandLayout)
  case badChoice(String, flag: String, choices: [String], command: CommandLayout)
  case badValue(String, flag: String, wanted: String, command: CommandLayout)
  case unusableValue(String, flag: String, problem: String, command: CommandLayout)
  case givenTwice(String, command: CommandLayout)
  case missingOperand(String, command: CommandLayout)
  case missingCart(afterRules: String?, command: CommandLayout)
  case secondCart(String, first: String, command: CommandLayout)
  case cartBesideBatch(String, command: CommandLayout)
  case twoReaders(command: CommandLayout)
  case unexpectedOperand(String, command: CommandLayout)
  case conflict(String, String, command: CommandLayout)
  case requires(String, String, command: CommandLayout)
  case unknownTopic(String, nearest: String?)
  case unknownCampaign(String, nearest: String?)
  case rules(RuleFileError)
  case noSuchTest(String)
  case file(FileProblem)
  case brokenBenchmark

  /// The command whose help would have told.
  private var command: CommandLayout? {
    switch self {
    case .unknownFlag(_, let command), .missingValue(_, let command),
      .unexpectedValue(_, let command), .badChoice(_, _, _, let command),
      .badValue(_, _, _, let command), .missingOperand(_, let command),
      .unusableValue(_, _, _, let command), .givenTwice(_, let command),
      .missingCart(_, let command), .secondCart(_, _, let command),
      .cartBesideBatch(_, let command), .twoReaders(let command),
      .unexpectedOperand(_, let command), .conflict(_, _, let command),
      .requires(_, _, let command):
      command
    default: nil
    }
  }

  /// The lines for a person: what is wrong, then where to look.
  var lines: [String] {
    var lines = ["promo: \(sentence)"]
    if let command {
      lines.append("       see: promo \(command.name) --help")
    } else if case .unknownCommand = self {
      lines.append("       see: promo help")
    }
    return lines
  }

  private var sentence: String {
    switch self {
    case .unknownCommand(let word):
      "there is no command \(quoted(word))" + suggestion(word, CommandLayout.all.map(\.name))
    case .unknownFlag(let flag, let command):
      "\(command.name) has no flag \(quoted(flag))"
        + suggestion(flag, command.allFlags.map { "--\($0.name)" })
    case .missingValue(let flag, _): "--\(flag) needs a value"
    case .unexpectedValue(let flag, _): "--\(flag) takes no value"
    case .badChoice(let word, let flag, let choices, _):
      "--\(flag) cannot be \(quoted(word)), only \(alternatives(choices))"
        + suggestion(word, choices)
    case .badValue(let word, let flag, let wanted, _):
      "--\(flag) is \(quoted(word)), and should be \(wanted)"
    case .unusableValue(let word, let flag, let problem, _):
      "--\(flag) \(quoted(word)) cannot be used: \(printable(problem))"
    case .givenTwice(let flag, _): "--\(flag) is given twice; once is enough"
    case .missingOperand(let what, _): "\(what) is missing"
    case .missingCart(let rules, _):
      "CART is missing"
        + (rules.map { "; \(quoted($0)) names rules, and a cart is a JSON file" } ?? "")
    case .secondCart(let second, let first, _):
      "\(quoted(second)) is a second cart beside \(quoted(first)); one call prices one cart,"
        + " and --batch FILE prices a cart a line (rule files end in .promo or come after --rules)"
    case .cartBesideBatch(let cart, _):
      "\(quoted(cart)) is a cart beside --batch, which reads its carts from its own file;"
        + " leave one of them out (rule files end in .promo or come after --rules)"
    case .twoReaders: "rules and cart cannot both come from standard input"
    case .unexpectedOperand(let word, _): "\(quoted(word)) is one word too many"
    case .conflict(let one, let other, _): "\(one) and \(other) do not go together"
    case .requires(let one, let other, _): "\(one) needs \(other)"
    case .unknownTopic(let word, let nearest):
      "there is no page \(quoted(word))"
        + (nearest.map { ", but there is \($0)" } ?? "")
        + "; for a campaign write: promo explain --rules PATH "
        + (nearest == nil ? printable(word) : "CAMPAIGN")
    case .unknownCampaign(let word, let nearest):
      "the rules have no campaign \(quoted(word))" + didYouMean(nearest)
    case .rules(let error): printable(error.description)
    case .noSuchTest(let filter): "no test has \(quoted(filter)) in its name or file"
    case .file(let problem): problem.message
    case .brokenBenchmark: "the made-up rules and carts of the benchmark are refused"
    }
  }

  private func suggestion(_ word: String, _ candidates: [String]) -> String {
    didYouMean(nearestName(to: word, among: candidates))
  }

  private func didYouMean(_ nearest: String?) -> String {
    nearest.map { "; did you mean \($0)?" } ?? ""
  }

  private func alternatives(_ choices: [String]) -> String {
    guard let last = choices.last, choices.count > 1 else { return choices.first ?? "" }
    return "\(choices.dropLast().joined(separator: ", ")) or \(last)"
  }

  private func quoted(_ word: String) -> String { "\"\(printable(word))\"" }
}
