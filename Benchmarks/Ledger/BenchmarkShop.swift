import CDisk
import Foundation
import Ledger
import LocalTime
import Storage

/// A data folder with accounts that have something to spend.
final class BenchmarkShop {
  static let zone = ZoneTable(identifier: "UTC", transitions: [], offsets: [0])
  static let now = Instant(secondsSince1970: 1_800_000_000)
  static let accounts = 10_000

  /// The data folder; it goes with the shop.
  let folder: String

  /// Makes an empty folder, and watches the syncs of its files.
  init(in parent: String?) throws {
    let base = parent ?? NSTemporaryDirectory()
    folder = (base as NSString).appendingPathComponent("ledger-" + UUID().uuidString)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    _ = disk_watch(folder, nil)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Opens the folder and declares points and cashback.
  func store() throws(StorageError) -> sending LedgerStore {
    let store = try LedgerStore(folder: folder, zone: Self.zone, at: Self.now)
    try store.declare(
      [
        BalanceDeclaration(name: "points", currency: nil),
        BalanceDeclaration(name: "cashback", currency: "USD"),
      ], conversions: [])
    return store
  }

  /// Opens accounts and gives each of them cashback.
  static func fill(_ store: LedgerStore) throws {
    var requests: [LedgerRequest] = []
    for number in 0..<accounts {
      let account = "m-\(number)"
      requests.append(
        LedgerRequest(id: "open-\(number)", actor: "shop", .open(account: account)))
      requests.append(
        LedgerRequest(
          id: "give-\(number)", actor: "shop",
          .issue(
            .init(
              account: account, balance: "cashback", amount: 1_000_000, order: "w-\(number)",
              campaign: "welcome"))))
    }
    for result in try store.commit(requests, at: now) { _ = try result.get() }
  }

  /// A purchase of three lines that spends, earns and counts against a limit.
  static func checkout(_ client: Int, _ count: Int) -> LedgerRequest {
    let account = "m-\((client &* 7_919 &+ count &* 104_729) % accounts)"
    let order = "o-\(client)-\(count)"
    let use = CampaignUse(
      campaign: "fall", discount: 250, claims: [.init(.customer, key: account)])
    return LedgerRequest(
      id: "r-\(client)-\(count)", actor: "checkout",
      .checkout(
        CheckoutRecord(
          order: order, account: account,
          lines: [
            .init(id: "1", quantity: 1, paid: 4_999), .init(id: "2", quantity: 2, paid: 1_998),
            .init(id: "3", quantity: 1, paid: 2_999),
          ], uses: [use], spends: [.init(.balance("cashback"), amount: 10)],
          rewards: [.init(campaign: "points", balance: "points", amount: 99)])))
  }
}
