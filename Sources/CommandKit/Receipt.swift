import LocalTime
import Money
import Promo
import RuleChecking

/// A quote as a shop would print it: aligned columns, plain words, amounts that add up.
///
/// Line totals are after items discounts; what is taken off the order, off shipping and off
/// balances follows below, so that the column of totals can be added up by hand.
struct Receipt {
  /// What is printed.
  let quote: Quote
  /// Names of lines that have one, by line id.
  let names: [String: String]
  /// The rules it was priced under.
  let rules: CheckedRules
  /// The zone of the shop; nil where the rules name none, and clocks show the cart's own.
  let zone: ZoneTable?
  /// Titles of campaigns; a campaign without one is shown by its name.
  let titles: [String: String]
  /// Campaigns one of whose codes was presented: the codes' statuses speak for them.
  let campaignsOfCodes: Set<String>
  /// Balances that hold money; others hold points.
  let moneyBalances: Set<String>
  /// Columns of the whole receipt.
  let columns: Int
  /// Whether symbols beyond ASCII will be shown as meant.
  let showsUnicode: Bool
  let style: TextStyle

  /// Offers that are shown at most; more would not be read.
  static let offersMaximum = 5

  /// A receipt of a quote, as wide as the console but no wider than is easy to read.
  init(
    _ quote: Quote, of cart: Cart, under ruleSet: RuleSet, columns: Int?,
    showsUnicode: Bool, style: TextStyle
  ) {
    self.quote = quote
    let rules = ruleSet.checked
    self.rules = rules
    zone = ruleSet.shopZone(for: quote.currency)
    titles = rules.campaigns.reduce(into: [:]) { $0[$1.name] = $1.title }
    moneyBalances = Set(rules.balances.filter(\.isMoney).map(\.name))
    let presented = Set(quote.codes.map { $0.code.utf8.map(asciiLowercase) })
    campaignsOfCodes = Set(
      rules.campaigns.filter { campaign in
        campaign.codes.contains { presented.contains(trimmed($0).utf8.map(asciiLowercase)) }
      }.map(\.name))
    self.columns = min(max(columns ?? 76, 40), 92)
    self.showsUnicode = showsUnicode
    self.style = style
    var names: [String: String] = [:]
    for (index, line) in cart.lines.enumerated() {
      names[line.id ?? String(index + 1)] = line.name
    }
    self.names = names
  }

  /// The whole receipt, every line ended.
  var text: String {
    var sections = [heading + itemTable + totals]
    sections += [savings, codes, earnings, gifts, offers, refusals].filter { !$0.isEmpty }
    return sections.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  /// What marks a text that goes on.
  var clippingMark: String { showsUnicode ? "…" : "..." }

  /// What stands between a count and what is counted.
  var times: String { showsUnicode ? "×" : "x" }

  /// A line across the receipt.
  func rule(_ character: Character = "-") -> String {
    let drawn: Character = showsUnicode ? (character == "=" ? "═" : "─") : character
    return style.dim(String(repeating: drawn, count: columns))
  }

  /// An amount with its currency's sign, or bare where the heading names the currency.
  func amount(_ money: Money) -> String {
    money.currency.isDollar
      ? AmountText.display(money.minorUnits, currency: money.currency)
      : AmountText.text(money.minorUnits, decimals: money.currency.decimals)
  }

  /// An amount that is taken off.
  func amountOff(_ money: Money) -> String {
    amount(Money(minorUnits: -money.minorUnits, currency: money.currency))
  }

  /// An amount of a balance in the words of a shopper: `$5.00 of cashback`, `108 points`.
  func balanceAmount(_ digits: ExactDecimal, of balance: String) -> String {
    let text = AmountText.text(digits.value, decimals: digits.decimals)
    guard moneyBalances.contains(balance) else {
      let isOne = digits.value == 1 && digits.decimals == 0 && balance.hasSuffix("s")
      return "\(text) \(printable(isOne ? String(balance.dropLast()) : balance))"
    }
    let money = quote.currency.isDollar ? "$\(text)" : "\(text) \(quote.currency.code)"
    return "\(money) of \(printable(balance))"
  }

  /// A campaign's title, made safe to show.
  func title(_ campaign: String) -> String { printable(titles[campaign] ?? campaign) }

  /// A moment as the shop's clocks show it.
  func local(_ instant: Instant) -> Instant {
    let offset = zone?.offset(at: instant.secondsSince1970) ?? instant.offsetSeconds
    return Instant(secondsSince1970: instant.secondsSince1970, offsetSeconds: offset)
  }

  /// The day of a moment, as the shop's clocks show it.
  func day(_ instant: Instant) -> String { String(local(instant).description.prefix(10)) }

  /// A text on the left and an amount at the right edge.
  func row(_ label: String, _ amount: String, indent: Int = 0) -> String {
    let room = columns - indent - columnCount(of: amount) - 1
    let shown = clipped(label, to: max(1, room), mark: clippingMark)
    return String(repeating: " ", count: indent) + padded(shown, to: room) + " " + amount
  }

  /// A headed list, each entry wrapped below its bullet.
  func section(_ heading: String, _ entries: [String]) -> [String] {
    guard !entries.isEmpty else { return [] }
    return [style.bold(heading)]
      + entries.flatMap { entry in
        wrapped(entry, to: columns - 4).enumerated().map {
          ($0.offset == 0 ? "  " : "    ") + $0.element
        }
      }
  }
}
