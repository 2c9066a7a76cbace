/// The grammar of a rule file as a machine reads it, made once from its text.
///
/// Only what is damaged is read this way: the machine always knows what may come next, and a state
/// of it is one number, so that many ways of mending a mistake can be tried cheaply.
package struct Grammar: Sendable {
  /// One piece of a rule.
  struct Node: Sendable {
    enum Kind: Sendable {
      case terminal(Int)
      case sequence([Int])
      case choice([Int])
      case optional(Int)
      case loop(Int)
      case rule(String, Int)
      /// Stands only inside `where`, and this is not inside.
      case never
    }
    var kind: Kind
    /// Terminals that may begin it.
    var first = TerminalSet()
    var isNullable = false
  }

  private(set) var nodes: [Node] = []
  private(set) var terminals: [Terminal] = []
  private var numbers: [Terminal: Int] = [:]
  /// All terminals that are names.
  private(set) var names = TerminalSet()
  /// The node of the whole file.
  private(set) var root = 0
  /// Rules by name, each outside and inside `where`.
  private var rules: [RuleKey: Int] = [:]

  private struct RuleKey: Hashable {
    var name: String
    var isInWhere: Bool
  }

  /// The one that recovery follows.
  static let kinder = Grammar(text: text + kinderText)

  init(text: String) {
    var reader = GrammarReader(text)
    let forms = reader.rules()
    for word in Keyword.allCases { _ = number(of: .word(word)) }
    root = rule("file", isInWhere: false, forms)
    settle()
  }

  /// The number of a terminal; a new one if the grammar has not met it.
  mutating func number(of terminal: Terminal) -> Int {
    if let number = numbers[terminal] { return number }
    let number = terminals.count
    precondition(number < TerminalSet.capacity, "terminals have outgrown their set")
    terminals.append(terminal)
    numbers[terminal] = number
    if case .name = terminal { names.insert(number) }
    return number
  }

  /// The number of a terminal that the grammar has.
  func number(ofKnown terminal: Terminal) -> Int? { numbers[terminal] }

  private mutating func rule(
    _ name: String, isInWhere: Bool, _ forms: [String: GrammarReader.Form]
  ) -> Int {
    let key = RuleKey(name: name, isInWhere: isInWhere)
    if let known = rules[key] { return known }
    let index = add(.never)
    rules[key] = index
    guard let form = forms[name] else { return index }
    if name == "here", !isInWhere { return index }
    let body = compile(form, isInWhere, forms)
    nodes[index].kind = .rule(name, body)
    return index
  }

  private mutating func compile(
    _ form: GrammarReader.Form, _ isInWhere: Bool, _ forms: [String: GrammarReader.Form]
  ) -> Int {
    switch form {
    case .terminal(let terminal): return add(.terminal(number(of: terminal)))
    case .rule(let name): return rule(name, isInWhere: isInWhere, forms)
    case .choice(let parts): return add(.choice(parts.map { compile($0, isInWhere, forms) }))
    case .optional(let part): return add(.optional(compile(part, isInWhere, forms)))
    case .loop(let part): return add(.loop(compile(part, isInWhere, forms)))
    case .sequence(let parts):
      var isInWhere = isInWhere
      var children: [Int] = []
      for part in parts {
        children.append(compile(part, isInWhere, forms))
        if case .terminal(.word(.where)) = part { isInWhere = true }
      }
      return add(.sequence(children))
    }
  }

  private mutating func add(_ kind: Node.Kind) -> Int {
    nodes.append(Node(kind: kind))
    return nodes.count - 1
  }

  /// Works out what may begin each node, until nothing changes.
  private mutating func settle() {
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for index in nodes.indices {
        let (first, isNullable) = beginning(of: nodes[index].kind)
        if first != nodes[index].first || isNullable != nodes[index].isNullable {
          nodes[index].first = first
          nodes[index].isNullable = isNullable
          hasChanged = true
        }
      }
    }
  }

  private func beginning(of kind: Node.Kind) -> (TerminalSet, Bool) {
    var first = TerminalSet()
    switch kind {
    case .terminal(let terminal):
      first.insert(terminal)
      return (first, false)
    case .never: return (first, false)
    case .optional(let child), .loop(let child): return (nodes[child].first, true)
    case .rule(_, let body): return (nodes[body].first, nodes[body].isNullable)
    case .choice(let children):
      for child in children { first.formUnion(nodes[child].first) }
      return (first, children.contains { nodes[$0].isNullable })
    case .sequence(let children):
      for child in children {
        first.formUnion(nodes[child].first)
        if !nodes[child].isNullable { return (first, false) }
      }
      return (first, true)
    }
  }
}
