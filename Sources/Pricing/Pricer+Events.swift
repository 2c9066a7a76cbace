extension Pricer {
  /// What an account event earns: its campaigns pass the gates and earn, nothing is priced.
  ///
  /// - Parameters:
  ///   - event: The event's name, compared by bytes.
  ///   - now: Seconds since 1970.
  package mutating func run(event: String, now: Int64) {
    begin(now: now, explains: .all)
    for campaign in program.applicationOrder {
      guard let own = program.campaigns[Int(campaign)].event, hasSameBytes(own, event) else {
        continue
      }
      asked.append(campaign)
      campaigns.add(campaign)
      admit(campaign)
      guard campaigns[campaign].refusal == nil else { continue }
      campaigns[campaign].onlyEarns = true
      earners.append(campaign)
    }
    priceMembers()
    earn()
    tellRefusals()
  }
}
