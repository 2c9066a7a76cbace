import Promo

/// The campaigns that share the order, and what is known of the rest.
struct Choice {
  var members: [Campaign]
  var isProven = true
}

/// Every set of campaigns that may share an order and to which no other can be added; nil when there
/// are more than the language prices.
func choices(among campaigns: [Campaign]) -> [[Campaign]]? {
  // A campaign that conflicts with nothing is in every choice.
  let rivals = campaigns.filter { one in
    campaigns.contains { $0.position != one.position && $0.conflicts(with: one) }
  }
  let free = campaigns.filter { one in !rivals.contains { $0.position == one.position } }
  let opponents = rivals.map { one in
    rivals.indices.filter { $0 != index(of: one) && rivals[$0].conflicts(with: one) }
  }
  func index(of one: Campaign) -> Int? { rivals.firstIndex { $0.position == one.position } }
  var found: [[Campaign]] = []
  /// Decides one rival after the other, in or out, and keeps what nothing can be added to.
  func decide(_ isInside: [Bool]) {
    let next = isInside.count
    if found.count > 4_096 { return }
    guard next < rivals.count else {
      let isMaximal = rivals.indices.allSatisfy { one in
        isInside[one] || opponents[one].contains { isInside[$0] }
      }
      if isMaximal {
        found.append(free + rivals.indices.filter { isInside[$0] }.map { rivals[$0] })
      }
      return
    }
    let isOpposed = opponents[next].contains { $0 < next && isInside[$0] }
    if !isOpposed { decide(isInside + [true]) }
    // Leaving it out is only worth a look where another stands or may yet stand against it.
    if isOpposed || opponents[next].contains(where: { $0 > next }) { decide(isInside + [false]) }
  }
  decide([])
  return found.count <= 4_096 ? found : nil
}

/// Walks campaigns in an order, taking each that is allowed.
func walk(_ campaigns: [Campaign]) -> [Campaign] {
  campaigns.reduce(into: []) { taken, one in
    if taken.allSatisfy({ !$0.conflicts(with: one) }) { taken.append(one) }
  }
}

/// Whether one choice is preferred where both save the same.
func isPreferred(_ left: [Campaign], to right: [Campaign]) -> Bool {
  let first = left.sorted { $0.applies(before: $1) }
  let second = right.sorted { $0.applies(before: $1) }
  guard let pair = zip(first, second).first(where: { $0.position != $1.position }) else {
    return first.count < second.count
  }
  if pair.0.priority != pair.1.priority { return pair.0.priority > pair.1.priority }
  if first.count != second.count { return first.count < second.count }
  return pair.0.position < pair.1.position
}

extension Contest {
  /// Finds the campaigns that share the order, by the largest total discount or by priority.
  func choose(among candidates: [Campaign]) -> Choice {
    let inOrder = candidates.sorted { $0.applies(before: $1) }
    if book.choosesByPriority { return Choice(members: walk(inOrder)) }
    guard let all = choices(among: candidates) else {
      var saving: [Int: Int64] = [:]
      for one in candidates { saving[one.position] = price([one]).totalDiscount }
      let byPriority = inOrder.sorted { left, right in
        if left.priority != right.priority { return left.priority > right.priority }
        let (first, second) = (saving[left.position] ?? 0, saving[right.position] ?? 0)
        return first != second ? first > second : left.position < right.position
      }
      return Choice(members: walk(byPriority), isProven: false)
    }
    var best: (members: [Campaign], discount: Int64)?
    for members in all {
      let discount = price(members).totalDiscount
      if let known = best, discount < known.discount { continue }
      if let known = best, discount == known.discount, !isPreferred(members, to: known.members) {
        continue
      }
      best = (members, discount)
    }
    return Choice(members: best?.members ?? [])
  }
}
