import LocalTime

/// What a shop's server gives a shopper's browser, so that it may ask about its own account.
///
/// It is `st.ACCOUNT.END.SEAL`: the account's id in hexadecimal digits, the second since 1970 at which it
/// is no longer good, and a keyed digest of both.
struct ShopperToken {
  var account: String
  var end: Int64

  /// The token as it is sent.
  func text(key: [UInt8]) -> String {
    let body = "st.\(hexadecimal(Array(account.utf8))).\(end)"
    return body + "." + hexadecimal(Secrets.seal(Array(body.utf8), key: key))
  }

  /// Reads a token; nil for one that was not made here, or is over.
  init?(_ text: String, key: [UInt8], at now: Instant) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "st", let end = Int64(parts[2]),
      let account = bytes(ofHexadecimal: parts[1]), let seal = bytes(ofHexadecimal: parts[3]),
      Secrets.areSame(
        seal, Secrets.seal(Array(parts[0..<3].joined(separator: ".").utf8), key: key)),
      end > now.secondsSince1970, let id = String(validating: account, as: UTF8.self)
    else { return nil }
    self.account = id
    self.end = end
  }

  init(account: String, end: Int64) {
    self.account = account
    self.end = end
  }
}
