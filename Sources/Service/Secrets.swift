import CCrypto

/// Random bytes, digests, and comparisons that take as long whatever they find.
enum Secrets {
  /// Random bytes of the system.
  ///
  /// - Throws: 503 when the system has none.
  static func random(_ count: Int) throws(Problem) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let isFilled = bytes.withUnsafeMutableBufferPointer {
      RAND_bytes($0.baseAddress, Int32($0.count)) == 1
    }
    guard isFilled else { throw Problem(503, "unavailable", "the system gives no random bytes") }
    return bytes
  }

  /// A random number, not below zero.
  static func randomNumber() throws(Problem) -> Int64 {
    try random(8).reduce(0) { $0 << 8 | Int64($1) } & .max
  }

  /// A random text of hexadecimal digits.
  static func randomText(_ count: Int) throws(Problem) -> String { hexadecimal(try random(count)) }

  /// The SHA-256 of some bytes.
  static func digest(_ bytes: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    bytes.withUnsafeBufferPointer { input in
      result.withUnsafeMutableBufferPointer { output in
        _ = SHA256(input.baseAddress, input.count, output.baseAddress)
      }
    }
    return result
  }

  /// The SHA-256 of texts, each with its length before it.
  static func digest(_ parts: [[UInt8]]) -> [UInt8] {
    var bytes: [UInt8] = []
    for part in parts {
      withUnsafeBytes(of: UInt64(part.count).littleEndian) { bytes.append(contentsOf: $0) }
      bytes += part
    }
    return digest(bytes)
  }

  /// The HMAC-SHA-256 of some bytes.
  static func seal(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: 32)
    var count: UInt32 = 0
    _ = HMAC(EVP_sha256(), key, Int32(key.count), bytes, bytes.count, &result, &count)
    return result
  }

  /// Bytes as base64 has them.
  static func base64(_ bytes: [UInt8]) -> String {
    var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
    let count = EVP_EncodeBlock(&text, bytes, Int32(bytes.count))
    return String(decoding: text.prefix(Int(count)), as: UTF8.self)
  }

  /// The bytes of a text in base64 with its padding; nil for another.
  static func bytes(ofBase64 text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count % 4 == 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: digits.count / 4 * 3)
    let count = EVP_DecodeBlock(&bytes, digits, Int32(digits.count))
    guard count == bytes.count else { return nil }
    return bytes.dropLast(digits.reversed().prefix { $0 == 0x3D }.count)
  }

  /// Whether two are the same, found out without saying where they differ.
  static func areSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
  }
}

/// Bytes as small hexadecimal digits.
func hexadecimal(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(
    decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}

/// The bytes that hexadecimal digits stand for; nil for anything else.
func bytes(ofHexadecimal text: some StringProtocol) -> [UInt8]? {
  let digits = text.utf8.map { byte -> UInt8? in
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
  guard digits.count % 2 == 0 else { return nil }
  var bytes: [UInt8] = []
  for place in stride(from: 0, to: digits.count, by: 2) {
    guard let high = digits[place], let low = digits[place + 1] else { return nil }
    bytes.append(high << 4 | low)
  }
  return bytes
}
