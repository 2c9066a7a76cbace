import Testing
import WireFormat

/// A spelling with the decimals asked for, and the units or the problem.
struct DecimalExample: Sendable {
  let text: String
  let decimals: Int
  let result: Result<Int64, DecimalProblem>

  init(_ text: String, _ decimals: Int, _ units: Int64) {
    (self.text, self.decimals, result) = (text, decimals, .success(units))
  }

  init(_ text: String, _ decimals: Int, _ problem: DecimalProblem) {
    (self.text, self.decimals, result) = (text, decimals, .failure(problem))
  }
}

@Suite("exact decimals") struct DecimalTests {
  @Test("digits give the same amount as a number and as a string", arguments: shared)
  func bothKinds(example: DecimalExample) throws {
    check(try parse(example.text).decimal(maximumDecimals: example.decimals), example)
    check(try parse("\"\(example.text)\"").decimal(maximumDecimals: example.decimals), example)
    check(ScaledDecimal.reading(example.text, maximumDecimals: example.decimals), example)
  }

  @Test("a number with an exponent counts by its exact value", arguments: exponents)
  func writtenExponent(example: DecimalExample) throws {
    check(try parse(example.text).decimal(maximumDecimals: example.decimals), example)
    #expect(ScaledDecimal.reading(example.text, maximumDecimals: 2) == .failure(.notDecimal))
  }

  @Test(
    "other strings are no decimals",
    arguments: [
      "", "-", ".", "1.", ".5", "-.5", "+1", "007", "00", "-01", "1,5", "1 ", " 1", "1e3", "0x10",
      "1.2.3", "--1", "1-", "$10", "10 USD", "１", "1_0", "NaN", "∞", "1.-5", "1\u{0}",
    ])
  func notDecimals(text: String) {
    #expect(ScaledDecimal.reading(text, maximumDecimals: 2) == .failure(.notDecimal))
  }

  @Test("escapes in a string of digits are decoded first")
  func escaped() throws {
    let value = try parse(#""1\u0032.5""#)
    #expect(try value.decimal(maximumDecimals: 2).get().units == 1250)
  }

  @Test("what is neither number nor string is no decimal", arguments: ["null", "true", "[]", "{}"])
  func otherKinds(text: String) throws {
    #expect(try parse(text).decimal(maximumDecimals: 2) == .failure(.notDecimal))
  }

  @Test("a zero with a minus sign is told apart", arguments: ["-0", "-0.00", "-0e5", "-0.0e-400"])
  func negativeZero(text: String) throws {
    let number = try #require(try parse(text).number)
    #expect(number.isNegativeZero && number.isNegative)
    let decimal = try number.decimal(maximumDecimals: 2).get()
    #expect(decimal.units == 0 && decimal.isNegativeZero)
    #expect(try parse("-1").number?.isNegativeZero == false)
    #expect(try parse("0").number?.isNegativeZero == false)
  }

  @Test("significand and exponent are what the digits say")
  func parts() throws {
    func parts(_ text: String) throws -> [Int64?] {
      let number = try parse(text).number
      return [number?.significand.map { Int64(clamping: $0) }, number?.exponent.map { Int64($0) }]
    }
    #expect(try parts("12.750") == [12750, -3])
    #expect(try parts("-0.001e2") == [1, -1])
    #expect(try parts("120e3") == [120, 3])
    #expect(try parts("0.00") == [0, -2])
    #expect(try parse("18446744073709551615").number?.significand == UInt64.max)
    #expect(try parse("18446744073709551616").number?.significand == nil)
    #expect(try parse("1e99999999999").number?.exponent == nil)
  }

  @Test("an integer is a number that is written without decimals")
  func integers() throws {
    #expect(try parse("12").number?.integer == 12)
    #expect(try parse("12e1").number?.integer == 120)
    #expect(try parse("12.0").number?.integer == nil)
    #expect(try parse("9223372036854775808").number?.integer == nil)
  }

  private func check(_ result: Result<ScaledDecimal, DecimalProblem>, _ example: DecimalExample) {
    #expect(result.map(\.units) == example.result)
  }

  static let shared: [DecimalExample] = [
    .init("12.75", 2, 1275), .init("-12.75", 2, -1275), .init("12.7", 2, 1270),
    .init("12", 2, 1200), .init("0", 2, 0), .init("0.01", 2, 1), .init("0.10", 2, 10),
    .init("100", 0, 100), .init("1.500", 3, 1500), .init("10.50", 2, 1050),
    .init("10.500", 2, .tooManyDecimals), .init("0.001", 2, .tooManyDecimals),
    .init("0.000", 2, .tooManyDecimals), .init("1.0", 0, .tooManyDecimals),
    .init("92233720368547758.07", 2, Int64.max), .init("92233720368547758.08", 2, .outOfRange),
    .init("-92233720368547758.08", 2, Int64.min), .init("-92233720368547758.09", 2, .outOfRange),
    .init("9223372036854775807", 0, Int64.max), .init("9223372036854775808", 0, .outOfRange),
    .init("100000000000000000000", 0, .outOfRange), .init("184467440737095516.16", 2, .outOfRange),
    .init("1000000000000000000000000000000000", 2, .outOfRange),
    .init("9.223372036854775807", 18, Int64.max), .init("0.000000000000000001", 18, 1),
    .init("10", 18, .outOfRange), .init("0.0000000000000000000", 18, .tooManyDecimals),
    .init("0.1", 1, 1), .init("0.30000000000000004", 17, 30_000_000_000_000_004),
  ]

  static let exponents: [DecimalExample] = [
    .init("1e1", 2, 1000), .init("1E+1", 0, 10), .init("105e-1", 2, 1050),
    .init("1275e-2", 2, 1275), .init("1275e-3", 2, .tooManyDecimals),
    .init("12750e-3", 2, 1275), .init("1.2750e1", 2, 1275), .init("0.1275e2", 2, 1275),
    .init("-1.5e0", 1, -15), .init("1e16", 2, 1_000_000_000_000_000_000),
    .init("1e17", 2, .outOfRange), .init("1e400", 2, .outOfRange),
    .init("1e-400", 2, .tooManyDecimals), .init("0e999999999999999999999", 2, 0),
    .init("0e-999999999999999999999", 2, 0), .init("1e99999999999999999999", 2, .outOfRange),
    .init("1e-99999999999999999999", 2, .tooManyDecimals),
    .init("9223372036854775807e-2", 2, Int64.max), .init("9223372036854775808e0", 0, .outOfRange),
    .init("100000000000000000000e-18", 2, 10000),
  ]
}
