/// Follows the grammar over tokens; its state is one number, so trying something costs nothing.
struct GrammarMachine {
  /// What is still to be read: a node, and below it what comes after.
  struct Cell {
    var node: Int32
    var next: Int32
    /// Cells below this one.
    var depth: Int32
  }

  /// A state after one more token.
  struct Step {
    var state: Int
    /// The cell nearest the bottom that this token was read for; a loop, if it began an entry.
    var lowest: Int
    /// Whether the token was read as a name.
    var isName = false
  }

  let grammar: Grammar
  private(set) var cells: [Cell] = []
  /// The state between two items of a file.
  let root = 0

  init(_ grammar: Grammar) {
    self.grammar = grammar
    var node = grammar.root
    while case .rule(_, let body) = grammar.nodes[node].kind { node = body }
    cells.append(Cell(node: Int32(node), next: -1, depth: 0))
  }

  /// Forgets the cells made since some earlier count.
  mutating func trim(to count: Int) { cells.removeLast(cells.count - count) }

  func kind(of state: Int) -> Grammar.Node.Kind { grammar.nodes[Int(cells[state].node)].kind }

  func isNullable(_ state: Int) -> Bool { grammar.nodes[Int(cells[state].node)].isNullable }

  func below(_ state: Int) -> Int { Int(cells[state].next) }

  /// Reads a token: as a word of the language if one may stand here, else as a name.
  mutating func step(_ state: Int, _ token: Token) -> Step? {
    guard token.kind == .word else {
      guard let number = grammar.number(ofKnown: .kind(token.kind)) else { return nil }
      return step(state, terminal: number)
    }
    if let word = token.keyword, let number = grammar.number(ofKnown: .word(word)),
      let step = step(state, terminal: number)
    {
      return step
    }
    var named = step(state, grammar.names)
    named?.isName = true
    return named
  }

  mutating func step(_ state: Int, terminal: Int) -> Step? {
    var wanted = TerminalSet()
    wanted.insert(terminal)
    return step(state, wanted)
  }

  private mutating func step(_ state: Int, _ wanted: TerminalSet) -> Step? {
    let count = cells.count
    var state = state
    var lowest = state
    while state >= 0 {
      let node = grammar.nodes[Int(cells[state].node)]
      if cells[state].depth < cells[lowest].depth { lowest = state }
      let next = below(state)
      guard node.first.intersects(wanted) else {
        guard node.isNullable else { break }
        state = next
        continue
      }
      switch node.kind {
      case .terminal: return Step(state: next, lowest: lowest)
      case .never: return nil
      case .rule(_, let body): state = push(body, next)
      case .optional(let child): state = push(child, next)
      case .loop(let child): state = push(child, state)
      case .choice(let children):
        let chosen = children.first { grammar.nodes[$0].first.intersects(wanted) }
        state = push(chosen ?? children[0], next)
      case .sequence(let children):
        state = next
        for child in children.reversed() { state = push(child, state) }
      }
    }
    trim(to: count)
    return nil
  }

  private mutating func push(_ node: Int, _ next: Int) -> Int {
    let depth = next >= 0 ? cells[next].depth + 1 : 0
    cells.append(Cell(node: Int32(node), next: Int32(next), depth: depth))
    return cells.count - 1
  }

  /// All terminals that may come next.
  func expected(_ state: Int) -> TerminalSet {
    var expected = TerminalSet()
    var state = state
    while state >= 0 {
      let node = grammar.nodes[Int(cells[state].node)]
      expected.formUnion(node.first)
      if !node.isNullable { break }
      state = below(state)
    }
    return expected
  }

  /// Whether the file may end here.
  func acceptsEnd(_ state: Int) -> Bool {
    var state = state
    while state >= 0 {
      guard grammar.nodes[Int(cells[state].node)].isNullable else { return false }
      state = below(state)
    }
    return true
  }
}
