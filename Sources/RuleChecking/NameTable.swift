import Findings
import RuleSyntax

/// Every name a rule set declares, whichever file it stands in.
struct NameTable {
  struct AttributeKey: Hashable {
    var owner: AttributeDeclaration.Owner
    var name: String
  }
  struct UnknownName: Hashable {
    var kind: SyntaxDamage.NameKind
    var owner: String?
    var name: String
  }
  struct DeclaredAttribute {
    var index: Int
    var span: SourceSpan
  }
  struct DeclaredSet {
    var declaration: SetDeclaration
    var file: Int
    var isUsed = false
    /// What is silent in it, if it was mended.
    var silence: Silence
    /// Nil until it is lowered, and for good when a mistake touches it.
    var selection: SelectionID?
  }
  struct DeclaredBalance {
    var declaration: BalanceDeclaration
    var file: Int
    /// Index into the checked balances; nil when a mistake touches it.
    var index: Int?
    var isMoney = false
  }

  var attributes: [AttributeKey: DeclaredAttribute] = [:]
  var sets: [String: DeclaredSet] = [:]
  /// Names of sets in the order declared.
  var setOrder: [String] = []
  var balances: [String: DeclaredBalance] = [:]
  /// Where each campaign's name stands first.
  var campaigns: [String: SourceSpan] = [:]
  /// Whether any campaign has the name of an earlier one.
  var hasCampaignTwice = false
  /// Campaigns that were mended: their names count as declared, and what uses them stays silent.
  var mendedCampaigns: Set<String> = []
  var groups: [[UInt8]: SourceSpan] = [:]
  var damaged = DamagedNames()
  /// Declared names that an unknown one was probably meant to be: they count as used.
  var suggested: Set<String> = []
  /// Unknown names that were told of, and by which finding; nil where the parser told of it.
  var told: [UnknownName: Int?] = [:]
  /// How many more unknown names get a suggestion; the search reads every declared name.
  var suggestionsLeft = CheckerLimits.suggestionsMaximum
}

/// How a name was resolved.
enum Resolved<Value> {
  case found(Value)
  /// Declared by something a mistake touches: its uses stay silent.
  case damaged
  /// Not declared anywhere; reported.
  case unknown
}

extension Checker {
  mutating func declare(_ declaration: AttributeDeclaration) {
    let name = declaration.name
    guard !silence.covers(name.span) else { return }
    let key = NameTable.AttributeKey(owner: declaration.owner, name: name.text)
    switch declaration.owner {
    case .item: refuseReserved(name, ReservedNames.itemAttributes, "item attribute", .attribute)
    case .customer:
      refuseReserved(name, ReservedNames.customerAttributes, "customer attribute", .attribute)
    case .order: break
    }
    if let earlier = names.attributes[key] {
      let kind = rules.attributes[earlier.index].kind
      if kind != declaration.kind {
        report(
          .attributeTypesDiffer, at: name.span,
          [
            "name": name.text, "owner": declaration.owner.rawValue,
            "found": declaration.kind.rawValue,
            "expected": kind.rawValue,
          ], related: [RelatedSpan(span: earlier.span, label: "declared as \(kind.rawValue) here")])
      }
      return
    }
    names.attributes[key] = .init(index: rules.attributes.count, span: name.span)
    rules.attributes.append(
      CheckedAttribute(owner: declaration.owner, name: name.text, kind: declaration.kind))
  }

  mutating func declare(_ declaration: SetDeclaration, file: Int) {
    let name = declaration.name
    guard !silence.covers(name.span) else { return }
    refuseReserved(name, ReservedNames.sets, "set", .set)
    if let earlier = names.sets[name.text] {
      reportTwice("set", name, earlier: earlier.declaration.name.span, .set)
      return
    }
    names.sets[name.text] = .init(
      declaration: declaration, file: file, silence: silence)
    names.setOrder.append(name.text)
  }

  mutating func declare(campaign name: Name) {
    guard !silence.covers(name.span) else { return }
    if let earlier = names.campaigns.updateValue(name.span, forKey: name.text) {
      names.campaigns[name.text] = earlier
      names.hasCampaignTwice = true
      reportTwice("campaign", name, earlier: earlier, .campaign)
      return
    }
    if silence.isMended { names.mendedCampaigns.insert(name.text) }
    if names.campaigns.count == CheckerLimits.campaignsMaximum + 1 {
      report(
        .tooManyCampaigns, at: name.span, ["maximum": String(CheckerLimits.campaignsMaximum)])
    }
  }

  mutating func declare(_ declaration: BalanceDeclaration, file: Int) {
    let name = declaration.name
    guard !silence.covers(name.span) else { return }
    if let earlier = names.balances[name.text] {
      reportTwice("balance", name, earlier: earlier.declaration.name.span, .balance)
      return
    }
    names.balances[name.text] = .init(declaration: declaration, file: file)
  }

  mutating func declare(_ declaration: GroupDeclaration) {
    guard !silence.covers(declaration.name.span) else { return }
    let key = Array(declaration.name.text.utf8)
    if let earlier = names.groups[key] {
      report(
        .declaredTwice, at: declaration.name.span,
        ["kind": "group", "name": declaration.name.text],
        related: [RelatedSpan(span: earlier, label: "declared here first")])
      return
    }
    names.groups[key] = declaration.name.span
  }

  private mutating func refuseReserved(
    _ name: Name, _ reserved: Set<String>, _ kind: String, _ nameKind: SyntaxDamage.NameKind
  ) {
    guard reserved.contains(name.text) else { return }
    damage.noteNameless(nameKind)
    report(.reservedName, at: name.span, ["name": name.text, "kind": kind])
  }

  private mutating func reportTwice(
    _ kind: String, _ name: Name, earlier: SourceSpan, _ nameKind: SyntaxDamage.NameKind
  ) {
    damage.noteNameless(nameKind)
    report(
      .declaredTwice, at: name.span, ["kind": kind, "name": name.text],
      related: [RelatedSpan(span: earlier, label: "declared here first")])
  }
}

extension Checker {
  /// The selection a set stands for; using it counts.
  mutating func resolveSet(_ name: Name) -> Resolved<SelectionID> {
    if let found = names.sets[name.text] {
      if !found.isUsed { names.sets[name.text]?.isUsed = true }
      guard let selection = found.selection, agreesOnCurrency(selection, name) else {
        return .damaged
      }
      return .found(selection)
    }
    return unknown(
      .set, .unknownSet, name, isDamaged: names.damaged.declares(name.text), among: names.sets.keys)
  }

  mutating func resolveBalance(_ name: Name) -> Resolved<NameTable.DeclaredBalance> {
    if let found = names.balances[name.text] {
      return found.index == nil ? .damaged : .found(found)
    }
    return unknown(
      .balance, .unknownBalance, name, isDamaged: names.damaged.declares(name.text),
      among: names.balances.keys)
  }

  mutating func resolveCampaign(_ name: Name) -> Resolved<String> {
    if names.campaigns[name.text] != nil {
      return names.mendedCampaigns.contains(name.text) ? .damaged : .found(name.text)
    }
    return unknown(
      .campaign, .unknownCampaign, name, isDamaged: names.damaged.declares(name.text),
      among: names.campaigns.keys)
  }

  mutating func resolveAttribute(
    _ owner: AttributeDeclaration.Owner, _ name: Name, builtIn: [String] = []
  ) -> Resolved<Int> {
    if let found = names.attributes[.init(owner: owner, name: name.text)] {
      return .found(found.index)
    }
    let declared = names.attributes.keys.lazy.filter { $0.owner == owner }.map(\.name)
    return unknown(
      .attribute, .unknownAttribute, name, isDamaged: names.damaged.attributes.contains(name.text),
      among: Array(declared) + builtIn, facts: ["owner": owner.rawValue])
  }

  /// Reports a name that nothing declares, with the nearest one that is declared.
  ///
  /// A name is reported once; a repair renames its further uses in the same file as well.
  private mutating func unknown<Value>(
    _ kind: SyntaxDamage.NameKind, _ code: FindingCode, _ name: Name, isDamaged: Bool,
    among candidates: some Sequence<String>, facts: [String: String] = [:]
  ) -> Resolved<Value> {
    if isDamaged || silence.covers(name.span) { return .damaged }
    let key = NameTable.UnknownName(kind: kind, owner: facts["owner"], name: name.text)
    if let told = names.told[key] {
      if let told { renameToo(name, told) }
      return .damaged
    }
    if damage.explains(kind, name.text, at: name.span) {
      names.told[key] = .some(nil)
      return .damaged
    }
    var facts = facts
    facts["name"] = name.text
    names.suggestionsLeft -= 1
    var repairs: [Repair] = []
    if names.suggestionsLeft >= 0, let near = nearName(to: name.text, among: candidates) {
      facts["nearest"] = near.name
      names.suggested.insert(near.name)
      repairs = [Checker.replace(name.span, with: near.name, isSafe: near.isSure)]
    } else if kind == .set, Self.wordsForAll.contains(name.text) {
      repairs = [Checker.replace(name.span, with: "items", isSafe: false)]
    }
    names.told[key] = findings.count
    report(code, at: name.span, facts, repairs: repairs)
    return .unknown
  }

  /// What others call everything in the cart.
  private static let wordsForAll: Set<String> = [
    "all", "any", "anything", "basket", "cart", "everything", "products",
  ]

  /// Adds one more use of an unknown name to the repair of the finding that told of it.
  private mutating func renameToo(_ name: Name, _ index: Int) {
    guard let edit = findings[index].repairs.first?.edits.first,
      edit.span.file == name.span.file
    else { return }
    findings[index].repairs[0].edits.append(
      Repair.Edit(span: name.span, replacement: edit.replacement))
    findings[index].repairs[0].edits.sort { $0.span.start < $1.span.start }
  }
}
