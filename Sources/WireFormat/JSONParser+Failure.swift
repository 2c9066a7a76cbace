extension JSONParser {
  /// The error for a mistake at one byte, pointing at the innermost value that it is in.
  func failure(
    _ code: JSONErrorCode, at offset: Int, _ detail: String, in text: Span<UInt8>
  ) -> JSONError {
    JSONError(code: code, offset: offset, pointer: pointer(in: text), detail: detail)
  }

  /// The place reached so far: every open container's child, the innermost one's if it has begun.
  private func pointer(in text: Span<UInt8>) -> String {
    var pointer = JSONPointer()
    for (depth, container) in open.enumerated() {
      let isInnermost = depth == open.count - 1
      if container.count == 0 || (isInnermost && !isInsideValue) { break }
      if container.isObject {
        pointer.append(key: decodedString(nodes[container.key], in: text))
      } else {
        pointer.append(index: Int(container.count) - 1)
      }
    }
    return pointer.text
  }
}
