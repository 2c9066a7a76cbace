import WireFormat

/// What a value in JSON looks like: what a request brings, what an answer holds.
indirect enum Shape: Sendable {
  /// A text.
  case text
  /// One of some texts.
  case word([String])
  /// An amount as a text of decimal digits, such as `"12.75"`.
  case amount
  /// An amount as a text or as a number whose digits are exact.
  case givenAmount
  /// A whole number.
  case integer
  /// True or false.
  case flag
  /// A moment, as RFC 3339 writes it.
  case moment
  /// Anything.
  case any
  /// A list.
  case list(Shape)
  /// The same, with one of its elements alone instead of a list of one.
  case oneOrMore(Shape)
  /// An object with these keys and no others.
  case object([Member], optional: [Member])
  /// An object with any keys, and such values.
  case map(Shape)
  /// The shape, or `null`.
  case nullable(Shape)
  /// A number.
  case number
  /// Nothing but `null`.
  case null
  /// One of the components.
  case named(String)

  /// A key of an object, and its value.
  struct Member: Sendable {
    var name: String
    var shape: Shape
    init(_ name: String, _ shape: Shape) {
      self.name = name
      self.shape = shape
    }
  }

  /// An object with keys that must be there, and others that may be.
  static func fields(
    _ required: KeyValuePairs<String, Shape> = [:],
    maybe optional: KeyValuePairs<String, Shape> = [:]
  ) -> Shape {
    .object(
      required.map { Member($0.key, $0.value) }, optional: optional.map { Member($0.key, $0.value) }
    )
  }
}

extension JSONWriter {
  /// Writes a shape as JSON Schema has it.
  mutating func schema(_ shape: Shape) {
    beginObject()
    schemaMembers(shape)
    endObject()
  }

  private mutating func schema(_ name: String, _ shape: Shape) {
    key(name)
    schema(shape)
  }

  private mutating func schemaMembers(_ shape: Shape) {
    switch shape {
    case .text: text("type", "string")
    case .word(let words):
      text("type", "string")
      list("enum", words) { $0.string($1) }
    case .amount:
      text("type", "string")
      text("pattern", #"^-?[0-9]+(\.[0-9]+)?$"#)
    case .givenAmount:
      list("anyOf", [Shape.amount, .number]) { $0.schema($1) }
    case .integer: text("type", "integer")
    case .flag: text("type", "boolean")
    case .moment:
      text("type", "string")
      text("format", "date-time")
    case .any: break
    case .list(let element):
      text("type", "array")
      schema("items", element)
    case .oneOrMore(let element): list("anyOf", [element, .list(element)]) { $0.schema($1) }
    case .object(let required, let optional): members(required, optional)
    case .map(let value):
      text("type", "object")
      schema("additionalProperties", value)
    case .nullable(let shape): list("anyOf", [shape, .null]) { $0.schema($1) }
    case .named(let name): text("$ref", "#/components/schemas/\(name)")
    case .number: text("type", "number")
    case .null: text("type", "null")
    }
  }

  private mutating func members(
    _ required: [Shape.Member], _ optional: [Shape.Member]
  ) {
    text("type", "object")
    if !required.isEmpty { list("required", required.map(\.name)) { $0.string($1) } }
    object("properties") { writer in
      for member in required + optional { writer.schema(member.name, member.shape) }
    }
    key("additionalProperties")
    bool(false)
  }
}
