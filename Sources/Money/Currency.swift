/// A currency of ISO 4217, known by its three letters.
///
/// The number of decimals decides what one minor unit is: 2 for USD (a cent), 0 for JPY, 3 for KWD.
/// - Source: ISO 4217 list one, active codes of legal tender.
public struct Currency: Hashable, Sendable {
  /// The three ASCII letters, packed most significant first.
  package let packedLetters: UInt32
  private let places: UInt8

  /// Decimals of an amount in major units: 0, 2, 3 or 4.
  public var decimals: Int { Int(places) }

  /// Looks a currency up by its code; upper case only, nil when ISO 4217 does not list it.
  public init?(code: some StringProtocol) {
    let letters = Array(code.utf8)
    guard letters.count == 3 else { return nil }
    let packed = letters.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    self.init(packedLetters: packed)
  }

  /// Looks a currency up by its packed letters.
  package init?(packedLetters packed: UInt32) {
    guard let decimals = CurrencyTable.decimals(ofPacked: packed) else { return nil }
    packedLetters = packed
    places = UInt8(decimals)
  }

  /// The three letters, such as `USD`.
  public var code: String {
    String(
      decoding: [24, 16, 8, 0].dropFirst().map { UInt8(truncatingIfNeeded: packedLetters >> $0) },
      as: UTF8.self)
  }

  /// Minor units in one major unit: 100 for USD, 1 for JPY.
  public var minorUnitsPerMajor: Int64 {
    var factor: Int64 = 1
    for _ in 0..<decimals { factor *= 10 }
    return factor
  }

  /// Whether people write it with a dollar sign, so that `$` may stand for it in a rule file.
  public var isDollar: Bool { CurrencyTable.dollars.contains(packedLetters) }
}

extension Currency: CustomStringConvertible {
  public var description: String { code }
}
