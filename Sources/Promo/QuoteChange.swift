import Pricing

/// What an edit of a cart changed in its quote, so that a shop repaints no more than that.
public struct QuoteChange: Hashable, Sendable {
  /// Lines that are new or whose result is another, in cart order.
  public var lines: [Quote.Line] = []
  /// Ids of lines that the quote had before and has no more.
  public var removedLines: [String] = []
  /// Campaigns of which something else is said than before, be it nothing, by name, each once.
  public var campaigns: [String] = []
  /// The new quote without its lines: totals, gifts, codes, and what is said of campaigns.
  public var rest: Quote

  /// Whether nothing at all is another.
  public var isEmpty: Bool { lines.isEmpty && removedLines.isEmpty && !isRestChanged }
  /// Whether anything but lines is another.
  private(set) var isRestChanged = false

  /// What differs between two quotes of one cart.
  init(from before: Quote, to after: Quote) {
    var (rest, earlier) = (after, before)
    rest.lines = []
    earlier.lines = []
    self.init(from: earlier, rest: rest)
    var places = TextTable<Int>()
    for (place, line) in before.lines.enumerated() { places[line.id.utf8] = place }
    for line in after.lines {
      if let place = places[line.id.utf8], before.lines[place] == line {
        places[line.id.utf8] = nil
        continue
      }
      places[line.id.utf8] = nil
      lines.append(line)
    }
    for line in before.lines where places[line.id.utf8] != nil { removedLines.append(line.id) }
  }

  /// What differs between two quotes of one cart that have no lines.
  init(from before: Quote, rest: Quote) {
    self.rest = rest
    isRestChanged = before != rest
    campaigns = changedCampaigns(before, rest)
  }
}

/// Campaigns of which two quotes do not say the same, in the order of the files of the second, and
/// then those of which it says nothing.
private func changedCampaigns(_ before: Quote, _ after: Quote) -> [String] {
  var said: [String: [CampaignAnswer]] = [:]
  for answer in answers(of: before) { said[answer.campaign, default: []].append(answer) }
  var changed: [String] = []
  var now: [String: [CampaignAnswer]] = [:]
  var order: [String] = []
  for answer in answers(of: after) {
    if now[answer.campaign] == nil { order.append(answer.campaign) }
    now[answer.campaign, default: []].append(answer)
  }
  for campaign in order where now[campaign] != said[campaign] { changed.append(campaign) }
  for answer in answers(of: before) where now[answer.campaign] == nil {
    changed.append(answer.campaign)
    now[answer.campaign] = []
  }
  return changed
}

/// One thing a quote says of a campaign.
private enum CampaignAnswer: Equatable {
  case applied(Quote.Applied)
  case notApplied(Quote.NotApplied)
  case earned(Quote.Earned)

  var campaign: String {
    switch self {
    case .applied(let applied): applied.campaign
    case .notApplied(let refused): refused.campaign
    case .earned(let earned): earned.campaign
    }
  }
}

private func answers(of quote: Quote) -> [CampaignAnswer] {
  quote.applied.map(CampaignAnswer.applied) + quote.notApplied.map(CampaignAnswer.notApplied)
    + quote.earned.map(CampaignAnswer.earned)
}
