/// A code that can be used once: 80 random bits as 16 letters and digits that are hard to confuse.
public enum SingleUseCode {
  /// Random bytes of one code.
  public static let randomBytes = 10
  /// Crockford's alphabet: no I, L, O and U.
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  /// The codes that random bytes make, ten bytes each.
  ///
  /// - Precondition: a multiple of ten bytes.
  public static func codes(from random: [UInt8]) -> [String] {
    precondition(random.count.isMultiple(of: randomBytes), "a code takes ten bytes")
    return stride(from: 0, to: random.count, by: randomBytes).map {
      String(decoding: letters(random[$0..<$0 + randomBytes]), as: UTF8.self)
    }
  }

  /// The random bytes of a code as somebody typed it; nil when it can be none.
  ///
  /// Small letters, spaces and hyphens make no difference, nor does I or L for 1 and O for 0.
  public static func bytes(of typed: String) -> [UInt8]? {
    guard typed.utf8.count <= LedgerLimits.identifierBytesMaximum else { return nil }
    var bytes: [UInt8] = []
    var (held, heldBits) = (0, 0)
    for letter in typed.utf8 where letter != UInt8(ascii: " ") && letter != UInt8(ascii: "-") {
      guard let digit = digit(letter) else { return nil }
      held = held << 5 | digit
      heldBits += 5
      guard heldBits >= 8 else { continue }
      heldBits -= 8
      bytes.append(UInt8(truncatingIfNeeded: held >> heldBits))
      held &= 1 << heldBits - 1
    }
    return bytes.count == randomBytes && heldBits == 0 ? bytes : nil
  }

  private static func letters(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var letters: [UInt8] = []
    letters.reserveCapacity(16)
    var (held, heldBits) = (0, 0)
    for byte in bytes {
      held = held << 8 | Int(byte)
      heldBits += 8
      while heldBits >= 5 {
        heldBits -= 5
        letters.append(alphabet[held >> heldBits])
        held &= 1 << heldBits - 1
      }
    }
    return letters
  }

  private static func digit(_ letter: UInt8) -> Int? {
    let large = (0x61...0x7A).contains(letter) ? letter - 0x20 : letter
    switch large {
    case UInt8(ascii: "I"), UInt8(ascii: "L"): return 1
    case UInt8(ascii: "O"): return 0
    default: return alphabet.firstIndex(of: large)
    }
  }
}
