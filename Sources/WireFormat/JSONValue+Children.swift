extension JSONValue {
  /// Elements of an array or members of an object; zero for everything else.
  package var count: Int { Int(node.count) }

  /// The elements of an array in their order; none for everything else.
  package var elements: JSONElements {
    let node = node
    let end = node.kind == .array ? Int(node.next) : index + 1
    return JSONElements(document: document, nextIndex: index + 1, end: end)
  }

  /// The members of an object in their order; none for everything else.
  package var members: JSONMembers {
    let node = node
    let end = node.kind == .object ? Int(node.next) : index + 1
    return JSONMembers(document: document, nextIndex: index + 1, end: end)
  }

  /// The value of one key, compared by bytes; nil without such a member.
  /// - Complexity: O(members); who wants many of them walks `members` once instead.
  package subscript(key: String) -> JSONValue? {
    let wanted = Array(key.utf8)
    var members = members
    while let place = members.advance() {
      let node = document.nodes[place]
      let isFound =
        node.kind == .plainString
        ? document.bytes[Int(node.start)..<Int(node.end)].elementsEqual(wanted)
        : decodedString(node, in: document.bytes.span) == wanted
      if isFound { return JSONValue(document: document, index: place + 1) }
    }
    return nil
  }
}

/// The elements of an array.
package struct JSONElements: Sequence, IteratorProtocol, Sendable {
  let document: JSONDocument
  var nextIndex: Int
  let end: Int

  /// The next element, until there is none.
  package mutating func next() -> JSONValue? {
    guard nextIndex < end else { return nil }
    defer { nextIndex = Int(document.nodes[nextIndex].next) }
    return JSONValue(document: document, index: nextIndex)
  }
}

/// The members of an object.
package struct JSONMembers: Sequence, IteratorProtocol, Sendable {
  let document: JSONDocument
  var nextIndex: Int
  let end: Int

  /// The next member, until there is none.
  package mutating func next() -> (key: String, value: JSONValue)? {
    guard let place = advance() else { return nil }
    return (document.text(ofString: place), JSONValue(document: document, index: place + 1))
  }

  /// The entry of the next key, whose value is the entry after it.
  mutating func advance() -> Int? {
    guard nextIndex < end else { return nil }
    defer { nextIndex = Int(document.nodes[nextIndex + 1].next) }
    return nextIndex
  }
}
