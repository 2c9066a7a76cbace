import Foundation
import SocketClient
import Synchronization

/// Kills a server in the middle of purchases, round after round, and asks the next one what it knows.
///
/// What was acknowledged must be there, once; what was not is there whole or not at all. Every purchase
/// earns twelve points, so that the customers' points tell how many there were.
final class ServiceCrashes: Sendable {
  private struct State: Sendable {
    var acknowledged: [String: [UInt8]] = [:]
    var asked: Set<String> = []
    var restarts: [Int] = []
    var faults: [String] = []
  }

  private let state = Mutex(State())
  private let binary: String
  private let rules: String
  private let folder: String
  private let port: UInt16
  private let key: String
  private let clients = 8

  init(binary: String, rules: String, folder: String, port: UInt16, key: String) {
    self.binary = binary
    self.rules = rules
    self.folder = folder
    self.port = port
    self.key = key
  }

  /// Runs rounds until as many purchases were asked for.
  ///
  /// - Returns: A line with counts, and what is wrong.
  func run(rounds: Int, purchases: Int) throws -> (summary: String, faults: [String]) {
    var generator = SystemRandomNumberGenerator()
    for round in 0..<rounds {
      let server = try start()
      if round == 0 { makeMembers() }
      let share = (purchases + rounds - 1) / rounds
      let isOver = Mutex(false)
      let done = DispatchGroup()
      for client in 0..<clients {
        DispatchQueue.global().async(group: done) { [self] in
          buy(round: round, client: client, most: share / clients + 1) { isOver.withLock { $0 } }
        }
      }
      // Some rounds end early and some after everything was bought.
      usleep(UInt32.random(in: 20_000...1_500_000, using: &generator))
      kill(server.processIdentifier, SIGKILL)
      isOver.withLock { $0 = true }
      server.waitUntilExit()
      done.wait()
    }
    let last = try start()
    check()
    kill(last.processIdentifier, SIGTERM)
    last.waitUntilExit()
    if last.terminationStatus != 0 { note("the last server ended with \(last.terminationStatus)") }
    let state = state.withLock { $0 }
    let slowest = state.restarts.max() ?? 0
    return (
      "\(rounds) rounds, \(state.asked.count) purchases asked for, \(state.acknowledged.count) "
        + "acknowledged; ready again after at most \(slowest) ms",
      state.faults
    )
  }

  private func note(_ fault: String) { state.withLock { $0.faults.append(fault) } }

  private func start() throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: binary)
    process.arguments = [
      "serve", "--rules", rules, "--data", folder, "--port", "\(port)", "--quiet",
    ]
    process.standardOutput = FileHandle.nullDevice
    let begin = DispatchTime.now().uptimeNanoseconds
    try process.run()
    while DispatchTime.now().uptimeNanoseconds - begin < 20_000_000_000 {
      if SocketClient(port: port)?.ask("GET", "/readyz")?.status == 200 {
        let taken = Int((DispatchTime.now().uptimeNanoseconds - begin) / 1_000_000)
        state.withLock { $0.restarts.append(taken) }
        return process
      }
      usleep(2_000)
    }
    note("a server was not ready within 20 s")
    return process
  }

  private var headers: [String] {
    ["Authorization: Bearer \(key)", "Content-Type: application/json"]
  }

  private let members = ["m-0", "m-1", "m-2"]

  private func makeMembers() {
    guard let socket = SocketClient(port: port) else { return note("nobody listens") }
    for member in members {
      let answer = socket.ask(
        "POST", "/v1/accounts", headers: headers + ["Idempotency-Key: \(member)"],
        body: "{\"id\":\"\(member)\"}")
      if answer?.status != 201 { note("\(member) was not made") }
    }
  }

  /// Who buys an order: one of the members, by its last digit.
  private func body(_ order: String) -> String {
    let member = members[(order.utf8.last.map(Int.init) ?? 0) % members.count]
    return """
      {"id":"\(order)","cart":{"currency":"USD","customer":{"id":"\(member)"},
       "lines":[{"sku":"MUG","price":"12.00","quantity":1}]}}
      """
  }

  /// Holds the members' points against the purchases.
  private func countPoints(_ purchases: Int, _ socket: SocketClient) {
    var points = 0
    for member in members {
      let answer = socket.ask("GET", "/v1/accounts/\(member)/balances", headers: headers)
      let text = String(decoding: answer?.body ?? [], as: UTF8.self)
      let digits = text.split(separator: "\"available\":\"").dropFirst().first?.prefix {
        $0.isNumber
      }
      points += digits.flatMap { Int($0) } ?? 0
    }
    if points != 12 * purchases { note("\(purchases) purchases earned \(points) points") }
  }

  private func buy(round: Int, client: Int, most: Int, _ isOver: () -> Bool) {
    guard let socket = SocketClient(port: port) else { return }
    for place in 0..<most where !isOver() {
      let order = "o-\(round)-\(client)-\(place)"
      state.withLock { _ = $0.asked.insert(order) }
      guard
        let answer = socket.ask(
          "POST", "/v1/checkouts", headers: headers + ["Idempotency-Key: \(order)"],
          body: body(order))
      else { return }
      if answer.status == 201 {
        state.withLock { $0.acknowledged[order] = answer.body }
      } else {
        note("\(order) was answered \(answer.status)")
      }
    }
  }

  /// Sends every purchase again: what was done is answered as then, what was not is done now.
  private func check() {
    let (asked, acknowledged) = state.withLock { ($0.asked, $0.acknowledged) }
    guard let socket = SocketClient(port: port) else { return note("nobody listens") }
    for order in asked.sorted() {
      if acknowledged[order] != nil,
        socket.ask("GET", "/v1/checkouts/\(order)", headers: headers)?.status != 200
      {
        note("\(order) was acknowledged and is lost")
      }
      let again = socket.ask(
        "POST", "/v1/checkouts", headers: headers + ["Idempotency-Key: \(order)"],
        body: body(order))
      guard let again, again.status == 201 else {
        note("\(order) is answered \(again?.status ?? 0) when it is sent again")
        continue
      }
      if let first = acknowledged[order], first != again.body {
        note("\(order) is answered otherwise than at first")
      }
    }
    countPoints(asked.count, socket)
  }
}
