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
      compress(block.span)
    }
    let text = bytes.span
    while bytes.count - place >= 64 {
      let length = min((bytes.count - place) & ~63, 256)
      compress(text.extracting(place..<place + length))
      place += length
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

  /// Takes in one to four blocks.
  ///
  /// What a block is stretched to hangs on no other block, so four are stretched side by side.
  private mutating func compress(_ blocks: Span<UInt8>) {
    var words = InlineArray<64, SIMD4<UInt32>>(repeating: .zero)
    for lane in 0..<blocks.count / 64 {
      let block = blocks.extracting(64 * lane..<64 * lane + 64)
      for index in 0..<16 {
        let place = 4 * index
        words[index][lane] =
          UInt32(block[place]) << 24 | UInt32(block[place + 1]) << 16
          | UInt32(block[place + 2]) << 8 | UInt32(block[place + 3])
      }
    }
    for index in 16..<64 {
      let (early, late) = (words[index - 15], words[index - 2])
      let small =
        right(early, 7) ^ right(early, 18) ^ right(early, 3) ^ left(early, 25) ^ left(early, 14)
      let large =
        right(late, 17) ^ right(late, 19) ^ right(late, 10) ^ left(late, 15) ^ left(late, 13)
      words[index] = words[index - 16] &+ small &+ words[index - 7] &+ large
    }
    let constants = SHA256.constants.span
    for index in 0..<64 { words[index] &+= SIMD4(repeating: constants[index]) }
    let count = blocks.count / 64
    let stretched = words.span
    mix(stretched, lane: 0)
    if count > 1 { mix(stretched, lane: 1) }
    if count > 2 { mix(stretched, lane: 2) }
    if count > 3 { mix(stretched, lane: 3) }
  }

  /// The sixty-four rounds of one block.
  @inline(__always)
  private mutating func mix(_ words: Span<SIMD4<UInt32>>, lane: Int) {
    var (a, b, c, d, e, f, g, h) = state
    var round = 0
    while round < 64 {
      // Eight rounds at a time bring every word back to its own place.
      step(a, b, c, &d, e, f, g, &h, words[round][lane])
      step(h, a, b, &c, d, e, f, &g, words[round &+ 1][lane])
      step(g, h, a, &b, c, d, e, &f, words[round &+ 2][lane])
      step(f, g, h, &a, b, c, d, &e, words[round &+ 3][lane])
      step(e, f, g, &h, a, b, c, &d, words[round &+ 4][lane])
      step(d, e, f, &g, h, a, b, &c, words[round &+ 5][lane])
      step(c, d, e, &f, g, h, a, &b, words[round &+ 6][lane])
      step(b, c, d, &e, f, g, h, &a, words[round &+ 7][lane])
      round &+= 8
    }
    state = (
      state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d, state.4 &+ e, state.5 &+ f,
      state.6 &+ g, state.7 &+ h
    )
  }

  /// One round; of its eight words two change, and it is the others that move on.
  ///
  /// Turning by 6, 11 and 25 is turning by 14, 5 and 6 one after the other, which takes fewer copies.
  @inline(__always)
  private func step(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32,
    _ g: UInt32, _ h: inout UInt32, _ word: UInt32
  ) {
    let sumOfE = rotated(rotated(rotated(e, 14) ^ e, 5) ^ e, 6)
    let first = h &+ word &+ (((f ^ g) & e) ^ g) &+ sumOfE
    let sumOfA = rotated(rotated(rotated(a, 9) ^ a, 11) ^ a, 2)
    d = d &+ first
    h = first &+ (((a ^ b) & (b ^ c)) ^ b) &+ sumOfA
  }

  @inline(__always)
  private func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word &>> count | word &<< (32 &- count)
  }

  @inline(__always)
  private func right(_ words: SIMD4<UInt32>, _ count: UInt32) -> SIMD4<UInt32> {
    words &>> SIMD4(repeating: count)
  }
  @inline(__always)
  private func left(_ words: SIMD4<UInt32>, _ count: UInt32) -> SIMD4<UInt32> {
    words &<< SIMD4(repeating: count)
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
