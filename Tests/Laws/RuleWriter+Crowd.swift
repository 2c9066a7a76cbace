extension RuleWriter {
  /// Many simple campaigns: more near misses than are listed, or more choices than are priced.
  mutating func crowd() -> RuleText {
    let competes = dice.happens(10)
    let count = dice.number(26...32)
    names = (1...count).map { "c\($0)" }
    let campaigns = names.enumerated().map { index, name in
      let give = dice.one(of: ["\(percent()) off items", "\(money()) off order"])
      let clauses =
        competes
        ? "stack best of \"g\(index / 2)\" priority \(dice.number(0...1))"
        : "when \(dice.one(of: ["quantity", "kinds"])) of items >= \(dice.number(3...40))"
      return "campaign \(name) {\n  give \(give)\n  \(clauses)\n}"
    }
    let file = RuleText.File(path: "rules/a.promo", header: header(), campaigns: campaigns)
    return RuleText(files: [file])
  }
}
