/// What tests show of one campaign.
public struct CampaignCoverage: Hashable, Sendable {
  /// The campaign's name.
  public var campaign: String
  /// The path of its rule file, as the user gave it.
  public var file: String
  /// The line of the file that it begins on, from 1.
  public var line: Int
  /// One per condition, tier row and clause that bounds.
  public var items: [CoverageItem]

  /// Sides that some test shows.
  public var coveredCount: Int { items.reduce(0) { $0 + $1.sides.count { $0.isCovered } } }
  /// Sides there are to show.
  public var sideCount: Int { items.reduce(0) { $0 + $1.sides.count } }
  /// Whole percent of the sides, rounded down; 100 for a campaign with nothing to show.
  public var percent: Int { sideCount == 0 ? 100 : 100 * coveredCount / sideCount }
}

/// Something of a campaign that can go more than one way, or be reached.
public struct CoverageItem: Hashable, Sendable {
  /// What it is.
  public enum Kind: String, Hashable, Sendable {
    case condition, audience, code, schedule, limit, cap
    case tierRow = "tier_row"
  }

  /// One way it can go.
  public struct Side: Hashable, Sendable {
    /// What it is called, such as `holds` or `keeps out`.
    public var name: String
    /// Whether some test shows it.
    public var isCovered = false
  }

  /// What it is.
  public var kind: Kind
  /// The line of the file it stands on, from 1.
  public var line: Int
  /// Its words in the rule file.
  public var text: String
  /// The ways it can go.
  public var sides: [Side]

  /// Names of the sides that no test shows.
  public var uncovered: [String] { sides.filter { !$0.isCovered }.map(\.name) }
}
