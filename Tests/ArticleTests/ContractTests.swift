import Promo
import Testing

@Suite("carts and quotes look as the article says") struct ContractTests {
  private let article: Article

  init() throws { article = try Article("Sources/Promo/Promo.docc/CartsAndQuotes.md") }

  @Test("the example's cart gives the example's quote, byte for byte")
  func example() throws {
    let rules = try RuleSet(text: try article.block(in: "promo"))
    let texts = article.blocks(in: "json")
    try #require(texts.count == 2)
    let (cart, at) = try Cart.read(json: Array(texts[0].utf8))
    let quote = try rules.quote(cart, at: try #require(at))
    let written = String(decoding: quote.json(), as: UTF8.self)
    #expect(withoutIdentity(written) == withoutIdentity(packed(texts[1])))
  }

  @Test("every reason and every status of a code is told")
  func words() {
    for reason in Quote.Reason.allCases {
      #expect(article.text.contains("| `\(reason.rawValue)` |"))
    }
    for status: Quote.Code.Status in [
      .applied, .unknown, .notYet, .expired, .usedUp, .notEligible, .beaten,
    ] {
      #expect(article.text.contains("`\(status.rawValue)`"))
    }
  }

  /// JSON without the spaces and line ends between its values.
  private func packed(_ json: String) -> String {
    var isInText = false
    return json.filter { character in
      if character == "\"" { isInText.toggle() }
      return isInText || !character.isWhitespace
    }
  }

  /// The digest of the rules depends on the name of their file, which a page does not have.
  private func withoutIdentity(_ json: String) -> String {
    json.replacing(/sha256:[0-9a-f]{64}/, with: "sha256")
  }
}
