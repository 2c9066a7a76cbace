import CommandKit
import LocalTime
import Promo
import Testing

@Suite("README shows what happens") struct ReadmeTests {
  private let readme: Article

  init() throws { readme = try Article("README.md") }

  @Test("its first command prints its receipt")
  func receipt() throws {
    let command = try #require(readme.blocks(in: "sh").first)
    let words = command.split { $0 == " " || $0 == "\n" }.map(String.init)
    try #require(words.prefix(5) == ["swift", "run", "-c", "release", "promo"])
    let arguments = try words.dropFirst(5).map { word in
      word.hasPrefix("Rules/") ? try Article(word).fullPath : word
    }
    #expect(try output(of: Array(arguments)) == readme.block(in: "text"))
  }

  @Test("every command that it names is there")
  func commands() throws {
    let help = try output(of: ["help"])
    let named = readme.text.matches(of: /\| `promo (\w+)/).map { $0.1 }
    #expect(named.count >= 7)
    for name in named { #expect(help.contains("\n  \(name) "), "\(name)") }
  }

  @Test("its ten lines of Swift give new prices")
  func library() throws {
    let dollars = try #require(Currency(code: "USD"))
    let cart = Cart(
      currency: dollars,
      lines: [
        Cart.Line(sku: "TEE", price: Money(minorUnits: 1999, currency: dollars), quantity: 5)
      ])
    let now = Instant(secondsSince1970: 1_780_675_200)
    #expect(try newPrices(of: cart, at: now) == ["TEE: 19.99 USD, now 16.99 USD"])
  }

  private func output(of arguments: [String]) throws -> String {
    let output = ByteSink()
    let console = Console(
      input: ByteSource(bytes: []), output: output, error: ByteSink(), environment: { _ in nil },
      monotonicNanoseconds: { 0 }, now: { Instant(secondsSince1970: 0) }, columns: nil)
    #expect(run(arguments: arguments, console: console) == 0)
    return output.text
  }
}
