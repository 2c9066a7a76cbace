public import LocalTime

/// What one field of a person's record holds.
public enum FieldValue: Hashable, Sendable {
  case text(String)
  case number(Int64)
  case flag(Bool)
  case date(CivilDate)
}

/// What a field may hold.
public enum FieldKind: String, Hashable, Sendable, CaseIterable {
  case text, number, flag, date
  /// A text with one `@` and something on both sides.
  case email
  /// A text with 4 to 15 digits.
  case phone
}

/// A field that records of people may have.
public struct FieldDeclaration: Hashable, Sendable {
  /// Small letters, digits and `_`, beginning with a letter.
  public var name: String
  /// What it may hold.
  public var kind: FieldKind
  /// A field.
  public init(_ name: String, _ kind: FieldKind) {
    self.name = name
    self.kind = kind
  }

  /// Fields that every store knows: demographics, then preferences.
  public static let standard = [
    FieldDeclaration("external_id", .text), FieldDeclaration("email", .email),
    FieldDeclaration("phone", .phone), FieldDeclaration("given_name", .text),
    FieldDeclaration("family_name", .text), FieldDeclaration("birthday", .date),
    FieldDeclaration("gender", .text), FieldDeclaration("street", .text),
    FieldDeclaration("city", .text), FieldDeclaration("region", .text),
    FieldDeclaration("postal_code", .text), FieldDeclaration("country", .text),
    FieldDeclaration("language", .text), FieldDeclaration("favourite_store", .text),
    FieldDeclaration("accepts_email", .flag), FieldDeclaration("accepts_text", .flag),
    FieldDeclaration("accepts_post", .flag),
  ]

  /// Whether the name can be a field's.
  package var hasGoodName: Bool {
    let bytes = Array(name.utf8)
    guard let first = bytes.first, bytes.count <= LedgerLimits.fieldNameBytesMaximum else {
      return false
    }
    return (0x61...0x7A).contains(first)
      && bytes.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
      }
  }
}

extension FieldKind {
  /// Whether a value can stand in a field of this kind.
  package func accepts(_ value: FieldValue) -> Bool {
    switch (self, value) {
    case (.number, .number), (.flag, .flag): true
    case (.date, .date(let date)): (1...9_999).contains(date.parts.year)
    case (.text, .text(let text)): isFieldText(text)
    case (.email, .text(let text)): isFieldText(text) && LookupKind.email.normal(text) != nil
    case (.phone, .text(let text)): isFieldText(text) && LookupKind.phone.normal(text) != nil
    default: false
    }
  }
}

/// Whether a text can be kept in a field: not empty, not too long, no control characters.
private func isFieldText(_ text: String) -> Bool {
  !text.utf8.isEmpty && text.utf8.count <= LedgerLimits.fieldTextBytesMaximum && isPlain(text)
}

/// What becomes of one field: it stays, it goes, or it gets a value.
public struct FieldChange: Hashable, Sendable {
  /// Three ways, since leaving a field out is not the same as clearing it.
  public enum Change: Hashable, Sendable {
    case keep
    case clear
    case set(FieldValue)
  }

  /// A declared field.
  public var name: String
  /// What becomes of it.
  public var change: Change

  /// A change of a field.
  public init(_ name: String, _ change: Change) {
    self.name = name
    self.change = change
  }
}
