/// The version of the command and the library; raised with every release.
package let promoVersion = "0.1.0"

/// The version of the rule language that it reads.
package let languageVersion = 1

/// `promo version`.
func version(_ arguments: Arguments, _ console: Console) throws(CommandProblem) -> Int32 {
  try arguments.allowOperands(0)
  console.output.writeLine(
    "promo \(promoVersion) (rule language \(languageVersion), quote format 1)")
  return ExitCode.fine
}
