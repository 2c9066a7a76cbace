extension CaseBlock {
  /// Reads the block as carts to be priced under rules.
  ///
  /// - Throws: `CaseFileError` for a section that is unknown or out of its order, and for a claim
  ///   that the sections do not bear out.
  func promotionCase() throws(CaseFileError) -> ConformanceCase {
    let source = try source(allowing: ["source", "peculiar"])
    let claim = try claim()
    var rules: String?
    var steps: [ConformanceCase.Step] = []
    for section in sections {
      switch section.name {
      case "rules":
        guard rules == nil else { throw error("\(id) has rules twice", at: section.place) }
        rules = section.lines.joined(separator: "\n")
      case "cart":
        steps.append(ConformanceCase.Step(cart: section.lines.joined(separator: "\n")))
      case "expect":
        if steps.isEmpty { steps.append(ConformanceCase.Step(cart: nil)) }
        guard steps[steps.count - 1].expected.isEmpty else {
          throw error("a second `expect` needs a cart of its own", at: section.place)
        }
        steps[steps.count - 1].expected = try expectations(section)
      case "ours":
        guard !steps.isEmpty, steps[steps.count - 1].ours.isEmpty else {
          throw error("`ours` stands once, after its `expect`", at: section.place)
        }
        steps[steps.count - 1].ours = try expectations(section)
      case "note", "difference", "unsupported": break
      default: throw error("`\(section.name)` is no section", at: section.place)
      }
    }
    try check(rules: rules, steps: steps, claim: claim)
    return ConformanceCase(
      id: id, source: source, isPeculiar: has("peculiar"), place: place,
      content: .promotion(rules: rules, steps: steps), claim: claim)
  }

  private func expectations(_ section: Section) throws(CaseFileError) -> [Expectation] {
    var expectations: [Expectation] = []
    for (text, place) in section.filled {
      expectations.append(try Expectation(text, at: place))
    }
    guard !expectations.isEmpty else {
      throw error("`\(section.name)` expects nothing", at: section.place)
    }
    return expectations
  }

  private func check(
    rules: String?, steps: [ConformanceCase.Step], claim: ConformanceCase.Claim
  ) throws(CaseFileError) {
    if case .unsupported = claim, rules == nil, steps.isEmpty { return }
    guard rules != nil else { throw error("\(id) has no rules") }
    guard !steps.isEmpty else { throw error("\(id) expects nothing") }
    for step in steps {
      guard !step.expected.isEmpty else { throw error("a cart of \(id) expects nothing") }
      if step.cart == nil, let one = (step.expected + step.ours).first(where: \.needsQuote) {
        throw error("`\(one.text)` needs a cart", at: one.place)
      }
    }
    let tellsOurs = steps.contains { !$0.ours.isEmpty }
    if case .difference = claim {
      guard tellsOurs else { throw error("\(id) does not say what ours is") }
    } else if tellsOurs {
      throw error("\(id) says what ours is, and no difference")
    }
  }
}
