import Testing

@testable import Money

@Suite("currencies") struct CurrencyTests {
  @Test(
    "the decimals are those of ISO 4217",
    arguments: [
      ("USD", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("EUR", 2),
    ])
  func decimals(code: String, decimals: Int) throws {
    let currency = try #require(Currency(code: code))
    #expect(currency.decimals == decimals)
    #expect(currency.code == code)
  }

  @Test(
    "what ISO 4217 does not list is no currency",
    arguments: ["usd", "XYZ", "US", "USDX", "", "$$$"])
  func unknown(code: String) { #expect(Currency(code: code) == nil) }

  @Test(
    "an amount is written with exactly its currency's decimals",
    arguments: [
      (1275 as Int64, 2, "12.75"), (5, 2, "0.05"), (-5, 2, "-0.05"), (1500, 0, "1500"),
      (1, 3, "0.001"), (Int64.min, 2, "-92233720368547758.08"),
    ])
  func text(minorUnits: Int64, decimals: Int, text: String) {
    #expect(AmountText.text(minorUnits, decimals: decimals) == text)
  }
}
