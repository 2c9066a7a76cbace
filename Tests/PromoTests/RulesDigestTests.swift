import LocalTime
import Money
import Testing

@testable import Promo

@Suite("identity of rules") struct RulesDigestTests {
  /// Vectors of FIPS 180-4 and its examples.
  @Test(
    "SHA-256 gives the published hashes",
    arguments: [
      ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ])
  func vectors(text: String, count: Int, hash: String) {
    var digest = SHA256()
    for _ in 0..<count { digest.update(Array(text.utf8)) }
    #expect(RulesDigest.hexadecimal(digest.finish()) == hash)
  }

  @Test("however a text is cut into pieces, its hash is one")
  func pieces() {
    let bytes = (0..<520).map { UInt8(truncatingIfNeeded: $0) }
    for length in [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 200, 256, 257, 513] {
      var whole = SHA256()
      whole.update(Array(bytes[..<length]))
      let expected = whole.finish()
      for cut in 0...length {
        var pieces = SHA256()
        pieces.update(Array(bytes[..<cut]))
        pieces.update(Array(bytes[cut..<length]))
        #expect(pieces.finish() == expected)
      }
    }
  }

  @Test("every name, text, list and their order count, the folder does not")
  func identity() {
    let a = RuleSource(path: "rules/a.promo", text: "currency USD")
    let b = RuleSource(path: "rules/b.promo", text: "currency EUR")
    let identity = RulesDigest.identity(of: [a, b])
    #expect(identity.hasPrefix("sha256:") && identity.utf8.count == 71)
    #expect(identity == RulesDigest.identity(of: [a, b]))
    var moved = a
    moved.path = "/srv/a.promo"
    #expect(RulesDigest.identity(of: [moved, b]) == identity)
    var renamed = a
    renamed.path = "rules/c.promo"
    var changed = a
    changed.bytes.append(0x0A)
    var listed = a
    listed.lists = ["x.txt": Array("A\n".utf8)]
    var shifted = a
    shifted.path = "a.promocurrency"
    shifted.bytes = Array(" USD".utf8)
    let others = [[b, a], [a], [renamed, b], [changed, b], [listed, b], [shifted, b], []]
    #expect(Set(others.map { RulesDigest.identity(of: $0) } + [identity]).count == 8)
  }

  @Test("a rule set has the identity of its files, whoever asks for it first")
  func lateIdentity() async throws {
    let sources = [
      RuleSource(path: "a.promo", text: "currency USD\ncampaign a { give $1 off order }\n"),
      RuleSource(path: "b.promo", text: "currency EUR\ncampaign b { give 2 EUR off order }\n"),
    ]
    let rules = try RuleSet(sources: sources)
    let identities = await withTaskGroup(of: String.self) { group in
      for _ in 0..<16 { group.addTask { rules.identity } }
      return await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(identities == [RulesDigest.identity(of: sources)])
    #expect(rules.identity == RulesDigest.identity(of: sources))
    let currency = try #require(Currency(code: "USD"))
    let price = Money(minorUnits: 500, currency: currency)
    let cart = Cart(currency: currency, lines: [Cart.Line(sku: "A", price: price)])
    let quote = try rules.quote(cart, at: Instant(secondsSince1970: 0))
    #expect(quote.rules == rules.identity)
  }
}
