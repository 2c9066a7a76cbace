/// The cases of one file.
///
/// A file is a row of blocks. A block begins with `=== id`, goes on with `key words` lines, and has
/// sections that begin with `--- name`. Lines with `#` before the first block are comments.
///
/// The head says the `source`, and `peculiar` where it applies. Then follow `rules`, pairs of `cart`
/// and `expect`, and a `note` of ours. Where we differ on purpose, `ours` after an `expect` holds our
/// figures and `difference` the reason; `unsupported` says what is missing. What may be expected is
/// listed in `Expectation`. A sharing has its figures in the head: `amount`, `weights` or `maxima`,
/// `expect`, `ours`. What is asked of the ledger stands in a section `ledger`; see `LedgerScript`.
struct CaseFile: Sendable {
  /// The file's name without its suffix, which is the peer's.
  var peer: String
  var cases: [ConformanceCase]

  /// Reads a file.
  ///
  /// - Throws: `CaseFileError` with the line of the first mistake.
  init(peer: String, text: String) throws(CaseFileError) {
    self.peer = peer
    cases = []
    for block in try CaseBlock.blocks(of: text, file: "\(peer).cases") {
      if block.has("amount") {
        cases.append(try block.allocationCase())
      } else if let section = block.sections.first(where: { $0.name == "ledger" }) {
        cases.append(try block.ledgerCase(section))
      } else {
        cases.append(try block.promotionCase())
      }
    }
  }
}

/// A block of a case file as it stands: head lines and sections.
struct CaseBlock {
  var id: String
  var place: ConformanceCase.Place
  var head: [Entry] = []
  var sections: [Section] = []

  /// A line of the head: its first word, and the rest.
  struct Entry {
    var key: String
    var value: String
    var place: ConformanceCase.Place
  }

  /// What follows a line `--- name`.
  struct Section {
    var name: String
    var place: ConformanceCase.Place
    var lines: [String] = []

    /// The lines with what they hold, and where each stands; blank ones are left out.
    var filled: [(text: String, place: ConformanceCase.Place)] {
      lines.enumerated().compactMap { offset, line in
        let words = line.split(separator: " ").joined(separator: " ")
        guard !words.isEmpty else { return nil }
        return (words, .init(file: place.file, line: place.line + 1 + offset))
      }
    }

    /// The words of all lines as one text.
    var prose: String { filled.map(\.text).joined(separator: " ") }
  }

  static func blocks(of text: String, file: String) throws(CaseFileError) -> [CaseBlock] {
    var blocks: [CaseBlock] = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.map(String.init).enumerated() {
      let place = ConformanceCase.Place(file: file, line: index + 1)
      if line.hasPrefix("=== ") {
        blocks.append(CaseBlock(id: String(line.dropFirst(4)), place: place))
      } else if var block = blocks.popLast() {
        try block.add(line, at: place)
        blocks.append(block)
      } else if !line.isEmpty && !line.hasPrefix("#") {
        throw CaseFileError(place: place, message: "a case begins with `=== ` and its id")
      }
    }
    return blocks
  }

  private mutating func add(
    _ line: String, at place: ConformanceCase.Place
  ) throws(CaseFileError) {
    if line.hasPrefix("---") {
      guard line.hasPrefix("--- "), line.count > 4 else {
        throw CaseFileError(place: place, message: "a section begins with `--- ` and its name")
      }
      sections.append(Section(name: String(line.dropFirst(4)), place: place))
    } else if !sections.isEmpty {
      sections[sections.count - 1].lines.append(line)
    } else if !line.isEmpty {
      let key = String(line.prefix { $0 != " " })
      let value = String(line.dropFirst(key.count + 1))
      guard !has(key) else {
        throw CaseFileError(place: place, message: "`\(key)` stands twice in \(id)")
      }
      head.append(Entry(key: key, value: value, place: place))
    }
  }

  /// Reads the block as something asked of the ledger.
  ///
  /// - Throws: `CaseFileError` for any other section than `ledger` and `note`.
  func ledgerCase(_ section: Section) throws(CaseFileError) -> ConformanceCase {
    for other in sections where other.name != "note" && other.place != section.place {
      throw error("`\(other.name)` is no section of a case of the ledger", at: other.place)
    }
    return ConformanceCase(
      id: id, source: try source(allowing: ["source", "peculiar"]), isPeculiar: has("peculiar"),
      place: place, content: .ledger(try LedgerScript(section)), claim: .pass)
  }

  func has(_ key: String) -> Bool { head.contains { $0.key == key } }

  func entry(_ key: String) -> Entry? { head.first { $0.key == key } }

  func error(_ message: String, at other: ConformanceCase.Place? = nil) -> CaseFileError {
    CaseFileError(place: other ?? place, message: message)
  }

  /// Checks that the head has no other keys than these, and says where the case comes from.
  func source(allowing keys: [String]) throws(CaseFileError) -> String {
    for entry in head where !keys.contains(entry.key) {
      throw error("`\(entry.key)` is no key of this case", at: entry.place)
    }
    guard let source = entry("source"), !source.value.isEmpty else {
      throw error("\(id) does not say its source")
    }
    if let flag = entry("peculiar"), !flag.value.isEmpty {
      throw error("`peculiar` stands alone", at: flag.place)
    }
    return source.value
  }

  /// The claim of the sections; none of them means a pass.
  func claim() throws(CaseFileError) -> ConformanceCase.Claim {
    let claims = sections.filter { ["difference", "unsupported"].contains($0.name) }
    guard claims.count < 2 else { throw error("\(id) claims two things", at: claims[1].place) }
    guard let section = claims.first else { return .pass }
    guard !section.prose.isEmpty else {
      throw error("\(id) gives no reason", at: section.place)
    }
    return section.name == "difference"
      ? .difference(section.prose) : .unsupported(section.prose)
  }
}
