public import Findings
public import LocalTime
package import Pricing
package import RuleChecking
import RuleCompiler
import RuleSyntax

/// A merchant's rules, checked and compiled, ready to price carts.
///
/// ```swift
/// let rules = try RuleSet(sources: [RuleSource(path: "spring.promo", text: text)])
/// let quote = try rules.quote(cart, at: now)
/// ```
///
/// It is a value: copies share storage, and any number of threads may ask it at once. The same
/// cart at the same moment gives the same quote, on any machine.
public struct RuleSet: Sendable {
  /// All there is to a rule set, behind one reference: every cart takes a copy, on many threads.
  final class Content: Sendable {
    let identity: LateIdentity
    let warnings: [Finding]
    let files: [SourceFile]
    let checked: CheckedRules
    let program: Program
    /// Storage in which carts are priced, shared by all copies.
    let tills = TillRow()

    init(
      identity: LateIdentity, warnings: [Finding], files: [SourceFile], checked: CheckedRules,
      program: Program
    ) {
      self.identity = identity
      self.warnings = warnings
      self.files = files
      self.checked = checked
      self.program = program
    }
  }

  let content: Content
  /// `sha256:` and the digest of the files, which every quote carries.
  public var identity: String { content.identity.text }
  /// What was noticed and is no error.
  public var warnings: [Finding] { content.warnings }
  /// The files, for showing findings.
  public var files: [SourceFile] { content.files }
  /// What the rules mean, for tests and explanations.
  package var checked: CheckedRules { content.checked }
  package var program: Program { content.program }

  /// Checks and compiles rule files; names are unique over all of them.
  ///
  /// - Throws: `RuleSetError` when any file has an error, with all findings of all files.
  public init(sources: [RuleSource]) throws(RuleSetError) {
    let compilation = RuleSet.compile(sources: sources)
    guard !compilation.hasErrors else {
      throw RuleSetError(findings: compilation.findings, files: compilation.files)
    }
    self = compilation.rules
  }

  /// Checks and compiles one rule text.
  ///
  /// - Throws: `RuleSetError` when the text has an error, with all its findings.
  public init(text: String, path: String = "rules.promo") throws(RuleSetError) {
    try self.init(sources: [RuleSource(path: path, text: text)])
  }

  /// Checks rule files and compiles every campaign that no error touches.
  ///
  /// - Parameters:
  ///   - sources: The files of the rule set; names are unique over all of them.
  ///   - today: The day against which a schedule counts as over; nil asks for no warning.
  public static func compile(sources: [RuleSource], today: CivilDate? = nil) -> RuleCompilation {
    let files = sources.map { SourceFile(path: $0.path, bytes: $0.bytes) }
    var lists: [String: [String]] = [:]
    for source in sources {
      for (name, bytes) in source.lists { lists[name] = RuleSource.skus(inList: bytes) }
    }
    let checked = check(files, lists: lists, today: today)
    let findings = RuleChecker.proved(checked.findings, in: files) { files in
      check(files, lists: lists, today: today).findings.count { $0.severity == .error }
    }
    let rules = RuleSet(
      identity: LateIdentity(of: sources), findings: findings, files: files,
      checked: checked.rules)
    let all = rules.costFinding.map { inOrder(findings + [$0]) } ?? findings
    return RuleCompilation(rules: rules, findings: all, files: files)
  }

  /// Parses and checks files as one rule set.
  private static func check(
    _ files: [SourceFile], lists: [String: [String]], today: CivilDate?
  ) -> (rules: CheckedRules, findings: [Finding]) {
    if let checked = checkOutlines(files, lists: lists, today: today) { return checked }
    var findings: [Finding] = []
    var parsed: [(source: SourceFile, tree: SyntaxFile)] = []
    for (index, file) in files.enumerated() {
      let result = parse(file, index: Int32(index))
      findings += result.findings
      parsed.append((file, result.tree))
    }
    let checked = RuleChecker.check(
      parsed, lists: lists, today: today,
      isComplete: !findings.contains { $0.severity == .error }, syntaxFindings: findings,
      knowsTimezone: { TimeZones.table(for: $0) != nil })
    findings += checked.findings
    return (checked.rules, inOrder(findings))
  }

  /// Checks files in which the parser has nothing to find; nil for any other.
  private static func checkOutlines(
    _ files: [SourceFile], lists: [String: [String]], today: CivilDate?
  ) -> (rules: CheckedRules, findings: [Finding])? {
    var outlined: [(source: SourceFile, tree: SyntaxFile)] = []
    for (index, file) in files.enumerated() {
      guard let tree = outline(file, index: Int32(index)) else { return nil }
      outlined.append((file, tree))
    }
    return RuleChecker.check(
      outlines: outlined, lists: lists, today: today,
      knowsTimezone: { TimeZones.table(for: $0) != nil })
  }

  private static func inOrder(_ findings: [Finding]) -> [Finding] {
    let isSorted = findings.indices.dropFirst().allSatisfy {
      !standsEarlier(findings[$0], findings[$0 - 1])
    }
    return isSorted ? findings : findings.sorted(by: standsEarlier)
  }

  private static func standsEarlier(_ left: Finding, _ right: Finding) -> Bool {
    left.span.file != right.span.file
      ? left.span.file < right.span.file : left.span.start < right.span.start
  }

  private init(
    identity: LateIdentity, findings: [Finding], files: [SourceFile], checked: CheckedRules
  ) {
    let hasErrors = findings.hasErrors
    var zones: [String: ZoneTable] = [:]
    for case .some(let name) in checked.files.map(\.timezone) {
      zones[name] = TimeZones.table(for: name)
    }
    content = Content(
      identity: identity,
      warnings: hasErrors ? findings.filter { $0.severity == .warning } : findings,
      files: files, checked: checked, program: RuleCompiler.compile(checked, zones: zones))
  }

  /// Prices a cart: new prices, what saved how much, and why the rest did not.
  ///
  /// - Parameters:
  ///   - cart: Prices before our discounts; checked first, as JSON is.
  ///   - at: The moment of the quote. It decides schedules and windows; no clock is read.
  /// - Throws: `CartError` when the cart cannot be priced; never because of a campaign.
  public func quote(_ cart: Cart, at: Instant) throws(CartError) -> Quote {
    try cart.validate()
    try CartValidator(currency: cart.currency).moment(at, "/at")
    return try quote(validated: cart, at: at)
  }

  /// Prices a cart that has been checked, as every cart read from JSON has.
  package func quote(validated cart: Cart, at: Instant) throws(CartError) -> Quote {
    try content.tills.withTill(content.program) { till throws(CartError) in
      var warnings: [String] = []
      till.pricer.cart.load(
        cart, program: content.program, labels: &till.labels, warnings: &warnings)
      till.pricer.shopper = try ShopperFacts(
        cart, program: content.program, warnings: &warnings)
      till.pricer.price(now: at.secondsSince1970, explains: Explanation(cart.explain))
      let writer = QuoteWriter(
        content: content, cart: cart, shopper: till.pricer.shopper,
        evaluation: till.pricer.evaluation(), at: at)
      return writer.quote(warnings: warnings)
    }
  }
}

/// What compiling rule files came to.
public struct RuleCompilation: Sendable {
  /// Every campaign that no error touches.
  public let rules: RuleSet
  /// Errors and warnings of all files, in the order of the text.
  public let findings: [Finding]
  /// The files, for showing findings.
  public let files: [SourceFile]

  /// Whether any finding is an error.
  public var hasErrors: Bool { findings.hasErrors }
}

extension [Finding] {
  /// Whether any of them is an error; read where they lie, since there may be very many.
  fileprivate var hasErrors: Bool {
    let findings = span
    for place in findings.indices where findings[place].severity == .error { return true }
    return false
  }
}

/// Why rule files do not make a rule set: every finding of all of them.
public struct RuleSetError: Error, Sendable, CustomStringConvertible {
  /// Errors and warnings, in the order of the text.
  public let findings: [Finding]
  /// The files, for showing findings.
  public let files: [SourceFile]

  /// The findings as people read them.
  public var description: String {
    FindingRenderer(files: files, useColor: false).human(findings)
  }
}

extension Explanation {
  init(_ explain: Cart.Explanation) {
    self =
      switch explain {
      case .none: .none
      case .near: .near
      case .all: .all
      }
  }
}
