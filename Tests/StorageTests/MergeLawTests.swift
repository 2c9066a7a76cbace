import Foundation
import Ledger
import LocalTime
import Simulation
import Storage
import Testing

/// Random histories in which accounts become one another; a seed decides all of it.
@Suite("merging keeps the books") struct MergeLawTests {
  /// What the accounts of a history hold, before and after a merge.
  private struct Figures: Equatable {
    var posted: Int64 = 0
    var held: Int64 = 0
    var pending: Int64 = 0
    var lifetime: Int64 = 0

    mutating func add(_ view: BalanceView) {
      posted += view.posted
      held += view.held
      pending += view.pending
      lifetime += view.lifetime
    }
  }

  private static func figures(_ accounts: [String], in folder: TestFolder, at now: Int64) throws
    -> Figures
  {
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    var sum = Figures()
    for account in accounts {
      for balance in ["points", "cashback"] {
        sum.add(try #require(try reader.view(balance, of: account, at: moment(now))))
      }
    }
    return sum
  }

  @Test(
    "no unit is lost, and an audit is clean after every merge",
    arguments: 1...12 as ClosedRange<UInt64>)
  func histories(seed: UInt64) throws {
    let folder = try TestFolder()
    let store = try openStore(in: folder)
    var random = SimulationRandom(seed: seed)
    let all = (1...7).map { "a-\($0)" }
    var own = all
    for account in all { _ = try store.register(account) }
    var orders: [String] = ["o"]
    for step in 0..<260 {
      let now = Int64(step * 7)
      let account = random.pick(all)
      if random.happens(onceIn: 40), own.count > 1 {
        let merged = random.pick(own)
        let kept = random.pick(own.filter { $0 != merged })
        _ = try store.perform(.settle(accountsMaximum: 100), at: now)
        let before = try Self.figures(own, in: folder, at: now)
        let answer = try store.perform(
          .account(.merge(account: merged, into: kept)), at: now)
        #expect(answer.code == .merged)
        own.removeAll { $0 == merged }
        #expect(try Self.figures(own, in: folder, at: now) == before)
        let audit = try LedgerReader(folder: folder.path, zone: utc).audit()
        #expect(audit.differences == [], "seed \(seed) step \(step)")
        continue
      }
      _ = try store.perform(
        Self.command(&random, account, step, &orders), at: now)
    }
    let audit = try LedgerReader(folder: folder.path, zone: utc).audit()
    #expect(audit.differences == [], "seed \(seed)")
    #expect(own.count < all.count)
  }

  private static func command(
    _ random: inout SimulationRandom, _ account: String, _ step: Int, _ orders: inout [String]
  ) -> LedgerCommand {
    let now = Int64(step * 7)
    let balance = random.happens(onceIn: 3) ? "cashback" : "points"
    let amount = random.number(1...40)
    switch random.number(0...9) {
    case 0...2:
      return .issue(
        .init(
          account: account, balance: balance, amount: amount, order: "i-\(step)", campaign: "c",
          availableAt: random.happens(onceIn: 3) ? moment(now + random.number(1...200)) : nil,
          expiresAt: random.happens(onceIn: 2) ? moment(now + random.number(201...900)) : nil))
    case 3, 4:
      return .hold(
        .init(
          id: "h-\(step)", account: account, balance: balance, amount: amount,
          deadline: moment(now + random.number(1...200)), takesWhatThereIs: true))
    case 5:
      return .capture(
        hold: "h-\(Int64(step) - random.number(1...20))", amount: random.number(1...15),
        remainder: random.happens(onceIn: 2) ? .kept : .released)
    case 6:
      return .adjust(
        account: account, balance: balance, by: -amount, expiresAt: nil, allowsDebt: true)
    case 7: return .void(order: random.pick(orders), policy: random.pick(ReturnPolicy.allCases))
    case 8:
      return .giveBack(
        order: random.pick(orders), lines: [.init(id: "l", quantity: 1)],
        policy: random.pick(ReturnPolicy.allCases))
    default:
      orders.append("o-\(step)")
      let claim = CampaignUse.Claim(.customer, key: account, usesMaximum: 5)
      return .checkout(
        CheckoutRecord(
          order: "o-\(step)", account: account, lines: [.init(id: "l", quantity: 3, paid: 99)],
          uses: [CampaignUse(campaign: "u", discount: 1, claims: [claim])],
          spends: random.happens(onceIn: 2) ? [.init(.balance(balance), amount: 3)] : [],
          rewards: [.init(campaign: "e", balance: balance, amount: amount)]))
    }
  }
}
