package import Money

/// A compiled expression: names are slots, constants are exact.
///
/// Conditions are decided once per cart, so a tree is fine here; what is asked of every line
/// (measures, memberships) is computed once per cart in columns and read by slot.
package indirect enum Expression: Hashable, Sendable {
  case constant(Rational)
  case constantFlag(Bool)
  case constantText(String)
  case and([Expression])
  case or([Expression])
  case not(Expression)
  /// Numbers, money, percentages, dates and days; the kind says how they are shown.
  case compare(Expression, Comparison, Expression, ValueKind)
  /// Texts and flags, of which only `=` and `!=` are asked.
  case compareSame(Expression, Comparison, Expression)
  case isOneOf(Expression, [Expression], ValueKind, isNegated: Bool)
  case isMissing(Expression, ValueKind, isNegated: Bool)
  case textTest(Expression, TextMatch, String)
  case add(Expression, Expression)
  case subtract(Expression, Expression)
  case multiply(Expression, Expression)
  case divide(Expression, Expression)
  case minimum([Expression])
  case maximum([Expression])
  case floor(Expression)
  case round(Expression)
  /// A slot of `Program.measures`.
  case measure(Int32)
  /// What a selection costs as the stage before leaves it.
  case subtotalAfterDiscounts(Int32)
  case shipping
  case attribute(Int32)
  case fact(ShopperFact)
  /// The local day in a zone of `Program.zones`; −1 is UTC.
  case today(zone: Int32)
  case weekday(zone: Int32)
  case partOfDate(DatePart, Expression)
  case daysSince(Expression, zone: Int32)
  case unit(UnitFact)
  /// A slot of `Program.memberships`.
  case unitInMembership(Int32)
  case unitInSelection(Int32)
  case unitAttribute(Int32)
}

/// How two values are compared.
package enum Comparison: String, Hashable, Sendable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  /// The comparison that holds exactly when this one does not, of values that are not missing.
  package var opposite: Comparison {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }

  /// The comparison with its sides exchanged.
  package var mirrored: Comparison {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}

/// Tests of a text; all ignore ASCII case.
package enum TextMatch: String, Hashable, Sendable {
  case contains
  case startsWith = "starts with"
  case endsWith = "ends with"
}

/// What is known of the order and the shopper without asking history.
package enum ShopperFact: Hashable, Sendable {
  case orderChannel, orderStore, orderCountry
  case customerID, customerEmail, isMember
  case inGroup([String])
}

/// A part of a date.
package enum DatePart: Hashable, Sendable { case year, month, day }

/// What is known of the unit at hand.
package enum UnitFact: Hashable, Sendable {
  case price, quantityOfSKU, sku, name, brand, vendor, onSale
}

/// What is asked of the customer's past.
package enum HistoryQuery: Hashable, Sendable {
  case visits(HistoryWindow)
  case visitNumber(HistoryWindow)
  case visitDays(HistoryWindow)
  case daysSinceLastVisit
  case spent(HistoryWindow)
  case spentIn(HistoryDimension, [String], HistoryWindow)
  case bought(HistoryDimension, [String], HistoryWindow)
  /// Redemptions of a campaign, by name.
  case redemptions(String, HistoryWindow)
}

/// What a bought line can be told apart by.
package enum HistoryDimension: Hashable, Sendable { case category, brand, tag, sku }

extension HistoryQuery {
  // Texts are told apart by their bytes; comparing strings would join those that only look alike.

  package static func == (left: HistoryQuery, right: HistoryQuery) -> Bool {
    switch (left, right) {
    case (.visits(let one), .visits(let other)), (.visitNumber(let one), .visitNumber(let other)),
      (.visitDays(let one), .visitDays(let other)), (.spent(let one), .spent(let other)):
      one == other
    case (.daysSinceLastVisit, .daysSinceLastVisit): true
    case (.spentIn(let one, let texts, let window), .spentIn(let other, let others, let second)),
      (.bought(let one, let texts, let window), .bought(let other, let others, let second)):
      one == other && window == second && texts.count == others.count
        && zip(texts, others).allSatisfy { hasSameBytes($0, $1) }
    case (.redemptions(let one, let window), .redemptions(let other, let second)):
      hasSameBytes(one, other) && window == second
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .visits(let window), .visitNumber(let window), .visitDays(let window), .spent(let window):
      hasher.combine(window)
    case .daysSinceLastVisit: break
    case .spentIn(let dimension, let texts, let window),
      .bought(let dimension, let texts, let window):
      hasher.combine(dimension)
      hasher.combine(window)
      for text in texts { for byte in text.utf8 { hasher.combine(byte) } }
    case .redemptions(let name, let window):
      hasher.combine(window)
      for byte in name.utf8 { hasher.combine(byte) }
    }
  }
}
