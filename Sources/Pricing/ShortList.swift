/// A list that most often has one member, which is then kept in place.
///
/// Rules have many lists, and storage for each of them would cost more than what is in it.
package enum ShortList<Element: Sendable>: Sendable {
  case none
  case one(Element)
  case many([Element])
}

extension ShortList {
  /// How many members it has.
  package var count: Int {
    switch self {
    case .none: 0
    case .one: 1
    case .many(let elements): elements.count
    }
  }

  package var isEmpty: Bool { if case .none = self { true } else { false } }

  package var first: Element? { isEmpty ? nil : self[0] }

  /// The places of its members.
  package var indices: Range<Int> { 0..<count }

  package subscript(index: Int) -> Element {
    switch self {
    case .none: preconditionFailure("an empty list has no members")
    case .one(let element):
      precondition(index == 0, "a list of one has no second member")
      return element
    case .many(let elements): return elements[index]
    }
  }

  /// Shows its members in their order.
  package func forEach(_ body: (Element) -> Void) {
    switch self {
    case .none: break
    case .one(let element): body(element)
    case .many(let elements): for element in elements { body(element) }
    }
  }

  /// Whether something holds of any member.
  package func contains(where holds: (Element) -> Bool) -> Bool {
    switch self {
    case .none: false
    case .one(let element): holds(element)
    case .many(let elements): elements.contains(where: holds)
    }
  }
}

extension ShortList where Element: Equatable {
  /// Whether something is a member.
  package func contains(_ element: Element) -> Bool { contains { $0 == element } }
}

extension ShortList: Equatable where Element: Equatable {}
extension ShortList: Hashable where Element: Hashable {}
