/// The shape of one command: what its help says is what its arguments are read by.
struct CommandLayout: Hashable, Sendable {
  /// A flag, with a value or without.
  struct Flag: Hashable, Sendable {
    /// The name without its dashes.
    var name: String
    /// What stands for its value in the help; nil for a flag without one.
    var value: String?
    /// The only values there are; empty where any will do.
    var choices: [String] = []
    /// One line of help.
    var about: String
  }

  /// A call somebody would make, and what it does.
  struct Example: Hashable, Sendable {
    var call: String
    var about: String
  }

  var name: String
  /// One line for the list of commands.
  var summary: String
  /// Ways to call it, without `promo`.
  var usage: [String]
  var examples: [Example]
  var flags: [Flag]
  /// What a reader should know besides, in whole sentences.
  var remarks: [String] = []

  /// Its own flags and those that every command has.
  var allFlags: [Flag] { flags + CommandLayout.commonFlags }

  static let commonFlags = [
    Flag(
      name: "color", value: "WHEN", choices: ["auto", "always", "never"],
      about: "auto, always or never; auto also obeys NO_COLOR"),
    Flag(name: "help", about: "this page"),
  ]

  static let all = [quote, check, format, test, explain, bench, version, help]
}
