/// What has happened to the units of a run.
struct RunState: Hashable, BitwiseCopyable {
  var flags = RunFlags()
  var claim = RunClaim()

  /// A deal has used them, as trigger or as reward.
  var isUsed: Bool {
    get { flags.contains(.used) }
    set { flags.set(.used, newValue) }
  }
  /// An earlier campaign lowered their price.
  var isDiscounted: Bool {
    get { flags.contains(.discounted) }
    set { flags.set(.discounted, newValue) }
  }
  /// The campaign at hand lowered their price.
  var isTouched: Bool {
    get { flags.contains(.touched) }
    set { flags.set(.touched, newValue) }
  }
  var keeper: Int32 {
    get { claim.keeper }
    set { claim.keeper = newValue }
  }
  var ownerSet: Int32 {
    get { claim.ownerSet }
    set { claim.ownerSet = newValue }
  }

  /// What of it keeps units apart when an amount is shared: not what deals have used.
  var sharing: Int64 { Int64(keeper) << 1 | (isDiscounted ? 1 : 0) }
}

/// What of a run's history every quote needs.
struct RunFlags: OptionSet, Hashable, BitwiseCopyable {
  let rawValue: UInt8
  static let used = RunFlags(rawValue: 1)
  static let discounted = RunFlags(rawValue: 2)
  static let touched = RunFlags(rawValue: 4)

  mutating func set(_ flag: RunFlags, _ isOn: Bool) {
    if isOn { formUnion(flag) } else { subtract(flag) }
  }
}

/// What of a run's history only campaigns that stack unit by unit need.
struct RunClaim: Hashable, BitwiseCopyable {
  /// The campaign whose `stack alone on items` keeps them; −1 for none.
  var keeper: Int32 = -1
  /// Who won them in the groups that compete unit by unit: an index into `Pricer.ownerSets`.
  var ownerSet: Int32 = 0
}

/// Some units of a run and what becomes of them.
struct RunSegment {
  var quantity: Int64
  var price: Int64
  var state: RunState
}
