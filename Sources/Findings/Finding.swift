/// How much a finding matters: an error keeps its campaign out, a warning does not.
public enum Severity: String, Hashable, Sendable {
  case error, warning
}

/// The stable name of a kind of finding, such as `P0231`; its meaning never changes.
public struct FindingCode: RawRepresentable, Hashable, Sendable {
  /// The name, `P` and four digits.
  public let rawValue: String
  /// A code from its name.
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// A second place that a finding points at, with what it is.
public struct RelatedSpan: Hashable, Sendable {
  /// Where.
  public var span: SourceSpan
  /// What stands there, in the rule author's words.
  public var label: String
  /// A place and what stands there.
  public init(span: SourceSpan, label: String) {
    self.span = span
    self.label = label
  }
}

/// A replacement of text that mends a finding; what it gives parses.
public struct Repair: Hashable, Sendable {
  /// One stretch to replace; an empty stretch inserts.
  public struct Edit: Hashable, Sendable {
    /// What is replaced.
    public var span: SourceSpan
    /// What stands there afterwards.
    public var replacement: String
    /// A replacement of one stretch.
    public init(span: SourceSpan, replacement: String) {
      self.span = span
      self.replacement = replacement
    }
  }

  /// What the repair does, such as ``write `$100` ``.
  public var title: String
  /// The edits, in ascending order, none overlapping.
  public var edits: [Edit]
  /// Whether `check --fix` may apply it without a look; one of two readings is never applied alone.
  public var isSafe: Bool

  /// A repair of one or more edits.
  public init(title: String, edits: [Edit], isSafe: Bool) {
    self.title = title
    self.edits = edits
    self.isSafe = isSafe
  }
}

/// One problem in a rule file: facts only, the words are made by the renderer.
public struct Finding: Hashable, Sendable {
  /// What kind of problem.
  public var code: FindingCode
  /// Error or warning.
  public var severity: Severity
  /// The exact place.
  public var span: SourceSpan
  /// What the words of this kind are filled with, such as `expected: money`, `found: count`.
  public var facts: [String: String] {
    get { keptFacts.all }
    set { keptFacts = KeptFacts(newValue) }
  }
  private var keptFacts: KeptFacts
  /// Up to two further places.
  public var related: [RelatedSpan]
  /// Ways to mend it, the likeliest first; more than one where there are several readings.
  public var repairs: [Repair]

  /// A problem at a place.
  public init(
    code: FindingCode, severity: Severity = .error, span: SourceSpan, facts: [String: String] = [:],
    related: [RelatedSpan] = [], repairs: [Repair] = []
  ) {
    self.code = code
    self.severity = severity
    self.span = span
    keptFacts = KeptFacts(facts)
    self.related = related
    self.repairs = repairs
  }

  /// A warning with a single fact, of which a rule set may have very many.
  package init(warning code: FindingCode, span: SourceSpan, fact: String, _ text: String) {
    self.code = code
    severity = .warning
    self.span = span
    keptFacts = .one(fact, text)
    related = []
    repairs = []
  }
}

/// Facts; most findings have one, which needs no dictionary.
private enum KeptFacts: Hashable, Sendable {
  case none
  case one(String, String)
  indirect case many([String: String])

  init(_ facts: [String: String]) {
    if facts.count > 1 {
      self = .many(facts)
    } else if let (name, text) = facts.first {
      self = .one(name, text)
    } else {
      self = .none
    }
  }

  var all: [String: String] {
    switch self {
    case .none: [:]
    case .one(let name, let text): [name: text]
    case .many(let facts): facts
    }
  }
}
