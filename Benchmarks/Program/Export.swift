import CReference
import Foundation

/// Writes workloads as numbers, for programs that other engines run in.
enum Export {
  /// One file a workload: its sizes, what the cart says, one row a line, one row a campaign.
  static func write(_ options: Options, into folder: String) throws {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    for shape in WorkloadShape.all where options.includes(shape.name) {
      let workload = Workload(shape)
      var rows = [
        [Int64(shape.lineCount), Int64(shape.campaignCount), Int64(shape.categoryCount)],
        [
          Int64(Workload.segment), Int64(Workload.earlierVisits), Int64(Workload.day),
          Int64(workload.coupons[0]), Int64(workload.coupons[1]),
        ],
      ]
      for line in workload.skus.indices {
        rows.append([
          Int64(workload.skus[line]), Int64(workload.categories[line]),
          Int64(workload.quantities[line]), workload.prices[line],
        ])
      }
      for campaign in workload.campaigns {
        rows.append([
          Int64(campaign.kind), Int64(campaign.category), Int64(campaign.sku),
          Int64(campaign.segment), Int64(campaign.coupon), Int64(campaign.first_day),
          Int64(campaign.last_day), Int64(campaign.basis_points), campaign.threshold,
          campaign.amount,
        ])
      }
      let text = rows.map { $0.map(String.init).joined(separator: " ") + "\n" }.joined()
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(shape.name).txt"))
    }
  }
}
