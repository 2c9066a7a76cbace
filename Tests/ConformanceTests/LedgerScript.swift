import LocalTime

/// What a case does to the ledger day by day, and what must stand there.
///
/// A line begins with a day. Then comes what is done, with the answer after `->` where it is not the
/// usual one: `credit 100 expires 2026-02-01 for o-1`, `purchase o-1 earn 150`, `purchase o-1 spend
/// 300`, `spend 50`, `void o-1`, `return o-1 debt`, `disable m-1`, `settle`; or what must be found:
/// `posted 100`, `transactions 2`, `entries 150 -100`, one for each transaction.
struct LedgerScript: Sendable {
  struct Line: Sendable {
    var day: CivilDate
    var words: [String]
    /// The code that is expected; nil for an accepted request.
    var answer: String?
    var place: ConformanceCase.Place
  }

  var lines: [Line]

  /// Reads the lines of a section.
  init(_ section: CaseBlock.Section) throws(CaseFileError) {
    lines = []
    for (text, place) in section.filled {
      var words = text.split(separator: " ").map(String.init)
      var answer: String?
      if let arrow = words.firstIndex(of: "->"), arrow == words.count - 2 {
        answer = words.removeLast()
        words.removeLast()
      }
      guard words.count > 1, let day = LedgerScript.day(words.removeFirst()) else {
        throw CaseFileError(place: place, message: "a line begins with a day and says what is done")
      }
      lines.append(Line(day: day, words: words, answer: answer, place: place))
    }
    guard !lines.isEmpty else {
      throw CaseFileError(place: section.place, message: "`ledger` does nothing")
    }
  }

  /// A day such as `2026-02-01`.
  static func day(_ text: String) -> CivilDate? {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    return parts.count == 3 ? CivilDate(year: parts[0], month: parts[1], day: parts[2]) : nil
  }
}
