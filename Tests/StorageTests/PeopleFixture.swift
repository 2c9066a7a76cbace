import Foundation
import Ledger
import LocalTime
import Storage

/// Bytes for a key that are the same for the same seed.
func someRandom(_ seed: UInt8 = 1, count: Int = 32) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ Int(seed) &* 31) }
}

extension LedgerStore {
  /// Makes somebody known.
  func register(
    _ account: String, isMember: Bool = true, _ fields: [String: FieldValue] = [:],
    id: String = UUID().uuidString, at seconds: Int64 = 0
  ) throws -> LedgerAnswer {
    try perform(
      .account(
        .register(
          .init(
            account: account, isMember: isMember, fields: changes(fields),
            random: someRandom(UInt8(truncatingIfNeeded: account.utf8.reduce(0) { $0 + Int($1) }))
          ))),
      id: id, at: seconds)
  }

  /// Changes fields of a record; nil clears.
  func update(
    _ account: String, ifVersion: Int64? = nil, _ fields: [String: FieldValue?],
    id: String = UUID().uuidString, at seconds: Int64 = 0
  ) throws -> LedgerAnswer {
    try perform(
      .account(.update(account: account, ifVersion: ifVersion, changes: changes(fields))),
      id: id, at: seconds)
  }
}

private func changes(_ fields: [String: FieldValue?]) -> [FieldChange] {
  fields.sorted { $0.key < $1.key }.map { name, value in
    FieldChange(name, value.map { .set($0) } ?? .clear)
  }
}

extension TestFolder {
  /// Whether any file of the folder has some bytes anywhere.
  func contains(_ bytes: [UInt8]) throws -> Bool {
    let needle = Data(bytes)
    return try FileManager.default.contentsOfDirectory(atPath: path).contains { name in
      let file = try Data(contentsOf: URL(fileURLWithPath: path + "/" + name))
      return file.range(of: needle) != nil
    }
  }
}
