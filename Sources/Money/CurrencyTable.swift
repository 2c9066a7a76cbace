/// The codes of ISO 4217 and how many decimals their amounts have.
enum CurrencyTable {
  /// Currencies without minor units.
  private static let zeroDecimals =
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
  private static let threeDecimals = "BHD IQD JOD KWD LYD OMR TND"
  private static let fourDecimals = "CLF UYW"
  private static let twoDecimals = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD \
    CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS \
    GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD \
    LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB \
    PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP \
    SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
    """
  private static let dollarCodes = """
    AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD NAD NZD SBD SGD SRD TTD TWD USD XCD
    """

  static let dollars = Set(packed(dollarCodes))

  private static let table: [UInt32: Int] = {
    var table: [UInt32: Int] = [:]
    for (codes, decimals) in [
      (zeroDecimals, 0), (twoDecimals, 2), (threeDecimals, 3), (fourDecimals, 4),
    ] {
      for code in packed(codes) { table[code] = decimals }
    }
    return table
  }()

  static func decimals(ofPacked code: UInt32) -> Int? { table[code] }

  private static func packed(_ codes: String) -> [UInt32] {
    codes.split(separator: " ").map { $0.utf8.reduce(0) { $0 << 8 | UInt32($1) } }
  }
}
