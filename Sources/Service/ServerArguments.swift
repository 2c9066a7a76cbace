/// What a call of the server's command asks for, option by option.
struct ServerArguments {
  private var values: [String: [String]] = [:]
  private var flags: Set<String> = []

  /// Reads `--name value` and `--name`; nil for anything else, and for names that are not known.
  init?(_ words: ArraySlice<String>, options: Set<String>, flags known: Set<String> = []) {
    var rest = words
    while let word = rest.popFirst() {
      if known.contains(word) {
        flags.insert(word)
      } else if options.contains(word), let value = rest.popFirst() {
        values[word, default: []].append(value)
      } else {
        return nil
      }
    }
    // Only rules may be named more than once.
    guard values.allSatisfy({ $0.key == "--rules" || $0.value.count == 1 }) else { return nil }
  }

  /// Whether a flag stands there.
  func has(_ flag: String) -> Bool { flags.contains(flag) }

  /// The value of an option that stands once; nil when it does not.
  func value(_ option: String) -> String? {
    values[option].flatMap { $0.count == 1 ? $0[0] : nil }
  }

  /// All values of an option.
  func all(_ option: String) -> [String] { values[option] ?? [] }
}
