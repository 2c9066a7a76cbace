/// The identity of a rule set: one digest over the paths and bytes of its files.
enum RulesDigest {
  /// `sha256:` and the digest, as sixty-four hexadecimal digits.
  ///
  /// Every name and every text goes in with its length before it, so no two sets of files share one
  /// reading. Of a path only the last part counts, so the folder that rules lie in changes nothing.
  /// Lists of skus count as files of their own, after the rule file they belong to.
  static func identity(of sources: [RuleSource]) -> String {
    var digest = SHA256()
    for source in sources {
      digest.update(prefixed: lastPart(of: source.path))
      digest.update(prefixed: source.bytes)
      digest.update(count: source.lists.count)
      for (name, bytes) in source.lists.sorted(by: {
        $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
      }) {
        digest.update(prefixed: Array(name.utf8))
        digest.update(prefixed: bytes)
      }
    }
    return "sha256:" + hexadecimal(digest.finish())
  }

  private static func lastPart(of path: String) -> [UInt8] {
    Array(path.utf8.reversed().prefix { $0 != UInt8(ascii: "/") }.reversed())
  }

  static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 0x0F)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension SHA256 {
  fileprivate mutating func update(prefixed bytes: [UInt8]) {
    update(count: bytes.count)
    update(bytes)
  }

  fileprivate mutating func update(count: Int) {
    update((0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * $0)) })
  }
}
