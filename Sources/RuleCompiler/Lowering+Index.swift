import Money
import Pricing

extension Lowering {
  /// Puts each campaign in the lists where a cart will look.
  mutating func buildIndex() {
    orderCampaigns()
    let program = program
    let plans = program.campaigns.span
    var lists = PostingLists(program)
    for index in program.gates.indices where !program.gates[index].flags.contains(.runsOnEvent) {
      if lists.postPlain(Int32(index), in: program) { continue }
      lists.post(Int32(index), plans[index], in: program)
    }
    self.program.index = lists.written(for: program)
  }

  /// Campaigns by priority, higher first, then in the order of the files.
  private mutating func orderCampaigns() {
    let priorities = program.campaigns.map { $0.priority }
    program.applicationOrder = priorities.indices.map { Int32($0) }
    program.ranks = program.applicationOrder
    guard priorities.contains(where: { $0 != priorities[0] }) else { return }
    program.applicationOrder.sort {
      let (first, second) = (priorities[Int($0)], priorities[Int($1)])
      return first != second ? first > second : $0 < $1
    }
    for (rank, campaign) in program.applicationOrder.enumerated() {
      program.ranks[Int(campaign)] = Int32(rank)
    }
  }
}
