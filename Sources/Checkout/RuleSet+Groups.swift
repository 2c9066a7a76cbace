public import Ledger
public import LocalTime
public import Promo

extension RuleSet {
  /// The rules' groups, as a ledger wants them declared.
  public var groupDeclarations: [GroupDeclaration] {
    loyalty.groups.map { group in
      GroupDeclaration(
        group.name, joinsOn: group.joinsOn.lazy.compactMap(GroupDeclaration.Event.init).first,
        leavesAfterVisits: group.leavesAfterVisits,
        leavesAfter: group.leavesAfter.map {
          BalanceTerms.Term(count: Int($0.count), period: $0.period)
        })
    }
  }

  /// The attributes of customers that the rules read, as a ledger wants them declared.
  ///
  /// Numbers with decimals are kept as they are written.
  public var fieldDeclarations: [FieldDeclaration] {
    customerAttributes.map { attribute in
      let kind: FieldKind =
        switch attribute.kind {
        case .text, .number: .text
        case .flag: .flag
        case .date: .date
        }
      return FieldDeclaration(attribute.name, kind)
    }
  }

  /// The zone in which the ledger's days begin: that of the first file that names one; else UTC.
  public var zoneOfDays: ZoneTable {
    shopZone(for: nil) ?? ZoneTable(identifier: "UTC", transitions: [], offsets: [0])
  }
}
