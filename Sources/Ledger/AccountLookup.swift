/// By what an account can be found.
public enum LookupKind: String, Hashable, Sendable, CaseIterable {
  case card
  case externalID = "external_id"
  case email
  case phone

  /// The one spelling of a text under which it is kept and looked for; nil when it can be none.
  ///
  /// Small letters and no spaces for e-mail; digits alone for phone, without a leading `00`; no
  /// spaces and hyphens for a card; an external id stands for itself, byte by byte.
  package func normal(_ text: String) -> String? {
    guard text.utf8.count <= LedgerLimits.fieldTextBytesMaximum else { return nil }
    switch self {
    case .externalID: return text.utf8.isEmpty ? nil : text
    case .card:
      let kept = text.filter { !$0.isWhitespace && $0 != "-" }
      return kept.isEmpty ? nil : kept
    case .email:
      let kept = text.filter { !$0.isWhitespace }.lowercased()
      let sides = kept.split(separator: "@", omittingEmptySubsequences: false)
      return sides.count == 2 && sides.allSatisfy { !$0.isEmpty } ? kept : nil
    case .phone:
      var digits = ""
      for character in text {
        guard let digit = character.wholeNumberValue else { continue }
        guard (0...9).contains(digit) else { return nil }
        digits += "\(digit)"
      }
      if digits.hasPrefix("00") { digits.removeFirst(2) }
      return (4...15).contains(digits.utf8.count) ? digits : nil
    }
  }
}

/// What an account must answer to; all that is given must be so.
public struct AccountQuery: Hashable, Sendable {
  /// What is looked for, by kind.
  public var terms: [LookupKind: String]

  /// A search for everything that is given.
  public init(
    card: String? = nil, externalID: String? = nil, email: String? = nil, phone: String? = nil
  ) {
    terms = [:]
    terms[.card] = card
    terms[.externalID] = externalID
    terms[.email] = email
    terms[.phone] = phone
  }
}

/// What to return of an account besides its id.
public struct AccountSelection: Hashable, Sendable {
  /// Names of fields; nil for all.
  public var fields: Set<String>?
  /// Names of balances to show as they stand.
  public var balances: Set<String>
  /// Whether card numbers are shown.
  public var hasCards: Bool

  /// A choice; nothing but the id unless told.
  public init(fields: Set<String>? = [], balances: Set<String> = [], hasCards: Bool = false) {
    self.fields = fields
    self.balances = balances
    self.hasCards = hasCards
  }
}
