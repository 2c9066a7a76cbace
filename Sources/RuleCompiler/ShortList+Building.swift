import Pricing

/// A list of as many members as there are, made one after the other.
func shortList<Element: Sendable>(
  _ count: Int, _ member: (Int) -> Element
) -> ShortList<Element> {
  switch count {
  case 0: .none
  case 1: .one(member(0))
  default: .many((0..<count).map(member))
  }
}

/// The members of a list as an array.
func list<Element>(_ members: ShortList<Element>) -> [Element] {
  switch members {
  case .none: []
  case .one(let member): [member]
  case .many(let members): members
  }
}
