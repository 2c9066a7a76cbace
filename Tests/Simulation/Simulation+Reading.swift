import LocalTime
import Storage

extension Simulation {
  /// Reads what the workload asks for, and the next page of the change feed, and compares.
  mutating func readSomething() throws(StorageError) {
    model.advance(to: now)
    let (account, balance) = (workload.account(), workload.balance())
    try compare(.view(balance: balance, account: account))
    try compare(.available(balance: balance, account: account))
    try compare(workload.question(at: now))
    if workload.random.happens(onceIn: 3) {
      try readChanges(most: Int(workload.random.number(1...9)))
    }
  }

  /// Reads the change feed to its end, where the last change that was accepted must stand.
  mutating func readAllChanges() throws(StorageError) {
    while report.difference == nil, cursor < model.people.changes.count {
      try readChanges(most: 1_000)
    }
    try readChanges(most: 1)
  }

  private mutating func readChanges(most: Int) throws(StorageError) {
    try compare(.changes(after: cursor, most: most))
    cursor = min(cursor + most, model.people.changes.count)
  }

  private mutating func compare(_ question: Question) throws(StorageError) {
    guard report.difference == nil else { return }
    report.counts.reads += 1
    let expected = model.lines(for: question, at: now)
    let found = try subject.lines(for: question, at: now)
    if expected.map({ Array($0.utf8) }) != found.map({ Array($0.utf8) }) {
      report.difference = "\(question) at \(now): expected \(expected), got \(found)"
    }
  }
}
