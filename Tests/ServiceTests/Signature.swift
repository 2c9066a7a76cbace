import CCrypto
import Foundation
import Testing

/// The signature of a message, as its receiver works it out.
func signature(_ content: String, _ secret: String) throws -> String {
  let key = try #require(Data(base64Encoded: String(secret.dropFirst("whsec_".count))))
  var digest = [UInt8](repeating: 0, count: 32)
  var count: UInt32 = 0
  let bytes = Array(content.utf8)
  _ = HMAC(EVP_sha256(), Array(key), Int32(key.count), bytes, bytes.count, &digest, &count)
  return "v1," + Data(digest).base64EncodedString()
}
