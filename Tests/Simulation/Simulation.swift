import Ledger
package import LocalTime
package import Storage

/// Runs a ledger and the coin model in lock-step, and stops at the first difference.
package struct Simulation<Subject: LedgerUnderTest> {
  /// How a run ended.
  package struct Report: Sendable {
    /// What it did.
    package var counts = SimulationCounts()
    /// The first thing that differed; nil when nothing did.
    package var difference: String?
  }

  var subject: Subject
  private let faults: FaultPlan?
  var model: CoinModel
  var workload: Workload
  private let shop: SimulatedShop
  var now: Instant
  var report = Report()
  /// The last change that was read.
  var cursor = 0
  /// How far the machine's clock is behind.
  private var clockError: Int64 = 0
  /// The moment of the last batch that wrote something.
  private var lastRecorded: Instant?
  /// Requests of the past with what was answered, to be sent again.
  private var past: [(request: LedgerRequest, answer: LedgerAnswer)] = []

  /// A run of a seed.
  package init(
    _ subject: Subject, faults: FaultPlan?, shop: SimulatedShop, seed: UInt64, at now: Instant
  ) {
    self.subject = subject
    self.faults = faults
    self.shop = shop
    self.now = now
    model = CoinModel(shop.terms)
    workload = Workload(seed: seed, shop, hasPeople: true)
  }

  /// Runs until a number of operations is done, or something differs.
  package mutating func run(operations: Int) throws(StorageError) -> Report {
    while report.counts.operations < operations, report.difference == nil {
      moveTime()
      try runBatch(of: Int(workload.random.number(1...20)))
      if report.difference == nil { try readSomething() }
      if workload.random.happens(onceIn: 200) {
        report.counts.restarts += 1
        try subject.reopen(at: now)
      }
    }
    if report.difference == nil { try readAllChanges() }
    report.counts.failures = faults?.failures ?? 0
    return report
  }

  /// Moves time on; now and then the machine's clock goes back instead, and time stands still.
  private mutating func moveTime() {
    clockError = 0
    if lastRecorded == now, workload.random.happens(onceIn: 20) {
      clockError = workload.random.number(1...90_000)
      return
    }
    let step =
      workload.random.happens(onceIn: 50)
      ? workload.random.number(0...5_000) : workload.random.number(0...30)
    now = Instant(secondsSince1970: now.secondsSince1970 + step)
  }

  private mutating func runBatch(of count: Int) throws(StorageError) {
    var requests: [LedgerRequest] = []
    var expected: [LedgerAnswer] = []
    for _ in 0..<count {
      if let (request, answer) = repeated() {
        requests.append(request)
        expected.append(answer)
      } else {
        // A version is only known before the batch, so what asks for one begins a batch.
        let (request, answer) = try fresh(isFirst: requests.isEmpty)
        requests.append(request)
        expected.append(answer)
        past.append((request, answer))
        lastRecorded = now
      }
    }
    report.counts.operations += requests.count
    report.counts.batches += 1
    report.counts.accepted += expected.count { $0.isAccepted }
    for answer in expected { report.counts.answers[answer.code, default: 0] += 1 }
    let answers = try committed(requests)
    guard answers.count == requests.count else {
      report.difference = "\(requests.count) requests have \(answers.count) answers"
      return
    }
    for (index, answer) in answers.enumerated() where report.difference == nil {
      var answer = answer
      answer.transaction = nil
      if answer != expected[index] {
        report.difference =
          "\(requests[index]) at \(now): expected \(expected[index]), got \(answer)"
      }
    }
  }

  /// A request of the past, as it was or with another command under its id.
  private mutating func repeated() -> (LedgerRequest, LedgerAnswer)? {
    guard !past.isEmpty, workload.random.happens(onceIn: 15) else { return nil }
    report.counts.repeats += 1
    var (request, answer) = workload.random.pick(past, last: 200)
    if workload.random.happens(onceIn: 5) {
      request.reason += "!"
      answer = LedgerAnswer(.requestMismatch)
    }
    return (request, answer)
  }

  private mutating func fresh(isFirst: Bool) throws(StorageError)
    -> (LedgerRequest, LedgerAnswer)
  {
    let now = now
    var isCurrent = false
    var expectedVersion: Int64 = -1
    // What names a version names how far it is beside it; reading all of them each time is slow.
    let people = model.people.persons
    var command = workload.anyCommand(at: now) { people[$0]?.version }
    if !isFirst, case .set = command { command = .open(account: "m-1") }
    if case .set(let account, let balance, let amount, let offset) = command {
      if model.accounts[account] != nil, shop.balances.contains(balance) {
        expectedVersion = try subject.view(balance, of: account, at: now)?.version ?? 0
      }
      command = .set(
        account: account, balance: balance, to: amount, ifVersion: expectedVersion + offset)
      isCurrent = offset == 0 && expectedVersion >= 0
    }
    let request = LedgerRequest(id: workload.name("r"), actor: "simulation", command)
    var answer = model.answer(to: command, at: now, isCurrent: isCurrent)
    if answer.code == .staleVersion, case .set = command { answer.amount = expectedVersion }
    return (request, answer)
  }

  /// Commits a batch; when a failure is planned, opens the store again and sends all of it again,
  /// whether or not the batch was kept.
  private mutating func committed(_ requests: [LedgerRequest]) throws(StorageError)
    -> [LedgerAnswer]
  {
    if let faults, workload.random.happens(onceIn: 25) {
      faults.isAmbiguous = workload.random.happens(onceIn: 2)
      faults.writesLeft = Int(workload.random.number(0...60))
    }
    defer { faults?.writesLeft = nil }
    let shown = Instant(secondsSince1970: now.secondsSince1970 - clockError)
    do throws(StorageError) {
      return try subject.commit(requests, at: shown)
    } catch {
      guard let faults, faults.failures > report.counts.failures else { throw error }
      report.counts.failures = faults.failures
      try subject.reopen(at: now)
      return try subject.commit(requests, at: now)
    }
  }
}
