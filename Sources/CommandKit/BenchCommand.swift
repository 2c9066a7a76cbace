import Money
import Promo

/// `promo bench`: how fast carts are priced, rules are checked and the command starts.
func bench(_ arguments: Arguments, _ console: Console) throws(CommandProblem) -> Int32 {
  try arguments.allowOperands(0)
  let cartCount = try arguments.count("carts", maximum: 1_000_000) ?? 2_000
  let seed = try arguments.count("seed", maximum: .max) ?? 1
  let campaigns = try arguments.count("campaigns", maximum: 10_000)
  let lines = try arguments.count("lines", maximum: 100_000)
  var sizes = BenchRun.usualSizes
  if campaigns != nil || lines != nil { sizes = [(campaigns ?? 20, lines ?? 5)] }
  Interrupts.watch()
  var run = BenchRun(cartCount: cartCount, sizes: sizes, seed: seed, console: console)
  try run.measure()
  if arguments.value("format") == "json" {
    console.output.write(bytes: run.json)
  } else {
    console.output.write(run.table(outputStyle(arguments, console)))
  }
  return Interrupts.wasRequested ? ExitCode.interrupted : ExitCode.fine
}

/// One measured row: carts of a size under some campaigns.
struct BenchRow {
  var campaignCount: Int
  var lineCount: Int
  var cartCount: Int
  /// Nanoseconds to read, check and compile the rules.
  var compileNanoseconds: Int64
  /// Nanoseconds for one cart, the middle one and the one that 1 in 100 exceeds.
  var medianNanoseconds: Int64
  var p99Nanoseconds: Int64
  /// Carts in a second, priced on one core.
  var cartsPerSecond: Int
  /// Carts in a second on one core, from JSON to JSON.
  var jsonCartsPerSecond: Int
  /// Allocations for one cart; nil where nobody counts them.
  var allocationsPerCart: Int?
}

/// All measurements of one call.
struct BenchRun {
  let cartCount: Int
  let sizes: [(campaigns: Int, lines: Int)]
  let seed: Int
  let console: Console
  private(set) var rows: [BenchRow] = []
  /// Nanoseconds to check 1,000 campaigns.
  private(set) var checkNanoseconds: Int64 = 0
  /// Nanoseconds from starting `promo version` to its end; nil where it cannot be started.
  private(set) var startNanoseconds: Int64?

  /// What is measured when nobody asks for one size.
  static let usualSizes = [
    (campaigns: 20, lines: 5), (campaigns: 20, lines: 100), (campaigns: 200, lines: 5),
    (campaigns: 200, lines: 100), (campaigns: 1_000, lines: 5), (campaigns: 20, lines: 10_000),
  ]
  private static let checkRepetitions = 3
  private static let startRepetitions = 15

  /// Measurements of carts and campaigns of some sizes.
  init(
    cartCount: Int, sizes: [(campaigns: Int, lines: Int)], seed: Int, console: Console
  ) {
    self.cartCount = cartCount
    self.sizes = sizes
    self.seed = seed
    self.console = console
  }

  /// Measures everything, until it is done or somebody asks to stop.
  mutating func measure() throws(CommandProblem) {
    var progress = Progress(of: "carts", console)
    defer { progress.finish() }
    var done = 0
    for size in sizes where !Interrupts.wasRequested {
      let count = max(10, cartCount * 5 / max(5, size.lines * size.campaigns / 20))
      let row = try measureRow(size.campaigns, size.lines, count)
      rows.append(row)
      done += count
      progress.update(count: done, part: (rows.count, sizes.count))
    }
    checkNanoseconds = measureChecking()
    startNanoseconds = measureStart()
  }

  private func measureRow(
    _ campaignCount: Int, _ lineCount: Int, _ count: Int
  ) throws(CommandProblem) -> BenchRow {
    var workload = BenchWorkload(seed: seed)
    let source = workload.rules(campaignCount: campaignCount)
    let started = console.monotonicNanoseconds()
    let compiled = compile([source], console)
    let compileNanoseconds = console.monotonicNanoseconds() - started
    guard let rules = compiled.soundRules, let currency = Currency(code: "USD") else {
      throw .brokenBenchmark
    }
    let carts = (0..<count).map { _ in workload.cart(lineCount: lineCount, currency: currency) }
    // The first cart warms what is made once; it is not counted.
    _ = try price(carts[0], rules)
    let allocationsBefore = console.allocationCount?()
    var durations: [Int64] = []
    durations.reserveCapacity(count)
    for cart in carts {
      let start = console.monotonicNanoseconds()
      _ = try price(cart, rules)
      durations.append(console.monotonicNanoseconds() - start)
    }
    let allocations = allocationsBefore.flatMap { before in
      console.allocationCount.map { Int(clamping: $0() - before) / count }
    }
    let total = durations.reduce(0, +)
    durations.sort()
    return BenchRow(
      campaignCount: campaignCount, lineCount: lineCount, cartCount: count,
      compileNanoseconds: compileNanoseconds, medianNanoseconds: durations[count / 2],
      p99Nanoseconds: durations[min(count - 1, count * 99 / 100)],
      cartsPerSecond: rate(count, per: total), jsonCartsPerSecond: measureJSON(carts, rules),
      allocationsPerCart: allocations)
  }

  private func price(_ cart: Cart, _ rules: RuleSet) throws(CommandProblem) -> Quote {
    do { return try rules.quote(cart, at: BenchWorkload.moment) } catch { throw .brokenBenchmark }
  }

  private func measureJSON(_ carts: [Cart], _ rules: RuleSet) -> Int {
    let texts = carts.map { $0.json(at: BenchWorkload.moment) }
    let job = QuoteJob(rules: rules, now: BenchWorkload.moment)
    let start = console.monotonicNanoseconds()
    var byteCount = 0
    for (index, text) in texts.enumerated() {
      byteCount += job.line(for: text[...], number: index + 1).bytes.count
    }
    return byteCount == 0 ? 0 : rate(texts.count, per: console.monotonicNanoseconds() - start)
  }

  private func measureChecking() -> Int64 {
    var workload = BenchWorkload(seed: seed)
    let source = workload.rules(campaignCount: 1_000)
    return median(Self.checkRepetitions) { compile([source], console).warningCount >= 0 }
  }

  private func measureStart() -> Int64? {
    guard let path = console.executablePath, SystemCalls.run(path, ["version"]) else { return nil }
    return median(Self.startRepetitions) { SystemCalls.run(path, ["version"]) }
  }

  private func median(_ repetitions: Int, of work: () -> Bool) -> Int64 {
    let durations = (0..<repetitions).map { _ in
      let start = console.monotonicNanoseconds()
      return work() ? console.monotonicNanoseconds() - start : 0
    }
    return durations.sorted()[repetitions / 2]
  }
}
