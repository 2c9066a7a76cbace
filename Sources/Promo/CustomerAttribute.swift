public import Money
import Pricing
import RuleChecking

/// An attribute of customers that the rules declare.
public struct CustomerAttribute: Hashable, Sendable {
  /// What it holds.
  public enum Kind: Hashable, Sendable { case text, flag, number, date }

  /// Its name.
  public var name: String
  /// What it holds; amounts and percentages are numbers.
  public var kind: Kind
}

extension RuleSet {
  /// The attributes of customers that conditions may read, in the order declared.
  public var customerAttributes: [CustomerAttribute] {
    program.attributes.filter { $0.owner == .customer }.map { plan in
      let kind: CustomerAttribute.Kind =
        switch plan.kind {
        case .text: .text
        case .flag: .flag
        case .number, .count, .money, .percent: .number
        case .date: .date
        }
      return CustomerAttribute(name: plan.name, kind: kind)
    }
  }
}

extension RuleSet {
  /// The title of a campaign; nil for an unknown one.
  public func title(of campaign: String) -> String? {
    program.campaign(named: campaign).map { program.campaigns[Int($0)].title }
  }

  /// The currencies that the files name, each once, in their order.
  public var currencies: [Currency] {
    var found: [Currency] = []
    for case .some(let currency) in checked.files.map(\.currency) where !found.contains(currency) {
      found.append(currency)
    }
    return found
  }
}
