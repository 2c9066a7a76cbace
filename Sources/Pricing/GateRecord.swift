package import Money

/// What decides most campaigns, in few bytes and without a reference: who may get it, when, and
/// where its conditions stand.
package struct GateRecord: Sendable {
  /// Seconds since 1970 before which, and from which on, it is surely closed.
  package var opens = Int64.min
  package var closes = Int64.max
  /// Uses that `limit … per order` allows.
  package var roundsMaximum = Int64.max
  /// Into `Program.tests`.
  package var tests: Range<Int32> = 0..<0
  /// Into `Program.effects`: the effects of a campaign without tiers, in the order written.
  package var effects: Range<Int32> = 0..<0
  /// The carts it serves.
  var currency = ServedCurrency()
  package var flags: GateFlags = []
  /// The stages some row of it has an effect in.
  package var stages: StageSet = []
  /// The stage whose beginning its `after discounts` reads.
  package var readStage = Stage.redeem
  /// What a campaign of one threshold counts.
  var unit: Threshold.Unit?
  package init() {}

  /// Whether it serves carts in a currency.
  @inline(__always)
  func serves(_ currency: Currency) -> Bool { self.currency.includes(currency) }

  /// Lets it serve carts in one currency only; with nil, in every one.
  package mutating func serveOnly(_ currency: Currency?) {
    self.currency = ServedCurrency(currency)
  }
}

/// One currency, or every one.
struct ServedCurrency: BitwiseCopyable, Sendable {
  /// Zero for every currency.
  private var letters: UInt32 = 0

  init(_ currency: Currency? = nil) { letters = currency?.packedLetters ?? 0 }

  @inline(__always)
  func includes(_ currency: Currency) -> Bool {
    letters == 0 || letters == currency.packedLetters
  }
}

/// What a campaign has that must be looked at.
package struct GateFlags: OptionSet, Hashable, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }
  package static let wantsCode = GateFlags(rawValue: 1)
  package static let needsIdentity = GateFlags(rawValue: 2)
  /// Some row takes something off or proposes a gift.
  package static let gives = GateFlags(rawValue: 4)
  package static let isForSome = GateFlags(rawValue: 8)
  /// It has a schedule that its two ends do not tell wholly.
  package static let hasHours = GateFlags(rawValue: 16)
  package static let hasSchedule = GateFlags(rawValue: 32)
  package static let hasBounds = GateFlags(rawValue: 64)
  package static let hasTiers = GateFlags(rawValue: 128)
  package static let hasLateTests = GateFlags(rawValue: 256)
  package static let restricts = GateFlags(rawValue: 512)
  package static let runsOnEvent = GateFlags(rawValue: 1024)
  package static let earns = GateFlags(rawValue: 2048)
  /// Its lines are told apart by what other campaigns did to them.
  package static let stacksOnItems = GateFlags(rawValue: 4096)
  package static let usesOriginalBase = GateFlags(rawValue: 8192)
  /// One threshold of a measure, its schedule's two ends and its currency are all that gates it.
  package static let isOneThreshold = GateFlags(rawValue: 16384)
  /// Its audience is members of some groups.
  package static let isForGroups = GateFlags(rawValue: 32768)
  /// Some row proposes a gift.
  package static let hasGifts = GateFlags(rawValue: 65536)

  /// Caps, limits or original prices have a part in what it gives.
  static let bounded: GateFlags = [.hasBounds, .usesOriginalBase]
  /// What a campaign gated by one threshold has none of.
  package static let beyondOneThreshold: GateFlags = [
    .wantsCode, .needsIdentity, .isForSome, .hasHours, .hasBounds, .hasTiers, .hasLateTests,
    .runsOnEvent,
  ]
}

/// One part of a condition.
package struct TestRecord: Sendable {
  package enum Kind: Sendable {
    /// A measure that should reach a whole number.
    case reaches
    /// A measure that should be a whole number.
    case equals
    /// Whatever the expression says.
    case expression
  }
  package var kind: Kind
  /// Whether it reads prices after discounts.
  package var isLate: Bool
  /// What is missing when it does not hold; nil where that cannot be told.
  package var unit: Threshold.Unit?
  package var measure: Int32
  /// For `reaches` the least number that does.
  package var constant: Int64
  /// For `reaches` whether the number before it was written, to be passed.
  package var isStrict = false
  package init(
    kind: Kind, isLate: Bool, unit: Threshold.Unit?, measure: Int32, constant: Int64
  ) {
    self.kind = kind
    self.isLate = isLate
    self.unit = unit
    self.measure = measure
    self.constant = constant
  }
}

/// Some of the stages.
package struct StageSet: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }
  /// The set of one stage.
  package init(_ stage: Stage) { rawValue = 1 << UInt8(stage.rawValue) }

  func contains(_ stage: Stage) -> Bool { !isDisjoint(with: StageSet(stage)) }
}

/// An effect that needs nothing computed; most are one of these.
package struct EffectRecord: Sendable {
  package enum Kind: Sendable {
    /// A fraction off every unit of a selection.
    case fractionOffUnits
    /// A fraction off the cheapest unit of every so many of a selection.
    case fractionOffGroups
    /// A fraction of what the order costs.
    case fractionOffOrder
    /// Minor units off the order.
    case moneyOffOrder
    /// Whatever the plan says.
    case plan
  }
  package var kind: Kind
  package var stage: Stage?
  package var selection: Int32 = 0
  /// For a fraction off groups how many units make one.
  var groupSize: Int64 = 0
  /// Between zero and one, or minor units over one.
  package var amount: Rational = .zero
  /// For a fraction off units or groups, the fraction made ready; nil where it is too fine.
  var cut: UnitFraction?
  package init(kind: Kind, stage: Stage?) {
    self.kind = kind
    self.stage = stage
  }

  /// Makes it a fraction off every unit of a selection.
  package mutating func become(fraction: Rational, off selection: Int32, rounding: Rounding) {
    kind = .fractionOffUnits
    self.selection = selection
    amount = fraction
    cut = UnitFraction(off: fraction, rounding: rounding)
  }

  /// Makes it a fraction off the cheapest of every so many units of a selection.
  mutating func become(
    fraction: Rational, offEvery groupSize: Int64, of selection: Int32, rounding: Rounding
  ) {
    become(fraction: fraction, off: selection, rounding: rounding)
    kind = .fractionOffGroups
    self.groupSize = groupSize
  }
}
