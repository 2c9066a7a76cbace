import Findings
import RuleSyntax

extension Checker {
  /// Finds the placeholders of a text for the shopper; nil after a mistake.
  mutating func lowerTemplate(_ literal: TextLiteral) -> CheckedTemplate? {
    var parts: [CheckedTemplate.Part] = []
    var plain: [UInt8] = []
    var isWhole = true
    func close(_ plain: inout [UInt8], _ parts: inout [CheckedTemplate.Part]) {
      if !plain.isEmpty { parts.append(.text(String(decoding: plain, as: UTF8.self))) }
      plain = []
    }
    var rest = Array(literal.text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "{") else {
        plain.append(byte)
        continue
      }
      if rest.first == UInt8(ascii: "{") {
        plain.append(byte)
        rest = rest.dropFirst()
        continue
      }
      guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else {
        report(.placeholderNotClosed, at: place(of: "{", in: literal, last: true))
        return nil
      }
      let name = String(decoding: rest[..<end], as: UTF8.self)
      rest = rest[(end + 1)...]
      close(&plain, &parts)
      if let part = Checker.placeholders[name] {
        parts.append(part)
      } else {
        reportPlaceholder(name, in: literal)
        isWhole = false
      }
    }
    close(&plain, &parts)
    return isWhole ? CheckedTemplate(parts: parts) : nil
  }

  private static let placeholders: [String: CheckedTemplate.Part] = [
    "saved": .saved, "missing": .missing, "title": .title, "code": .code,
    "remaining_uses": .remainingUses,
  ]

  private mutating func reportPlaceholder(_ name: String, in literal: TextLiteral) {
    let span = place(of: "{\(name)}", in: literal)
    var facts = ["name": name]
    var repairs: [Repair] = []
    if let nearest = nearestName(to: name, among: Checker.placeholders.keys) {
      facts["nearest"] = nearest
      if text(of: span) == "{\(name)}" {
        repairs = [Checker.replace(span, with: "{\(nearest)}", isSafe: true)]
      }
    }
    report(.unknownPlaceholder, at: span, facts, repairs: repairs)
  }

  /// Where a piece of a text stands in the file; the whole text where escapes hide it.
  private func place(
    of piece: String, in literal: TextLiteral, last: Bool = false
  ) -> SourceSpan {
    let raw = Array(text(of: literal.span).utf8)
    let wanted = Array(piece.utf8)
    guard raw.count >= wanted.count else { return literal.span }
    let starts = 0...(raw.count - wanted.count)
    let found =
      last
      ? starts.last { raw[$0..<$0 + wanted.count].elementsEqual(wanted) }
      : starts.first { raw[$0..<$0 + wanted.count].elementsEqual(wanted) }
    guard let found else { return literal.span }
    let start = literal.span.start + Int32(found)
    return SourceSpan(
      file: literal.span.file, start: start, end: start + Int32(wanted.count))
  }

  /// `{missing}` may stand only where a threshold of the campaign can fill it.
  mutating func checkMissing(_ campaign: CheckedCampaign, _ syntax: CampaignSyntax) {
    let hasTiers = campaign.tiers.map { $0.by.isThresholdValue } ?? false
    let hasThreshold = campaign.conditions.contains { condition in
      condition.conjuncts.contains(where: \.isThreshold)
    }
    for clause in syntax.clauses {
      switch clause.kind {
      case .hint(let literal):
        if !hasTiers, !hasThreshold { refuseMissing(campaign.hint, in: literal) }
      case .message(let literal): if !hasTiers { refuseMissing(campaign.message, in: literal) }
      default: break
      }
    }
  }

  private mutating func refuseMissing(_ template: CheckedTemplate?, in literal: TextLiteral) {
    guard let template, template.parts.contains(.missing) else { return }
    report(.nothingMissing, at: place(of: "{missing}", in: literal))
  }
}

extension CheckedExpression {
  /// The parts of a condition that must all hold; nested `and`s are looked through.
  var conjuncts: [CheckedExpression] {
    guard case .and(let all) = kind else { return [self] }
    return all.flatMap(\.conjuncts)
  }

  /// A value of which a shopper can be told how much is missing.
  var isThresholdValue: Bool {
    switch kind {
    case .quantity, .kinds, .subtotal, .visits, .visitNumber, .visitDays, .spent, .bought,
      .redemptions, .balance, .daysSinceLastVisit:
      true
    default: false
    }
  }

  /// Whether it compares such a value with a constant that the value must reach.
  var isThreshold: Bool {
    guard case .comparison(let left, let operation, let right) = kind else { return false }
    switch operation {
    case .equal:
      return left.isThresholdValue && right.isConstant || right.isThresholdValue && left.isConstant
    case .greater, .greaterOrEqual: return left.isThresholdValue && right.isConstant
    case .less, .lessOrEqual: return right.isThresholdValue && left.isConstant
    case .notEqual: return false
    }
  }

  var isConstant: Bool {
    if case .constant = kind { true } else { false }
  }
}
