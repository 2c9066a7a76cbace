import Ledger

/// What a transaction changes of one account and balance.
struct BalanceChange: Hashable {
  var owner: Int64
  var balance: BalanceID
  var amount: Int64
}

extension [Posting] {
  /// What the sides come to for each account and balance, in the order in which they come; a balance
  /// that is the same afterwards is left out.
  var entries: [BalanceChange] {
    var entries: [BalanceChange] = []
    for side in self where side.owner > 0 {
      let place = entries.firstIndex { $0.owner == side.owner && $0.balance == side.balance }
      if let place {
        entries[place].amount += side.amount
      } else {
        entries.append(
          BalanceChange(owner: side.owner, balance: side.balance, amount: side.amount))
      }
    }
    entries.removeAll { $0.amount == 0 }
    return entries
  }
}
