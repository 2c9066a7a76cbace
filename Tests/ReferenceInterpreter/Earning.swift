import LocalTime
import Promo
import RuleSyntax

/// What one campaign earns of one balance on one set of terms.
struct Earning {
  let balance: Balance
  let availableAt: Instant
  let expiresAt: Instant?
  var exact: Rational
}

/// A multiplier that holds for this order.
struct Multiplier {
  /// Its campaign's place in file order.
  let campaign: Int
  let balance: String
  let factor: Rational
  let lines: [Int]
}

/// The base of an earning: money or units, line by line.
private struct Base {
  var byLine: [Int: Int64]
  /// Shipping, which no line holds.
  var besides: Int64 = 0
  var total: Int64 { byLine.values.reduce(besides, +) }
}

extension Scene {
  func multipliers(of campaign: Campaign, row: Int?) throws(Failure) -> [Multiplier] {
    var multipliers: [Multiplier] = []
    for earn in campaign.earns(row: row) {
      guard case .times(let balance, let factor, let source) = earn.kind else { continue }
      let all = cart.lines.indices.filter { cart.lines[$0].gift == nil }
      multipliers.append(
        Multiplier(
          campaign: campaign.position, balance: book.balance(balance.text)?.name ?? balance.text,
          factor: try number(factor),
          lines: try source.map { source throws(Failure) in try lines(of: source) } ?? all))
    }
    return multipliers
  }

  /// What a campaign earns, summed exactly by balance and terms; `used` gathers the campaigns whose
  /// multipliers raised it.
  func earnings(
    of campaign: Campaign, row: Int?, _ multipliers: [Multiplier], shipping: Int64,
    used: inout Set<Int>
  ) throws(Failure) -> [Earning] {
    var earnings: [Earning] = []
    for earn in campaign.earns(row: row) {
      guard let name = earn.balanceName, let balance = book.balance(name) else { continue }
      let others = multipliers.filter {
        $0.campaign != campaign.position && $0.balance == balance.name
      }
      let exact = try exactAmount(earn, balance, others, shipping: shipping, used: &used)
      let available = earn.after.map { advanced(today, by: $0) } ?? today
      let term = earn.expiresIn ?? balance.expiresIn
      let earning = Earning(
        balance: balance,
        availableAt: earn.after == nil ? at : zone.instant(of: available, second: 0),
        expiresAt: term.map { zone.instant(of: advanced(available, by: $0), second: 0) },
        exact: exact)
      let known = earnings.firstIndex {
        $0.balance.name == balance.name && $0.availableAt == earning.availableAt
          && $0.expiresAt == earning.expiresAt
      }
      if let known {
        earnings[known].exact = try earnings[known].exact + exact
      } else {
        earnings.append(earning)
      }
    }
    return earnings
  }

  private func exactAmount(
    _ earn: EarnSyntax, _ balance: Balance, _ multipliers: [Multiplier], shipping: Int64,
    used: inout Set<Int>
  ) throws(Failure) -> Rational {
    func rated(
      _ base: Base, used: inout Set<Int>, _ rate: (Int64) throws(Failure) -> Rational
    ) throws(Failure) -> Rational {
      var sum = try rate(base.total)
      var byFactor: [(factor: Rational, base: Int64, campaigns: Set<Int>)] = []
      for line in base.byLine.keys.sorted() {
        let covering = multipliers.filter { $0.lines.contains(line) && $0.factor > .one }
        guard let best = covering.map(\.factor).max() else { continue }
        let campaigns = Set(covering.filter { $0.factor == best }.map(\.campaign))
        let index = byFactor.firstIndex { $0.factor == best } ?? byFactor.count
        if index == byFactor.count { byFactor.append((best, 0, [])) }
        byFactor[index].base += base.byLine[line] ?? 0
        byFactor[index].campaigns.formUnion(campaigns)
      }
      for (factor, covered, campaigns) in byFactor {
        let more = try (factor - .one) * rate(covered)
        if more > .zero { used.formUnion(campaigns) }
        sum = try sum + more
      }
      return sum
    }
    switch earn.kind {
    case .fixed(let count, _): return Rational(count.value)
    case .money(let money, _): return try minorUnits(money)
    case .perAmount(let count, _, let per, let base):
      let per = try minorUnits(per)
      return try rated(try self.base(base, shipping), used: &used) { covered throws(Failure) in
        try Rational(covered).wholeTimes(per) * Rational(count.value)
      }
    case .perUnits(let count, _, let per, let source):
      var base = Base(byLine: [:])
      for line in try lines(of: source) { base.byLine[line] = cart.lines[line].quantity }
      return try rated(base, used: &used) { covered throws(Failure) in
        try Rational(covered).wholeTimes(Rational(per.value)) * Rational(count.value)
      }
    case .percent(let percent, let base, _):
      let fraction = try Rational(
        digits: percent.digits.value, decimals: percent.digits.decimals + 2)
      return try rated(try self.base(base, shipping), used: &used) { covered throws(Failure) in
        try fraction * Rational(covered)
      }
    case .times: return .zero
    }
  }

  private func base(_ base: EarnSyntax.Base, _ shipping: Int64) throws(Failure) -> Base {
    let lines: [Int]
    var besides: Int64 = 0
    switch base {
    case .order(let withShipping):
      lines = cart.lines.indices.filter { cart.lines[$0].gift == nil }
      besides = withShipping ? shipping : 0
    case .source(let source): lines = try self.lines(of: source)
    }
    let earning = lines.filter { !cart.lines[$0].isGiftCard }
    return Base(
      byLine: Dictionary(uniqueKeysWithValues: earning.map { ($0, costs[$0]) }), besides: besides)
  }
}

extension Rational {
  /// How often another figure fits whole.
  fileprivate func wholeTimes(_ other: Rational) throws(Failure) -> Rational {
    try Rational((self / other).floor, over: 1)
  }
}

extension EarnSyntax {
  /// The balance it adds to; a multiplier adds to none.
  fileprivate var balanceName: String? {
    switch kind {
    case .fixed(_, let name), .perAmount(_, let name, _, _), .perUnits(_, let name, _, _),
      .percent(_, _, let name), .money(_, let name):
      name.text
    case .times: nil
    }
  }
}
