import WireFormat

extension CartError {
  /// What is wrong with a text that is no JSON document.
  init(_ error: JSONError) {
    let code: CartErrorCode
    switch error.code {
    case .duplicateKey: code = .duplicateKey
    case .badEncoding, .loneSurrogate: code = .badEncoding
    case .tooDeep: code = .tooDeep
    case .tooLarge: code = .tooLarge
    case .expectedValue, .expectedKey, .unexpectedCharacter, .trailingBytes, .controlCharacter,
      .badEscape, .badNumber, .unexpectedEnd:
      code = .malformedJSON
    }
    self.init(
      code: code, pointer: error.pointer, offset: error.offset,
      message: "the text is not acceptable JSON: \(error.detail)")
  }

  /// A mistake in one value of a document.
  init(_ code: CartErrorCode, _ value: JSONValue, _ message: String) {
    self.init(code: code, pointer: value.pointer, offset: value.offset, message: message)
  }

  /// The same mistake with the byte at which the value it points at begins, if there is one.
  func located(in document: JSONDocument) -> CartError {
    var value = document.root
    for step in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      guard let child = value.child(step) else { break }
      value = child
    }
    var located = self
    located.offset = value.offset
    return located
  }
}

extension JSONValue {
  /// The member or element that one step of a pointer names.
  fileprivate func child(_ step: Substring) -> JSONValue? {
    switch kind {
    case .object: self[unescaped(step)]
    case .array: Int(step).flatMap { position in elements.dropFirst(position).first { _ in true } }
    default: nil
    }
  }
}

/// A step of a JSON pointer from a key: `~` and `/` are escaped.
func escaped(_ key: String) -> String {
  var bytes: [UInt8] = []
  for byte in key.utf8 {
    switch byte {
    case UInt8(ascii: "~"): bytes.append(contentsOf: "~0".utf8)
    case UInt8(ascii: "/"): bytes.append(contentsOf: "~1".utf8)
    default: bytes.append(byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}

private func unescaped(_ step: Substring) -> String {
  var bytes: [UInt8] = []
  var isEscape = false
  for byte in step.utf8 {
    if isEscape {
      bytes.append(byte == UInt8(ascii: "1") ? UInt8(ascii: "/") : UInt8(ascii: "~"))
      isEscape = false
    } else if byte == UInt8(ascii: "~") {
      isEscape = true
    } else {
      bytes.append(byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
