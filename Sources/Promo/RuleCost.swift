import Findings
import Pricing
import RuleChecking

/// What pricing a cart under a rule set takes at most, known before any cart is priced.
///
/// A step is one line looked at once. Figures are for each line of a cart of ``lineCount`` lines
/// that every campaign admits; a rule set above ``stepsMaximum`` is refused.
public struct RuleCost: Hashable, Sendable {
  /// What one campaign takes.
  public struct Campaign: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// Steps a line each time it is priced.
    public let stepsPerPricing: Int
    /// How often it is priced for one cart: with each choice of campaigns it is in, and alone.
    public let pricingCount: Int
    /// Steps a line, all together, with what it earns and the sets that nobody else uses.
    public let stepsPerLine: Int
  }

  /// Lines of the cart the figures speak of.
  public static let lineCount = Pricing.Limits.costedLines
  /// Steps that such a cart may take.
  public static let stepsMaximum = Pricing.Limits.stepsMaximum

  /// In the order of the files.
  public let campaigns: [Campaign]
  /// Steps a line for the cart itself and for beginning each pricing.
  public let cartSteps: Int
  /// Steps a line for selections and sums that several campaigns use, charged once.
  public let sharedSteps: Int
  /// How many selections and sums those are.
  public let sharedCount: Int
  /// Choices of campaigns that are compared; 1 where all may go together.
  public let choiceCount: Int
  /// Steps a line, all together. Campaigns that exclude each other are not all in the dearest
  /// choice, so this may be less than the sum.
  public let stepsPerLine: Int
  /// Steps for the whole cart.
  public let stepsPerCart: Int

  init(_ cost: ProgramCost, of program: Program) {
    campaigns = cost.campaigns.map {
      Campaign(
        name: program.campaigns[Int($0.campaign)].name, stepsPerPricing: $0.stepsPerPricing,
        pricingCount: $0.pricingCount, stepsPerLine: $0.stepsPerLine)
    }
    cartSteps = cost.cartSteps
    sharedSteps = cost.sharedSteps
    sharedCount = cost.sharedCount
    choiceCount = cost.choiceCount
    stepsPerLine = cost.stepsPerLine
    stepsPerCart = cost.stepsPerCart
  }

  /// Places of the campaigns, the dearest first; of equal ones the earlier.
  package var dearestFirst: [Int] {
    campaigns.indices.sorted {
      let (one, other) = (campaigns[$0].stepsPerLine, campaigns[$1].stepsPerLine)
      return one != other ? one > other : $0 < $1
    }
  }
}

extension RuleSet {
  /// What pricing a cart takes at most under these rules.
  public var cost: RuleCost { RuleCost(ProgramCost(program), of: program) }

  /// The error of rules that may take longer than is allowed, at the dearest campaign.
  var costFinding: Finding? {
    let counted = ProgramCost(program)
    guard counted.isTooHigh else { return nil }
    let cost = RuleCost(counted, of: program)
    let dearest = cost.dearestFirst.prefix(3)
    guard let first = dearest.first else { return nil }
    let related = dearest.dropFirst().map { place in
      RelatedSpan(
        span: checked.campaigns[place].nameSpan,
        label: "\(inThousands(cost.campaigns[place].stepsPerLine)) steps a line")
    }
    return Finding(
      code: .tooCostly, span: checked.campaigns[first].nameSpan,
      facts: [
        "steps": inThousands(cost.stepsPerCart), "limit": inThousands(RuleCost.stepsMaximum),
        "lines": inThousands(RuleCost.lineCount),
        "own": inThousands(cost.campaigns[first].stepsPerLine),
        "dearest": dearest.map { cost.campaigns[$0].name }.joined(separator: ", "),
      ], related: related)
  }
}

/// A number with a comma before every three digits.
private func inThousands(_ number: Int) -> String {
  var text = ""
  for (index, digit) in String(number).reversed().enumerated() {
    if index > 0, index.isMultiple(of: 3) { text.append(",") }
    text.append(digit)
  }
  return String(text.reversed())
}
