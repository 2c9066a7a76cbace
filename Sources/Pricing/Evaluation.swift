package import Money

/// What pricing a cart came to, by index; texts are made from it outside.
package struct Evaluation: Sendable {
  let runs: RunSnapshot
  /// Every cent of discount, in order of application; one campaign may stand more than once for a
  /// line and a stage.
  package var entries: [DiscountEntry] = []
  package var shippingDiscount: Int64 = 0
  /// What is answered of campaigns, in the order of the files.
  package var verdicts: [CampaignVerdict] = []
  package var redeemed: [BalanceGrant] = []
  package var payments: [BalanceGrant] = []
  package var earned: [EarnedAmount] = []
  package var isProven = true
  /// Gift lines whose campaign does not give them.
  package var withdrawnLines: [Int32] = []
  package var work = WorkCount()

  /// What is said of a campaign; nil when nothing is.
  package func verdict(_ campaign: Int32) -> Verdict? {
    var (low, high) = (0, verdicts.count)
    while low < high {
      let middle = low + (high - low) / 2
      if verdicts[middle].campaign < campaign { low = middle + 1 } else { high = middle }
    }
    return low < verdicts.count && verdicts[low].campaign == campaign ? verdicts[low].verdict : nil
  }

  /// The prices of a line that is no gift.
  package func line(_ line: Int32) -> LineResult {
    var result = LineResult()
    var run = runs.firstRun(line)
    while run >= 0 {
      result.add(runs.quantity(run), at: runs.price(run))
      result.orderShare += runs.orderShare(run)
      result.redeemedShare += runs.redeemedShare(run)
      run = runs.nextRun(run)
    }
    result.sortUnits()
    return result
  }
}

/// What is said of one campaign.
package struct CampaignVerdict: Sendable {
  package var campaign: Int32
  package let verdict: Verdict
  /// Whether it is answered; else it is kept for what it says of a code.
  package let isListed: Bool
  /// Whether the verdict is a refusal, known without a copy of it.
  package let isRefused: Bool

  init(campaign: Int32, verdict: Verdict, isListed: Bool) {
    self.campaign = campaign
    self.verdict = verdict
    self.isListed = isListed
    if case .refused = verdict { isRefused = true } else { isRefused = false }
  }
}

/// How much was done for a quote, counted so that tests can hold its growth.
package struct WorkCount: Sendable {
  /// Choices and single campaigns that were priced from the cart on.
  package var pricingCount = 0
  /// Runs of units that were looked at to fill the slots of bundles.
  package var bundleStepCount = 0
  /// Lines that were looked at to find which of them a selection holds, and what they come to.
  package var lineCount = 0
}

/// The prices of one line.
package struct LineResult: Sendable {
  /// From the dearest down; no two at one price.
  package var units: [(quantity: Int64, price: Int64)] = []
  package var orderShare: Int64 = 0
  package var redeemedShare: Int64 = 0

  /// Adds units at a price.
  mutating func add(_ quantity: Int64, at price: Int64) {
    if let place = units.firstIndex(where: { $0.price == price }) {
      units[place].quantity += quantity
    } else {
      units.append((quantity, price))
    }
  }

  mutating func sortUnits() { if units.count > 1 { units.sort { $0.price > $1.price } } }
}

/// What one campaign or balance took off one line in one stage.
package struct DiscountEntry: BitwiseCopyable, Sendable {
  package var line: Int32
  /// A campaign, or in the stage `redeem` a balance.
  package var source: Int32
  package var stage: Stage
  package var amount: Int64
}

/// A balance taken, and the minor units it stands for.
package struct BalanceGrant: Sendable {
  package var balance: Int32
  package var amount: Int64
  package var value: Int64
}

/// What a campaign earns of one balance at one time.
package struct EarnedAmount: Sendable {
  package var campaign: Int32
  package var balance: Int32
  package var amount: Int64
  package var clipped: Int64
  package var after: CalendarTerm?
  package var expiresIn: CalendarTerm?
}

/// What a campaign came to.
package enum Verdict: Sendable {
  case applied(Application)
  /// It only earned, or its multiplier raised what others earned.
  /// It earned; `code` is the index of the code that let it in, into the shopper's codes.
  case earnedOnly(code: Int?)
  case refused(Refusal)
}

/// A campaign that gave something.
package struct Application: Sendable {
  package var discount: Int64
  package var times: Int64
  package var isCapped: Bool
  /// The gifts still to be added, as (sku, quantity).
  package var gifts: [(sku: String, quantity: Int64)] = []
  /// What is missing for the next row of its tiers.
  package var missing: MissingAmount?
  /// The index of the code that let it in, into the shopper's codes.
  package var code: Int?
  package var remainingUses: Int64?
}

/// A campaign that gave nothing.
package struct Refusal: Sendable {
  package enum Reason: BitwiseCopyable, Sendable {
    case currency, declined, audience, code, schedule, limit, cap, condition, stacking
    case nothingToGive, error
  }
  package var reason: Reason
  package var detail: ComparisonDetail?
  package var missing: MissingAmount?
  package var against: [Int32] = []
  package var saving: Int64?
  /// For the reason schedule: whether it is still to come or over.
  package var phase: SchedulePhase = .other
  package var code: Int?
  package var remainingUses: Int64?
}

/// Where a schedule that does not hold stands.
package enum SchedulePhase: BitwiseCopyable, Sendable { case notYet, expired, other }

/// What is missing for a threshold.
package struct MissingAmount: BitwiseCopyable, Sendable {
  package var amount: Int64
  package var unit: Threshold.Unit
}

/// The values a comparison compared; nil stands for a missing one.
package struct ComparisonDetail: Sendable {
  package var left: ComparedValue?
  package var comparison: String
  package var right: ComparedValue?
}

/// A value as it was compared; it is written out only when somebody reads it.
package enum ComparedValue: Sendable {
  case text(String)
  case number(Rational, ValueKind)

  /// The value as people read it.
  package func text(currency: Currency) -> String {
    switch self {
    case .text(let text): text
    case .number(let number, let kind): numberText(number, kind, currency: currency)
    }
  }
}
