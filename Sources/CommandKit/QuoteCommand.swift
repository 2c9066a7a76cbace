import LocalTime
import Promo
import RuleChecking

/// `promo quote`: a receipt or the JSON of one cart, or a batch of them.
func quote(_ arguments: Arguments, _ console: Console) throws(CommandProblem) -> Int32 {
  let command = arguments.command
  let (rulePaths, cartPath) = try quotePaths(arguments)
  let jobs = try arguments.count("jobs", maximum: 1024)
  let codes = arguments.all("code")
  for code in codes {
    if let problem = Cart.problem(withCode: code) {
      throw .unusableValue(code, flag: "code", problem: problem, command: command)
    }
  }
  var at: Instant?
  if let text = arguments.value("at") {
    at = Instant(rfc3339: text)
    let wanted = "a moment such as 2026-06-05T12:00:00-04:00"
    if at == nil { throw .badValue(text, flag: "at", wanted: wanted, command: command) }
  }
  let loaded = try loadRules(rulePaths, console)
  guard let rules = loaded.soundRules else {
    showErrors(of: loaded, arguments, console)
    return ExitCode.findings
  }
  if rules.checked.campaigns.isEmpty { console.note("promo: these rules have no campaigns") }
  let job = QuoteJob(
    rules: rules, at: at, now: console.now(), codes: codes,
    explain: arguments.value("explain").flatMap(Cart.Explanation.init))
  if arguments.has("batch") {
    return try quoteBatch(job, cartPath, jobs ?? SystemCalls.onlineProcessors(), console)
  }
  return try quoteOne(job, cartPath, arguments, console)
}

/// Where the rules are, and where the cart or the batch is.
///
/// Words that follow a rule path are further rule paths only if they look like it: a second cart
/// would be read as rules otherwise, and the first one forgotten.
private func quotePaths(
  _ arguments: Arguments
) throws(CommandProblem) -> (rules: [String], cart: String) {
  let command = arguments.command
  var rules = arguments.all("rules")
  guard !rules.isEmpty else { throw .missingOperand("--rules PATH", command: command) }
  rules += arguments.operands.filter(isRulePath)
  let carts = arguments.operands.filter { !isRulePath($0) }
  if let batch = arguments.value("batch") {
    if arguments.value("format") == "receipt" {
      throw .conflict("--batch", "--format receipt", command: command)
    }
    if let cart = carts.first { throw .cartBesideBatch(cart, command: command) }
    if arguments.all("batch").count > 1 { throw .givenTwice("batch", command: command) }
    if batch == "-", rules.contains("-") { throw .twoReaders(command: command) }
    return (rules, batch)
  }
  guard let cart = carts.first else {
    throw .missingCart(afterRules: arguments.operands.last, command: command)
  }
  guard carts.count == 1 else { throw .secondCart(carts[1], first: cart, command: command) }
  if arguments.has("jobs") { throw .requires("--jobs", "--batch", command: command) }
  if cart == "-", rules.contains("-") { throw .twoReaders(command: command) }
  return (rules, cart)
}

/// Whether a word among the operands can only mean rules: a rule file by its name, or a folder.
private func isRulePath(_ word: String) -> Bool {
  word.hasSuffix(".promo") || SystemCalls.isFolder(word)
}

private func quoteOne(
  _ job: QuoteJob, _ path: String, _ arguments: Arguments, _ console: Console
) throws(CommandProblem) -> Int32 {
  let json: [UInt8]
  do { json = try console.readAll(path) } catch { throw .file(error) }
  let cart: Cart
  let quote: Quote
  do throws(CartError) {
    (cart, quote) = try job.quote(json: json)
  } catch {
    console.note("promo: \(printable(place(of: error, in: json, path)))")
    return ExitCode.findings
  }
  for warning in quote.warnings { console.note("promo: warning: \(printable(warning))") }
  if arguments.value("format") == "json" {
    console.output.write(bytes: quote.json(style: .pretty))
    console.output.writeLine()
  } else {
    let receipt = Receipt(
      quote, of: cart, under: job.rules, columns: console.columns,
      showsUnicode: console.showsUnicode, style: outputStyle(arguments, console))
    console.output.write(receipt.text)
  }
  return ExitCode.fine
}

private func quoteBatch(
  _ job: QuoteJob, _ path: String, _ jobs: Int, _ console: Console
) throws(CommandProblem) -> Int32 {
  Interrupts.watch()
  let outcome: BatchQuote.Outcome
  do {
    let source = path == "-" ? console.input : try ByteSource(opening: path)
    outcome = try BatchQuote(job: job, workerCount: jobs, console: console).run(source, path: path)
  } catch {
    throw .file(error)
  }
  console.output.flush()
  if outcome.isInterrupted {
    console.note("promo: stopped after \(grouped(outcome.lineCount)) carts")
    return ExitCode.interrupted
  }
  if console.error.isTerminal {
    let perSecond = grouped(rate(outcome.lineCount, per: outcome.nanoseconds))
    console.note("promo: \(grouped(outcome.lineCount)) carts, \(perSecond)/s")
  }
  guard outcome.errorCount > 0 else { return ExitCode.fine }
  let lines = outcome.errorCount == 1 ? "1 line" : "\(grouped(outcome.errorCount)) lines"
  console.note("promo: \(lines) could not be priced; each says why in its place")
  return ExitCode.findings
}

/// The error with its place in the text: `cart.json:3:14: /lines/0/price: …`.
private func place(of error: CartError, in json: [UInt8], _ path: String) -> String {
  let name = path == "-" ? "standard input" : path
  guard let offset = error.offset else { return "\(name): \(error.description)" }
  var line = 1
  var column = 1
  for byte in json.prefix(offset) {
    if byte == 0x0A {
      line += 1
      column = 1
    } else if byte & 0xC0 != 0x80 {
      column += 1
    }
  }
  return "\(name):\(line):\(column): \(error.description)"
}
