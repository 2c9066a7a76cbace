/// The hash SHA-256, fed in pieces.
///
/// - Source: FIPS 180-4, sections 4.1.2, 4.2.2, 5.1.1, 5.3.3 and 6.2.
struct SHA256 {
  private var state = (
    UInt32(0x6a09_e667), UInt32(0xbb67_ae85), UInt32(0x3c6e_f372), UInt32(0xa54f_f53a),
    UInt32(0x510e_527f), UInt32(0x9b05_688c), UInt32(0x1f83_d9ab), UInt32(0x5be0_cd19)
  )
  /// Bytes that do not fill a block yet.
  private var pending: [UInt8] = []
  private var byteCount: UInt64 = 0

  init() { pending.reserveCapacity(64) }

  /// Adds bytes to what is hashed.
  mutating func update(_ bytes: [UInt8]) {
    byteCount &+= UInt64(bytes.count)
    var place = 0
    if !pending.isEmpty {
      place = min(64 - pending.count, bytes.count)
      pending.append(contentsOf: bytes[..<place])
      guard pending.count == 64 else { return }
      let block = pending
      pending.removeAll(keepingCapacity: true)
      compress(block, at: 0)
    }
    while bytes.count - place >= 64 {
      compress(bytes, at: place)
      place += 64
    }
    pending.append(contentsOf: bytes[place...])
  }

  /// The thirty-two bytes of the hash; nothing can be added afterwards.
  consuming func finish() -> [UInt8] {
    let bitCount = byteCount &* 8
    let zeroCount = (119 - pending.count % 64) % 64
    update([0x80] + [UInt8](repeating: 0, count: zeroCount))
    update((0..<8).map { UInt8(truncatingIfNeeded: bitCount >> (56 - 8 * UInt64($0))) })
    let words = [
      state.0, state.1, state.2, state.3, state.4, state.5, state.6, state.7,
    ]
    return words.flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * UInt32($0))) }
    }
  }

  private mutating func compress(_ bytes: [UInt8], at start: Int) {
    // The last sixteen words of the schedule, each written over when it is needed no more.
    var schedule = InlineArray<16, UInt32>(repeating: 0)
    let block = bytes.span.extracting(start..<start + 64)
    for index in 0..<16 {
      let place = 4 * index
      schedule[index] =
        UInt32(block[place]) << 24 | UInt32(block[place + 1]) << 16
        | UInt32(block[place + 2]) << 8 | UInt32(block[place + 3])
    }
    let constants = SHA256.constants.span
    var words = state
    var round = 0
    while true {
      // Eight rounds at a time bring every word back to its own place.
      for half in 0..<2 {
        let place = 8 &* half
        step(
          words.0, words.1, words.2, &words.3, words.4, words.5, words.6, &words.7,
          constants[round &+ place] &+ schedule[place])
        step(
          words.7, words.0, words.1, &words.2, words.3, words.4, words.5, &words.6,
          constants[round &+ place &+ 1] &+ schedule[place &+ 1])
        step(
          words.6, words.7, words.0, &words.1, words.2, words.3, words.4, &words.5,
          constants[round &+ place &+ 2] &+ schedule[place &+ 2])
        step(
          words.5, words.6, words.7, &words.0, words.1, words.2, words.3, &words.4,
          constants[round &+ place &+ 3] &+ schedule[place &+ 3])
        step(
          words.4, words.5, words.6, &words.7, words.0, words.1, words.2, &words.3,
          constants[round &+ place &+ 4] &+ schedule[place &+ 4])
        step(
          words.3, words.4, words.5, &words.6, words.7, words.0, words.1, &words.2,
          constants[round &+ place &+ 5] &+ schedule[place &+ 5])
        step(
          words.2, words.3, words.4, &words.5, words.6, words.7, words.0, &words.1,
          constants[round &+ place &+ 6] &+ schedule[place &+ 6])
        step(
          words.1, words.2, words.3, &words.4, words.5, words.6, words.7, &words.0,
          constants[round &+ place &+ 7] &+ schedule[place &+ 7])
      }
      round &+= 16
      if round == 64 { break }
      for index in 0..<16 {
        let early = schedule[(index &+ 1) & 15]
        let late = schedule[(index &+ 14) & 15]
        let small = rotated(early, 7) ^ rotated(early, 18) ^ (early &>> 3)
        let large = rotated(late, 17) ^ rotated(late, 19) ^ (late &>> 10)
        schedule[index] = schedule[index] &+ small &+ schedule[(index &+ 9) & 15] &+ large
      }
    }
    state = (
      state.0 &+ words.0, state.1 &+ words.1, state.2 &+ words.2, state.3 &+ words.3,
      state.4 &+ words.4, state.5 &+ words.5, state.6 &+ words.6, state.7 &+ words.7
    )
  }

  /// One round; of its eight words two change, and it is the others that move on.
  @inline(__always)
  private func step(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32,
    _ g: UInt32, _ h: inout UInt32, _ word: UInt32
  ) {
    let sumOfE = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
    let first = h &+ sumOfE &+ ((e & f) ^ (~e & g)) &+ word
    let sumOfA = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
    d = d &+ first
    h = first &+ sumOfA &+ ((a & b) ^ (a & c) ^ (b & c))
  }

  @inline(__always)
  private func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word &>> count | word &<< (32 &- count)
  }

  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}
