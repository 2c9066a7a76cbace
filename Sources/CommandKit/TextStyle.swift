/// Colours and weight, where they are wanted.
struct TextStyle {
  /// Whether escape sequences are written at all.
  var usesColor: Bool

  /// Decides by the flag, by the stream, and by what the environment asks for.
  init(_ choice: String?, for sink: ByteSink, environment: (String) -> String?) {
    switch choice {
    case "always": usesColor = true
    case "never": usesColor = false
    default:
      let refused = !(environment("NO_COLOR") ?? "").isEmpty || environment("TERM") == "dumb"
      usesColor = sink.isTerminal && !refused
    }
  }

  func bold(_ text: String) -> String { wrap(text, "1") }
  func dim(_ text: String) -> String { wrap(text, "2") }
  func red(_ text: String) -> String { wrap(text, "31") }
  func green(_ text: String) -> String { wrap(text, "32") }
  func yellow(_ text: String) -> String { wrap(text, "33") }
  func cyan(_ text: String) -> String { wrap(text, "36") }

  private func wrap(_ text: String, _ code: String) -> String {
    usesColor && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
