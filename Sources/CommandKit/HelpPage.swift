/// The page of `promo help`: every command in a line.
func helpOverview(_ style: TextStyle) -> String {
  let width = CommandLayout.all.map(\.name.utf8.count).max() ?? 0
  var lines = [
    style.bold("promo") + " prices carts under campaigns that merchants write as text", "",
    style.bold("Try"),
    "  promo quote --rules Rules/storefront.promo Rules/carts/basket.json", "",
    style.bold("Commands"),
  ]
  for command in CommandLayout.all {
    lines.append("  \(style.bold(padded(command.name, to: width)))   \(command.summary)")
  }
  lines += [
    "", "promo COMMAND --help shows examples and flags.", "", style.bold("Exit codes"),
    "  0   fine",
    "  1   findings: errors in rules, failed tests, unformatted files, carts that are none",
    "  2   could not run: wrong usage, unreadable files",
    "  3   only warnings, under --deny warnings",
  ]
  return lines.joined(separator: "\n") + "\n"
}

/// The page of one command, examples first.
func helpPage(of command: CommandLayout, _ style: TextStyle, columns: Int) -> String {
  var lines = ["\(style.bold("promo \(command.name)")): \(command.summary)", ""]
  lines.append(style.bold("Examples"))
  for example in command.examples {
    lines += ["  \(style.dim("# " + example.about))", "  \(example.call)"]
  }
  lines += ["", style.bold("Usage")]
  lines += command.usage.map { "  promo \($0)" }
  lines += ["", style.bold("Flags")]
  let names = command.allFlags.map { "--\($0.name)" + ($0.value.map { " \($0)" } ?? "") }
  let width = names.map(\.utf8.count).max() ?? 0
  for (name, flag) in zip(names, command.allFlags) {
    lines.append("  \(padded(name, to: width))   \(flag.about)")
  }
  for remark in command.remarks {
    lines += [""] + wrapped(remark, to: min(columns, 80))
  }
  return lines.joined(separator: "\n") + "\n"
}
