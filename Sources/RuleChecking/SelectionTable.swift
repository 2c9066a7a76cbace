import Money
import RuleSyntax

/// Gives every distinct selection one identity.
struct SelectionTable {
  /// A selection and the bytes of its texts outside ASCII, which `String` alone compares by
  /// canonical form.
  private struct Key: Hashable {
    var selection: CheckedSelection
    var foreignText: [UInt8]
  }

  private var identities: [Key: SelectionID] = [
    Key(selection: .items, foreignText: []): .items,
    Key(selection: .allItems, foreignText: []): .allItems,
  ]
  /// The currency of the money a selection's conditions speak of; nil where they speak of none.
  private(set) var currencies: [Currency?] = [nil, nil]
  /// Whether a selection is made of `all_items`, which can be measured but not discounted.
  private(set) var holdsAllItems = [false, true]
  /// Bytes of the texts outside ASCII lowered since the last identity was asked for.
  var foreignText: [UInt8] = []
  /// What the lists beside the rules hold, in byte order.
  var sortedLists: [String: [String]] = [:]
  /// The currency of the money lowered since the last filter began.
  var currency: Currency?

  /// The identity of a selection, which is appended to the rules when it is new.
  mutating func identity(
    of selection: CheckedSelection, currency: Currency?, in selections: inout [CheckedSelection]
  ) -> SelectionID {
    let key = Key(selection: selection, foreignText: foreignText)
    foreignText = []
    if let found = identities[key], currencies[found.index] == currency { return found }
    let identity = SelectionID(index: selections.count)
    selections.append(selection)
    currencies.append(currency)
    switch selection {
    case .items: holdsAllItems.append(false)
    case .allItems: holdsAllItems.append(true)
    case .narrowed(let base, _, _), .filtered(let base, _):
      holdsAllItems.append(holdsAllItems[base.index])
    }
    identities[key] = identity
    return identity
  }

  /// Notes a text that becomes part of a selection.
  mutating func note(_ text: String) {
    if text.utf8.contains(where: { $0 >= 0x80 }) {
      foreignText += text.utf8
      foreignText.append(0)
    }
  }
}
