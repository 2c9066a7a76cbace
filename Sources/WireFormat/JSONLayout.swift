/// Lays a document of compact JSON out for people: a value a line, indented by two spaces.
package func prettyJSON(_ compact: [UInt8]) -> [UInt8] {
  var pretty: [UInt8] = []
  pretty.reserveCapacity(2 * compact.count)
  var depth = 0
  func breakLine() {
    pretty.append(UInt8(ascii: "\n"))
    pretty.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }
  var isInText = false
  var isEscaped = false
  var last: UInt8 = 0
  for byte in compact {
    defer { last = byte }
    if isInText {
      pretty.append(byte)
      isInText = isEscaped || byte != UInt8(ascii: "\"")
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      continue
    }
    let isEmpty = last == UInt8(ascii: "{") || last == UInt8(ascii: "[")
    switch byte {
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      if !isEmpty { breakLine() }
      pretty.append(byte)
    default:
      if isEmpty { breakLine() }
      pretty.append(byte)
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: ","): breakLine()
      case UInt8(ascii: ":"): pretty.append(UInt8(ascii: " "))
      case UInt8(ascii: "\""): isInText = true
      default: break
      }
    }
  }
  return pretty
}
