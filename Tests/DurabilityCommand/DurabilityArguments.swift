import Crashes

/// What the arguments of `durability` ask for.
struct DurabilityArguments {
  /// What to do.
  enum Verb: String, CaseIterable {
    case record, cut, kill, serve, fail
  }

  var verb: Verb
  var data = ""
  var log = ""
  var answers = ""
  /// Where data folders are made for a moment.
  var scratch: String?
  var seed: UInt64 = 1
  var requests = 300
  var states = 1_000
  /// The only state to try.
  var state: Int?
  var rounds = 200
  var seconds = 3_600
  var step = 1
  /// The sync that fails while recording.
  var failingSync: Int?
  var settings = PlaySettings()

  static let usage = """
    usage: durability record --data DIR --log FILE [--seed N] [--requests M]
                             [--synchronous FULL|NORMAL|OFF] [--fail-sync K]
                             [--renew yes|no] [--checkpoint-pages P]
           durability cut --log FILE [--states K] [--state I] [--seed N] [--seconds S]
                          [--scratch DIR]
           durability kill [--rounds R] [--seed N] [--seconds S] [--scratch DIR]
           durability fail [--requests M] [--seed N] [--step K] [--scratch DIR]
    """

  /// Reads the verb and its options; nil for anything else.
  init?(_ arguments: [String]) {
    guard let verb = arguments.first.flatMap(Verb.init) else { return nil }
    self.verb = verb
    var rest = arguments.dropFirst()
    while let name = rest.popFirst() {
      guard let value = rest.popFirst(), take(name, value) else { return nil }
    }
    switch verb {
    case .record where data.isEmpty || log.isEmpty, .cut where log.isEmpty,
      .serve where data.isEmpty || answers.isEmpty:
      return nil
    default: break
    }
  }

  private mutating func take(_ name: String, _ value: String) -> Bool {
    let number = Int(value).flatMap { $0 >= 0 ? $0 : nil }
    switch (name, number) {
    case ("--data", _): data = value
    case ("--log", _): log = value
    case ("--answers", _): answers = value
    case ("--scratch", _): scratch = value
    case ("--synchronous", _):
      guard let known = PlaySettings.Synchronous(rawValue: value) else { return false }
      settings.synchronous = known
    case ("--fail-sync", let number?): failingSync = number
    case ("--renew", _) where value == "yes" || value == "no":
      settings.renewsLog = value == "yes"
    case ("--checkpoint-pages", let number?): settings.checkpointPages = number
    case ("--seed", let number?): seed = UInt64(number)
    case ("--requests", let number?): requests = number
    case ("--states", let number?): states = number
    case ("--state", let number?): state = number
    case ("--rounds", let number?): rounds = number
    case ("--seconds", let number?): seconds = number
    case ("--step", let number?) where number > 0: step = number
    default: return false
    }
    return true
  }
}
