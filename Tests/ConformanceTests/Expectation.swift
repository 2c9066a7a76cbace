import Promo

/// One line under `--- expect` or `--- ours`; amounts stay the digits that a quote would write.
struct Expectation: Hashable, Sendable {
  var place: ConformanceCase.Place
  /// The line as it stands, for messages.
  var text: String
  var fact: Fact

  enum Fact: Hashable, Sendable {
    case amount(Figure, String)
    case line(Selector, LineFigure, String)
    /// What one campaign took off the lines of a sku, or off a line.
    case lineBy(Selector, campaign: String, String)
    /// What each line saved in items and order discounts, in any order.
    case lineDiscounts([String])
    /// The campaign gave or earned something; with an amount, exactly this in all stages.
    case applied(String, String?)
    /// Rounds of a campaign's deals.
    case times(String, String)
    case refused(String, because: Quote.Reason?)
    case gift(sku: String, quantity: Int64)
    case withdrawn(id: String)
    case code(String, Quote.Code.Status)
    /// Without a campaign the sum over all.
    case earned(campaign: String?, String)
    case redeemed(balance: String, String)
    case paid(balance: String, String)
    case hint(campaign: String, String)
    case message(campaign: String, String)
    /// The rule text is refused, with this finding among others when one is named.
    case invalid(String?)
    /// The tests inside the rules pass.
    case testsPass
  }

  enum Figure: String, CaseIterable, Sendable {
    case discount, total, subtotal, due, shipping, shippingDiscount
  }

  enum LineFigure: String, Sendable { case total, unitPrice, discount }

  enum Selector: Hashable, Sendable {
    case sku(String)
    case id(String)
  }

  /// Whether a quote is needed to decide it.
  var needsQuote: Bool {
    switch fact {
    case .invalid, .testsPass: false
    default: true
    }
  }

  /// Whether every campaign must be answered for, those too that a shopper is not told of.
  var asksEverything: Bool {
    if case .refused = fact { true } else { false }
  }
}

extension Expectation {
  /// Reads a line.
  ///
  /// - Throws: `CaseFileError` for a word that is none of the format's, and for a wrong count of
  ///   words after it.
  init(_ text: String, at place: ConformanceCase.Place) throws(CaseFileError) {
    var words = text.split(separator: " ").map(String.init)
    guard !words.isEmpty else {
      throw CaseFileError(place: place, message: "an expectation is missing")
    }
    let key = words.removeFirst()
    guard let fact = try Self.fact(key, words, text, place) else {
      throw CaseFileError(place: place, message: "`\(text)` is not written as `\(key)` is")
    }
    self.init(place: place, text: text, fact: fact)
  }

  /// The fact that a key and its words state; nil when the words do not fit the key.
  private static func fact(
    _ key: String, _ words: [String], _ text: String, _ place: ConformanceCase.Place
  ) throws(CaseFileError) -> Fact? {
    if let figure = Figure(rawValue: key) {
      return words.count == 1 ? .amount(figure, words[0]) : nil
    }
    let pair = words.count == 2 ? (words[0], words[1]) : nil
    switch key {
    case "line": return line(words)
    case "lineDiscounts":
      return words.count > 1 && words[0] == "anyOrder"
        ? .lineDiscounts(Array(words.dropFirst())) : nil
    case "applied":
      return (1...2).contains(words.count)
        ? .applied(words[0], words.count == 2 ? words[1] : nil) : nil
    case "times": return pair.map { .times($0, $1) }
    case "refused": return refused(words)
    case "gift":
      return pair.flatMap { sku, count in Int64(count).map { .gift(sku: sku, quantity: $0) } }
    case "withdrawn": return words.count == 1 ? .withdrawn(id: words[0]) : nil
    case "code":
      guard let last = words.last, let status = Quote.Code.Status(rawValue: last) else {
        return nil
      }
      return .code(words.dropLast().joined(separator: " "), status)
    case "earned": return pair.map { .earned(campaign: $0 == "*" ? nil : $0, $1) }
    case "redeemed": return pair.map { .redeemed(balance: $0, $1) }
    case "paid": return pair.map { .paid(balance: $0, $1) }
    case "hint": return words.count > 1 ? .hint(campaign: words[0], rest(of: words)) : nil
    case "message": return words.count > 1 ? .message(campaign: words[0], rest(of: words)) : nil
    case "invalid": return words.count < 2 ? .invalid(words.first) : nil
    case "tests": return words == ["pass"] ? .testsPass : nil
    default: throw CaseFileError(place: place, message: "`\(key)` is nothing that can be expected")
    }
  }

  private static func rest(of words: [String]) -> String {
    words.dropFirst().joined(separator: " ")
  }

  private static func line(_ words: [String]) -> Fact? {
    let count = words.count
    if count >= 4, words[count - 3] == "by" {
      return .lineBy(
        selector(words.dropLast(3)), campaign: words[count - 2], words[count - 1])
    }
    guard count >= 3, let figure = LineFigure(rawValue: words[count - 2]) else { return nil }
    return .line(selector(words.dropLast(2)), figure, words[count - 1])
  }

  private static func selector(_ words: ArraySlice<String>) -> Selector {
    let name = words.joined(separator: " ")
    return name.hasPrefix("#") ? .id(String(name.dropFirst())) : .sku(name)
  }

  private static func refused(_ words: [String]) -> Fact? {
    if words.count == 1 { return .refused(words[0], because: nil) }
    guard words.count == 3, words[1] == "because", let reason = Quote.Reason(rawValue: words[2])
    else { return nil }
    return .refused(words[0], because: reason)
  }
}
