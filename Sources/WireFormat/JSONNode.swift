/// One entry of a document's tape: a value, or the key in front of it.
struct JSONNode {
  enum Kind {
    case null, no, yes, number, plainString, escapedString, array, object
  }

  /// What the bytes spell.
  var kind: Kind
  /// The first byte of the text; for strings the one after the opening quote.
  var start: Int32
  /// The byte after the text; for strings the closing quote.
  var end: Int32
  /// The entry after this one and everything inside it.
  var next: Int32
  /// Elements of an array or members of an object; zero for everything else.
  var count: Int32
}
