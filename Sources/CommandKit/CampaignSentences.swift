import Findings
import Money
import RuleChecking
import RuleSyntax

/// A campaign told in plain sentences, one for every clause.
struct CampaignSentences {
  let rules: CheckedRules
  let campaign: CheckedCampaign
  /// Names of sets by what they stand for.
  let setNames: [SelectionID: String]
  let currency: Currency?

  /// The sentences of one campaign of a rule set.
  init(_ campaign: CheckedCampaign, of rules: CheckedRules) {
    self.rules = rules
    self.campaign = campaign
    currency = rules.files[campaign.file].currency
    var names: [SelectionID: String] = [:]
    for (name, id) in rules.sets where id != .items && id != .allItems {
      names[id] = names[id].map { min($0, name) } ?? name
    }
    setNames = names
  }

  /// All of them, in the order a reader asks: who, when, what, how often, with what else.
  var sentences: [String] {
    var all = [audience]
    if let event = campaign.event {
      all.append("It runs on the account event \(event), so no quote shows it.")
    }
    all += [codes, schedule].compactMap { $0 }
    all += conditions + effects + bounds + ordering
    if let message = campaign.message {
      all.append("When it applies, it says: \(text(of: message))")
    }
    if let hint = campaign.hint { all.append("When it is close, it says: \(text(of: hint))") }
    return all
  }

  private var audience: String {
    switch campaign.audience {
    case .everyone where campaign.event != nil: "Everyone with an account can have it."
    case .everyone where onlyEarns: "Only members can have it, because only members earn."
    case .everyone where asksForCustomer:
      "Everyone who is known by a customer id or an e-mail address can have it."
    case .everyone: "Everyone can have it."
    case .members: "Only members can have it."
    case .guests: "Only guests can have it: shoppers without a customer id and an e-mail address."
    case .groups(let groups): "Only customers in the group \(alternatives(groups)) can have it."
    case .customer(let id): "Only the customer \(quoted(id)) can have it."
    }
  }

  private var onlyEarns: Bool {
    let gives = campaign.gives.isEmpty && campaign.tiers?.rows.allSatisfy(\.gives.isEmpty) ?? true
    return gives && campaign.event == nil
  }

  /// Whether something is counted for each customer, which an anonymous guest is not.
  private var asksForCustomer: Bool {
    (campaign.limits.map(\.bound) + campaign.caps.map(\.bound)).contains { bound in
      if case .customer = bound { true } else { false }
    }
  }

  private var codes: String? {
    var sources: [String] = []
    if !campaign.codes.isEmpty { sources.append("the code \(alternatives(campaign.codes))") }
    sources += campaign.codePools.map { "an unused code of the pool \(quoted($0))" }
    guard !sources.isEmpty else { return nil }
    return "The shopper must present \(sources.joined(separator: " or "))."
  }

  private var schedule: String? {
    if campaign.isNeverActive { return "It is kept in the file and never runs." }
    let parts = campaign.schedules.map(words)
    return parts.isEmpty ? nil : "It runs \(parts.joined(separator: "; or "))."
  }

  private func words(of schedule: ScheduleSyntax) -> String {
    var parts: [String] = []
    var span: [String] = []
    switch schedule.from {
    case .date(let date): span.append("from \(words(of: date))")
    case .dateTime(let moment): span.append("from \(words(of: moment))")
    case nil: break
    }
    switch schedule.end {
    case .through(let date): span.append("through \(words(of: date)), that day included")
    case .until(let moment): span.append("until \(words(of: moment))")
    case nil: break
    }
    if !span.isEmpty { parts.append(span.joined(separator: " ")) }
    if !schedule.days.isEmpty { parts.append("on \(words(of: schedule.days))") }
    if let hours = schedule.hours {
      let night = hours.until.minuteOfDay <= hours.from.minuteOfDay ? " of the next day" : ""
      parts.append("between \(words(of: hours.from)) and \(words(of: hours.until))\(night)")
    }
    return parts.joined(separator: ", ")
  }

  /// Days in a row by their first and last, others one by one.
  private func words(of days: [Weekday]) -> String {
    let inOrder = days.sorted { $0.rawValue < $1.rawValue }
    guard let first = inOrder.first, let last = inOrder.last, days.count > 2,
      last.rawValue - first.rawValue + 1 == Set(days).count
    else { return list(inOrder.map(\.fullName), joining: "and") }
    return "\(first.fullName) to \(last.fullName)"
  }

  private var conditions: [String] {
    guard let first = campaign.conditions.first else { return [] }
    let rest = campaign.conditions.dropFirst()
    return ["It applies when \(condition(first))."]
      + rest.map { "It also needs that \(condition($0))." }
  }

  private var bounds: [String] {
    let limits = campaign.limits.map { limit in
      let often =
        switch limit.count {
        case 1: "once"
        case 2: "twice"
        default: "\(grouped(Int(clamping: limit.count))) times"
        }
      if case .code = limit.bound {
        return "Each code can be used \(often)\(period(of: limit.bound))."
      }
      return "\(subject(of: limit.bound)) can use it \(often)\(period(of: limit.bound))."
    }
    let caps = campaign.caps.map { cap in
      let most = cap.balance.map { balanceAmount(cap.amount, $0) } ?? money(cap.amount)
      let verb = cap.balance == nil ? "save" : "earn"
      return "\(subject(of: cap.bound)) can \(verb) at most \(most)\(period(of: cap.bound))."
    }
    return limits + caps
  }

  private func subject(of bound: BoundSyntax) -> String {
    switch bound {
    case .order: "An order"
    case .customer: "Each customer"
    case .code: "Each code"
    case .total: "All customers together"
    }
  }

  private func period(of bound: BoundSyntax) -> String {
    switch bound {
    case .order: ""
    case .customer(let unit), .code(let unit), .total(let unit):
      unit.map { " in each \($0.rawValue)" } ?? ""
    }
  }

  private var ordering: [String] {
    var all: [String] = []
    if campaign.usesOriginalBase {
      all.append("Its percentages are of the original prices, whatever was taken off before.")
    }
    if campaign.priority != 0 {
      let place = campaign.priority > 0 ? "before" : "after"
      all.append("Its priority is \(campaign.priority): it comes \(place) campaigns without one.")
    }
    let stacking = campaign.stacking
    if stacking.isAlone { all.append("No other discount may share an order with it.") }
    if let with = stacking.with {
      all.append(
        with.isEmpty
          ? "It shares an order with no other campaign."
          : "It shares an order only with \(list(with, joining: "and")).")
    }
    for group in stacking.bestOf {
      all.append("Of the campaigns in \(quoted(group)), an order gets the one that saves most.")
    }
    for group in stacking.bestOfOnItems {
      all.append(
        "Of the campaigns in \(quoted(group)), each unit gets the one that saves most on it.")
    }
    if stacking.isAloneOnItems {
      all.append(
        "It skips units that are already discounted, and later ones skip the units it touched.")
    }
    return all
  }

  /// The sets that the campaign speaks of by name, directly or through another set, each with what
  /// it stands for.
  var glossary: [(name: String, meaning: String)] {
    var waiting = sentences
    var meanings: [String: String] = [:]
    while let text = waiting.popLast() {
      // What stands in quotes is no name of ours.
      let unquoted = text.replacing(/"[^"]*"/, with: "")
      let words = Set(unquoted.split { !$0.isNamePart }.map(String.init))
      for (id, name) in setNames where words.contains(name) && meanings[name] == nil {
        let meaning = meaning(of: id)
        meanings[name] = meaning
        waiting.append(meaning)
      }
    }
    return meanings.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

extension Character {
  fileprivate var isNamePart: Bool { isLetter || isNumber || self == "_" }
}

extension Weekday {
  /// The day as people write it.
  var fullName: String {
    switch self {
    case .mon: "Monday"
    case .tue: "Tuesday"
    case .wed: "Wednesday"
    case .thu: "Thursday"
    case .fri: "Friday"
    case .sat: "Saturday"
    case .sun: "Sunday"
    }
  }
}
