#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Which addresses belong to the machine, its own network, or nobody: whoever names a URL from
/// outside must not reach what stands there.
enum AddressRanges {
  /// Ranges of IPv4, each with the number of bits that are the same in all of it, as IANA lists them.
  private static let four: [(UInt32, Int)] = [
    (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16),
    (0xAC10_0000, 12), (0xC000_0000, 24), (0xC000_0200, 24), (0xC058_6300, 24), (0xC0A8_0000, 16),
    (0xC612_0000, 15), (0xC633_6400, 24), (0xCB00_7100, 24), (0xE000_0000, 4), (0xF000_0000, 4),
  ]

  /// Ranges of IPv6 among those that are given out, with the number of bits that are the same.
  private static let six: [([UInt8], Int)] = [
    ([0x20, 0x01, 0x00], 23), ([0x20, 0x01, 0x0D, 0xB8], 32), ([0x3F, 0xFF, 0x00], 20),
  ]

  /// Whether an address of IPv4, most significant byte first, is not of the open network.
  static func isPrivate(_ address: UInt32) -> Bool {
    four.contains { range, bits in (address ^ range) >> UInt32(32 - bits) == 0 }
  }

  /// Whether the sixteen bytes of an address of IPv6 are not of the open network.
  static func isPrivate(_ bytes: [UInt8]) -> Bool {
    guard bytes.count == 16 else { return true }
    // Addresses that stand for one of IPv4, in the ways there are.
    if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
      return isPrivate(number(bytes[12...]))
    }
    if bytes[..<4].elementsEqual([0x00, 0x64, 0xFF, 0x9B]) {
      return bytes[4..<12].contains { $0 != 0 } || isPrivate(number(bytes[12...]))
    }
    if bytes[..<2].elementsEqual([0x20, 0x02]) { return isPrivate(number(bytes[2..<6])) }
    // All others that are open begin with the bits 001.
    guard bytes[0] >> 5 == 1 else { return true }
    return six.contains { start, bits in
      (0..<bits).allSatisfy { bit in
        let mask = UInt8(0x80) >> UInt8(bit % 8)
        return bytes[bit / 8] & mask == start[bit / 8] & mask
      }
    }
  }

  /// Whether an address as the system has it is not of the open network; so is one of another family.
  static func isPrivate(_ address: UnsafePointer<sockaddr>) -> Bool {
    switch Int32(address.pointee.sa_family) {
    case AF_INET:
      return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        isPrivate(UInt32(bigEndian: $0.pointee.sin_addr.s_addr))
      }
    case AF_INET6:
      return address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { pointer in
        withUnsafeBytes(of: pointer.pointee.sin6_addr) { isPrivate(Array($0)) }
      }
    default: return true
    }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reduce(0) { $0 << 8 | UInt32($1) }
  }
}
