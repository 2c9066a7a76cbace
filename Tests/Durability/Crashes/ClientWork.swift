import Ledger
import LocalTime
import Simulation

/// The requests of one client, the same each time, so that what was answered can be asked again.
struct ClientWork {
  private let client: Int
  private var random: SimulationRandom
  private(set) var count = 0

  init(seed: UInt64, client: Int) {
    self.client = client
    random = SimulationRandom(seed: seed &* 1_000 &+ UInt64(client))
  }

  /// The next request; its id ends with its place.
  mutating func next() -> LedgerRequest {
    count += 1
    let id = "\(client)-\(count)"
    return LedgerRequest(id: id, actor: "client \(client)", command(id))
  }

  private mutating func command(_ id: String) -> LedgerCommand {
    let accounts = ["m-\(client)", "m-all"]
    if count <= 2 { return .open(account: accounts[count - 1]) }
    let account = random.pick(accounts)
    let amount = random.number(1...50)
    let past = "\(client)-\(Int64(count) - random.number(1...4))"
    let deadline = Instant(
      secondsSince1970: WorkPlan.beginning.secondsSince1970 + 10_000_000)
    switch random.number(0...5) {
    case 0, 1:
      return .issue(
        .init(account: account, balance: "gift", amount: amount, order: id, campaign: "c"))
    case 2:
      return .hold(
        .init(id: id, account: account, balance: "gift", amount: amount, deadline: deadline))
    case 3: return .capture(hold: past, amount: amount, remainder: .released)
    case 4:
      let use = CampaignUse(
        campaign: "u", discount: 1, claims: [.init(.customer, key: account, usesMaximum: 40)])
      return .checkout(
        CheckoutRecord(
          order: id, account: account, lines: [.init(id: "a", quantity: 2, paid: 900)],
          uses: [use], spends: [.init(.balance("gift"), amount: amount)],
          rewards: [.init(campaign: "p", balance: "gift", amount: amount)]))
    default: return .void(order: past, policy: .debt)
    }
  }
}

/// An answer that a client got, as it is kept in a file.
struct Acknowledgement: Hashable {
  var client: Int
  /// The place of the request among its client's.
  var place: Int
  /// What was answered.
  var answer: String

  /// What a client got.
  init(client: Int, place: Int, _ answer: LedgerAnswer) {
    self.client = client
    self.place = place
    let transaction = answer.transaction ?? 0
    self.answer =
      "\(answer.code.rawValue)/\(answer.amount)/\(answer.rest)/\(transaction)/\(answer.subject)"
  }

  /// Reads a line; nil for one that was not written to its end.
  init?(_ line: Substring) {
    let words = line.split(separator: " ")
    guard words.count == 4, words[3] == ".", let client = Int(words[0]),
      let place = Int(words[1])
    else { return nil }
    (self.client, self.place, answer) = (client, place, String(words[2]))
  }

  /// The line, with its end.
  var line: String { "\(client) \(place) \(answer) .\n" }
}
