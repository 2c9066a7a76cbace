/// What a request line asks for, taken apart.
struct RequestTarget {
  var path: [String]
  var query: [(name: String, value: String)]

  /// Reads `/v1/accounts/m-1`, or the same behind `http://host`, and what followed the question
  /// mark; nil for what can be none.
  ///
  /// Refused are empty parts, `.` and `..`, percent signs without two digits, and zero bytes and
  /// texts that are no UTF-8 when they are decoded.
  init?(path raw: String, arguments: [(name: String, value: String)]) {
    var rest = raw.utf8[...]
    if rest.first != UInt8(ascii: "/") {
      guard let path = pathBehindHost(raw) else { return nil }
      rest = path.utf8[...]
    }
    path = []
    if rest.count > 1 {
      for part in rest.dropFirst().split(
        separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      {
        guard let decoded = percentDecoded(Substring(part)), !decoded.isEmpty, decoded != ".",
          decoded != ".."
        else { return nil }
        path.append(decoded)
      }
    }
    query = []
    for (name, value) in arguments {
      guard let name = percentDecoded(name[...]), let value = percentDecoded(value[...]) else {
        return nil
      }
      query.append((name, value))
    }
  }
}

/// The path of `http://host/path`; nil for what is no such address.
private func pathBehindHost(_ raw: String) -> Substring? {
  for scheme in ["http://", "https://"] where raw.lowercased().hasPrefix(scheme) {
    let host = raw.dropFirst(scheme.count)
    return host.firstIndex(of: "/").map { host[$0...] } ?? "/"
  }
  return nil
}

/// A text without its percent signs; nil for a wrong one, a zero byte, or what is no UTF-8.
private func percentDecoded(_ text: Substring) -> String? {
  // Texts of C hold no zero byte, and are UTF-8 once they are texts here.
  guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
  var bytes: [UInt8] = []
  var rest = text.utf8[...]
  while let byte = rest.popFirst() {
    guard byte == 0x25 else {
      bytes.append(byte)
      continue
    }
    guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit)
    else { return nil }
    bytes.append(high << 4 | low)
  }
  guard !bytes.contains(0) else { return nil }
  return String(validating: bytes, as: UTF8.self)
}

private func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 0x30...0x39: byte - 0x30
  case 0x41...0x46: byte - 0x37
  case 0x61...0x66: byte - 0x57
  default: nil
  }
}
