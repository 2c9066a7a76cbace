extension Pricer {
  /// What an account event earns: its campaigns pass the gates and earn, nothing is priced.
  ///
  /// - Parameter event: The event's name, compared by bytes.
  package mutating func run(event: String) -> Evaluation {
    var result = Evaluation()
    result.verdicts = Array(repeating: .silent, count: program.campaigns.count)
    var earners: [Int32] = []
    for campaign in program.applicationOrder {
      guard let own = plan(campaign).event, hasSameBytes(own, event) else { continue }
      switch admit(campaign) {
      case .refused(let refusal): result.verdicts[Int(campaign)] = .refused(refusal)
      case .admitted(let admission):
        admissions[campaign] = admission
        earners.append(campaign)
      }
    }
    _ = priceChoice([])
    earn(chosen: [], earners: earners, into: &result)
    explainConditions(in: &result)
    writeLines(into: &result)
    return result
  }
}
