/// One value of a document, as a light view: it decodes what it is asked for and nothing else.
package struct JSONValue: Sendable {
  /// What a value is.
  package enum Kind: String, Hashable, Sendable {
    case null, bool, number, string, array, object
  }

  let document: JSONDocument
  let index: Int

  var node: JSONNode { document.nodes[index] }

  /// What this value is.
  package var kind: Kind {
    switch node.kind {
    case .null: .null
    case .no, .yes: .bool
    case .number: .number
    case .plainString, .escapedString: .string
    case .array: .array
    case .object: .object
    }
  }

  /// The byte of the text at which the value begins; a string begins at its quote.
  package var offset: Int {
    let node = node
    switch node.kind {
    case .plainString, .escapedString: return Int(node.start) - 1
    default: return Int(node.start)
    }
  }

  /// The path from the document to this value; empty for the root.
  /// - Complexity: O(siblings on the way), so it is for errors and not for reading.
  /// - Source: RFC 6901.
  package var pointer: String {
    var pointer = JSONPointer()
    var container = 0
    while container < index {
      let isObject = document.nodes[container].kind == .object
      var child = container + (isObject ? 2 : 1)
      var position = 0
      while Int(document.nodes[child].next) <= index {
        child = Int(document.nodes[child].next) + (isObject ? 1 : 0)
        position += 1
      }
      if isObject {
        pointer.append(key: decodedString(document.nodes[child - 1], in: document.bytes.span))
      } else {
        pointer.append(index: position)
      }
      container = child
    }
    return pointer.text
  }

  /// Whether this is the word `null`.
  package var isNull: Bool { node.kind == .null }

  /// The flag; nil for everything else.
  package var bool: Bool? {
    switch node.kind {
    case .yes: true
    case .no: false
    default: nil
    }
  }

  /// The text with its escapes decoded; nil for everything but strings.
  package var string: String? {
    switch node.kind {
    case .plainString, .escapedString: document.text(ofString: index)
    default: nil
    }
  }

  /// The UTF-8 bytes of the text with its escapes decoded; nil for everything but strings.
  package var stringBytes: [UInt8]? {
    switch node.kind {
    case .plainString, .escapedString: decodedString(node, in: document.bytes.span)
    default: nil
    }
  }

  /// The number, exact; nil for everything else, also for digits in a string.
  package var number: JSONNumber? {
    let node = node
    guard node.kind == .number else { return nil }
    return JSONNumber(bytes: document.bytes[Int(node.start)..<Int(node.end)])
  }

  /// The exact amount in a number or in a string of digits, counted in its smallest decimal.
  ///
  /// `12.75` and `"12.75"` with two decimals are both 1275. Nothing is rounded.
  /// - Parameter maximumDecimals: Decimals of the result, zero to eighteen.
  /// - Returns: The amount, or why there is none.
  package func decimal(maximumDecimals: Int) -> Result<ScaledDecimal, DecimalProblem> {
    let node = node
    let bytes = document.bytes[Int(node.start)..<Int(node.end)]
    switch node.kind {
    case .number: return JSONNumber(bytes: bytes).decimal(maximumDecimals: maximumDecimals)
    case .plainString: return ScaledDecimal.reading(bytes, maximumDecimals: maximumDecimals)
    case .escapedString:
      let decoded = decodedString(node, in: document.bytes.span)
      return ScaledDecimal.reading(decoded[...], maximumDecimals: maximumDecimals)
    default: return .failure(.notDecimal)
    }
  }
}

extension JSONDocument {
  func text(ofString index: Int) -> String {
    let node = nodes[index]
    if node.kind == .plainString {
      return String(decoding: bytes[Int(node.start)..<Int(node.end)], as: UTF8.self)
    }
    return String(decoding: decodedString(node, in: bytes.span), as: UTF8.self)
  }
}
