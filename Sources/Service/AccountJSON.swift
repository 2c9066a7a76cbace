import Ledger
import Storage
import WireFormat

/// Names of a record's fields as JSON has them: `external_id` is `externalId`.
enum FieldNames {
  /// A standard field by its key; nil for none.
  static func standard(_ key: String) -> FieldDeclaration? {
    FieldDeclaration.standard.first { self.key($0.name) == key }
  }

  /// The key of a field.
  static func key(_ name: String) -> String {
    let parts = name.split(separator: "_")
    return parts.enumerated().map { place, part in
      place == 0 ? String(part) : part.prefix(1).uppercased() + part.dropFirst()
    }.joined()
  }

  /// The keys of all standard fields.
  static var keys: [String] { FieldDeclaration.standard.map { key($0.name) } }
}

extension JSONWriter {
  /// Writes a record of an account.
  mutating func account(_ record: AccountRecord, _ programme: LoyaltyProgramme) {
    beginObject()
    text("id", record.id)
    key("member")
    bool(record.enrolledAt != nil)
    text("enrolledAt", record.enrolledAt.map { "\($0)" })
    key("version")
    number(record.version)
    let standard = Set(FieldDeclaration.standard.map(\.name))
    for field in FieldDeclaration.standard {
      guard let value = record.fields[field.name] else { continue }
      key(FieldNames.key(field.name))
      write(value)
    }
    let custom = record.fields.filter { !standard.contains($0.key) }
    if !custom.isEmpty {
      object("attributes") { writer in
        for (name, value) in custom.sorted(by: { $0.key < $1.key }) {
          writer.key(name)
          writer.write(value)
        }
      }
    }
    if !record.cards.isEmpty { list("cards", record.cards) { $0.string($1) } }
    if !record.balances.isEmpty {
      list("balances", record.balances.sorted { $0.key < $1.key }) { writer, element in
        writer.balance(
          element.key, element.value, programme.terms(named: element.key)?.decimals ?? 0)
      }
    }
    endObject()
  }

  private mutating func write(_ value: FieldValue) {
    switch value {
    case .text(let text): string(text)
    case .number(let number): self.number(number)
    case .flag(let flag): bool(flag)
    case .date(let date): string("\(date)")
    }
  }

  /// Writes a balance as it stands.
  mutating func balance(_ name: String, _ view: BalanceView, _ decimals: Int) {
    beginObject()
    text("balance", name)
    for (key, amount) in [
      ("available", view.available), ("held", view.held), ("pending", view.pending),
      ("posted", view.posted), ("lifetime", view.lifetime),
    ] {
      self.key(key)
      decimal(amount, decimals: decimals)
    }
    key("version")
    number(view.version)
    if let next = view.expiringNext {
      object("expiringNext") { writer in
        writer.key("amount")
        writer.decimal(next.amount, decimals: decimals)
        writer.text("at", "\(next.at)")
      }
    }
    endObject()
  }
}
