import HTTP

/// A place in a list, sealed: only places that were given out are taken.
struct PageCursor {
  /// Which list; a cursor of one is none of another.
  var list: String
  /// The last entry that was shown.
  var place: String

  /// The cursor as it is sent.
  func text(key: [UInt8]) -> String {
    "\(hexadecimal(Array(place.utf8))).\(hexadecimal(seal(key)))"
  }

  /// Reads a cursor; nil for one that was not made here, or not for this list.
  init?(_ text: String, list: String, key: [UInt8]) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let bytes = bytes(ofHexadecimal: parts[0]),
      let place = String(validating: bytes, as: UTF8.self),
      let seal = Service.bytes(ofHexadecimal: parts[1])
    else { return nil }
    self.init(list: list, place: place)
    guard Secrets.areSame(seal, self.seal(key)) else { return nil }
  }

  init(list: String, place: String) {
    self.list = list
    self.place = place
  }

  private func seal(_ key: [UInt8]) -> [UInt8] {
    Secrets.seal(
      Secrets.digest([Array("cursor".utf8), Array(list.utf8), Array(place.utf8)]), key: key)
  }
}

extension Call {
  /// The place that a cursor of the query names; nil when there is none.
  func cursor(_ name: String, in list: String, _ service: PromoService) throws(Problem) -> String? {
    guard let text = request.argument(name) else { return nil }
    guard let cursor = PageCursor(text, list: list, key: service.cursorKey) else {
      throw Problem(422, "bad_cursor", "\(name) is what an earlier page said under \"next\"")
    }
    return cursor.place
  }
}
