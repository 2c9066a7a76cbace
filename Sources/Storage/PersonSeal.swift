import CCrypto

/// Seals what is known of a person under the person's own key, with AES-256-GCM.
///
/// The nonce is made of the key and of what is sealed, so no counter has to survive a restored
/// backup, and sealing two different records under one nonce can not happen.
enum PersonSeal {
  private static let nonceBytes = 12
  private static let tagBytes = 16

  /// The HMAC-SHA-256 of some bytes.
  static func digest(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: 32)
    var count: UInt32 = 0
    let isDone = HMAC(
      EVP_sha256(), key, Int32(key.count), bytes, bytes.count, &result, &count)
    precondition(isDone != nil && count == 32, "a digest has 32 bytes")
    return result
  }

  /// The digest of bytes for one use, so that the same bytes for another use give another digest.
  static func digest(_ bytes: [UInt8], for use: String, key: [UInt8]) -> [UInt8] {
    var fields = HashChain.Fields()
    fields.add(use)
    fields.add(bytes)
    return digest(fields.bytes, key: key)
  }

  /// Seals bytes for one place, such as an account's record; elsewhere they do not open.
  static func seal(_ bytes: [UInt8], for place: String, key: [UInt8]) throws(StorageError)
    -> [UInt8]
  {
    var named = HashChain.Fields()
    named.add(place)
    named.add(bytes)
    let nonce = Array(digest(named.bytes, for: "nonce", key: key).prefix(nonceBytes))
    var tag = [UInt8](repeating: 0, count: tagBytes)
    guard let sealed = run(bytes, place, key, nonce, &tag, seals: true) else {
      throw .misuse("a record can not be sealed")
    }
    return nonce + tag + sealed
  }

  /// Opens what was sealed for a place.
  ///
  /// - Throws: `corrupt` for anything that was not sealed so.
  static func open(_ sealed: [UInt8], for place: String, key: [UInt8]) throws(StorageError)
    -> [UInt8]
  {
    let nonce = Array(sealed.prefix(nonceBytes))
    var tag = Array(sealed.dropFirst(nonceBytes).prefix(tagBytes))
    let body = Array(sealed.dropFirst(nonceBytes + tagBytes))
    guard tag.count == tagBytes,
      let bytes = run(body, place, key, nonce, &tag, seals: false)
    else { throw .corrupt("the record of \(place) does not open") }
    return bytes
  }

  private static func run(
    _ input: [UInt8], _ place: String, _ key: [UInt8], _ nonce: [UInt8], _ tag: inout [UInt8],
    seals: Bool
  ) -> [UInt8]? {
    guard let context = EVP_CIPHER_CTX_new() else { return nil }
    defer { EVP_CIPHER_CTX_free(context) }
    let secret = digest(Array("seal".utf8), key: key)
    let about = Array(place.utf8)
    var output = [UInt8](repeating: 0, count: input.count + 16)
    var (count, rest): (Int32, Int32) = (0, 0)
    guard EVP_CipherInit_ex(context, EVP_aes_256_gcm(), nil, secret, nonce, seals ? 1 : 0) == 1,
      EVP_CipherUpdate(context, nil, &rest, about, Int32(about.count)) == 1,
      EVP_CipherUpdate(context, &output, &count, input, Int32(input.count)) == 1
    else { return nil }
    if !seals, EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tagBytes), &tag) != 1 {
      return nil
    }
    var last = [UInt8](repeating: 0, count: 16)
    guard EVP_CipherFinal_ex(context, &last, &rest) == 1, rest == 0 else { return nil }
    if seals, EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tagBytes), &tag) != 1 {
      return nil
    }
    return Array(output.prefix(Int(count)))
  }
}
