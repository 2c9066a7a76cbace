import Foundation
import Ledger
import LocalTime
import Storage
import Testing

@Suite("accounts of people") struct AccountTests {
  private let folder: TestFolder
  private let store: LedgerStore

  init() throws {
    folder = try TestFolder()
    store = try openStore(in: folder)
  }

  private func reader() throws -> LedgerReader {
    try LedgerReader(folder: folder.path, zone: utc)
  }

  private func record(_ id: String) throws -> AccountRecord? {
    try reader().account(id, at: moment(0))
  }

  @Test("a person enrols once; the second time tells the first date and changes nothing")
  func enrolment() throws {
    let first = moment(5).secondsSince1970
    #expect(
      try store.register("p", ["city": .text("Oslo")], at: 5)
        == LedgerAnswer(.enrolled, amount: first))
    #expect(
      try store.register("p", ["city": .text("Rome")], at: 9)
        == LedgerAnswer(.alreadyEnrolled, amount: first))
    let record = try #require(try record("p"))
    #expect(record.enrolledAt == moment(5))
    #expect(record.version == 1)
    #expect(record.fields == ["city": .text("Oslo")])
  }

  @Test("a known person who is no member can enrol later, and so can a bare account")
  func promotion() throws {
    #expect(try store.register("p", isMember: false, ["city": .text("Oslo")]).code == .registered)
    #expect(try store.register("p", isMember: false).code == .accountExists)
    #expect(try record("p")?.enrolledAt == nil)
    #expect(try store.register("p", ["phone": .text("+47 22 33 44 55")], at: 3).code == .enrolled)
    let record = try #require(try record("p"))
    #expect(record.enrolledAt == moment(3))
    #expect(record.version == 2)
    #expect(record.fields["city"] == .text("Oslo"))
    #expect(try store.update("m-1", ["city": .text("Bern")]).code == .notRegistered)
    #expect(try store.register("m-1").code == .enrolled)
    #expect(try store.perform(.open(account: "p")).code == .accountExists)
  }

  @Test("an update keeps what it does not name, clears what it says, and counts a version")
  func updating() throws {
    _ = try store.register("p", ["city": .text("Oslo"), "accepts_email": .flag(true)])
    #expect(
      try store.update("p", ifVersion: 1, ["city": nil, "given_name": .text("Ada")])
        == LedgerAnswer(.updated, amount: 2))
    #expect(
      try record("p")?.fields == ["accepts_email": .flag(true), "given_name": .text("Ada")])
    #expect(
      try store.update("p", ifVersion: 1, ["city": .text("Rome")])
        == LedgerAnswer(.staleVersion, amount: 2))
    #expect(try store.update("nobody", ["city": nil]).code == .unknownAccount)
    let keep = FieldChange("given_name", .keep)
    #expect(
      try store.perform(.account(.update(account: "p", ifVersion: 2, changes: [keep])))
        == LedgerAnswer(.unchanged, amount: 2))
  }

  @Test("two updates of different fields without a version both survive")
  func bothSurvive() throws {
    _ = try store.register("p")
    _ = try store.update("p", ["city": .text("Oslo")])
    _ = try store.update("p", ["country": .text("NO")])
    #expect(try record("p")?.fields == ["city": .text("Oslo"), "country": .text("NO")])
  }

  @Test("what says the same is no change: no version, no entry; texts differ by their bytes")
  func noChange() throws {
    _ = try store.register("p", ["city": .text("Orl\u{E9}ans")])
    let entries = try reader().changes(after: 0).count
    #expect(
      try store.update("p", ["city": .text("Orl\u{E9}ans"), "region": nil])
        == LedgerAnswer(.unchanged, amount: 1))
    #expect(try reader().changes(after: 0).count == entries)
    #expect(try store.update("p", ["city": .text("Orle\u{301}ans")]).code == .updated)
  }

  @Test("a value of the wrong kind or shape, and a field nobody declared, are refused by name")
  func badFields() throws {
    _ = try store.register("p")
    let longest = String(repeating: "x", count: LedgerLimits.fieldTextBytesMaximum)
    let cases: [(String, FieldValue, Bool)] = [
      ("city", .number(1), false), ("city", .text(""), false), ("city", .text("a\nb"), false),
      ("city", .text(longest), true), ("city", .text(longest + "x"), false),
      ("email", .text("ada"), false), ("email", .text("a@b@c"), false),
      ("email", .text("ada@example.org"), true), ("phone", .text("123"), false),
      ("phone", .text("1234"), true), ("phone", .text("123456789012345"), true),
      ("phone", .text("1234567890123456"), false), ("accepts_email", .text("yes"), false),
      ("birthday", .date(try #require(CivilDate(year: 1815, month: 12, day: 10))), true),
    ]
    for (name, value, isGood) in cases {
      let answer = try store.update("p", [name: value])
      #expect(
        answer.code == (isGood ? .updated : .badField) && (isGood || answer.subject == name),
        "\(name) \(value)")
    }
    #expect(
      try store.update("p", ["shoe_size": .number(38)])
        == LedgerAnswer(.unknownField, subject: "shoe_size"))
    try store.declareFields([FieldDeclaration("shoe_size", .number)])
    #expect(try store.update("p", ["shoe_size": .number(38)]).code == .updated)
    #expect(throws: StorageError.constraint("field shoe_size can not change its kind")) {
      try store.declareFields([FieldDeclaration("shoe_size", .text)])
    }
    #expect(throws: StorageError.constraint("a field can not be named so")) {
      try store.declareFields([FieldDeclaration("Shoe size", .text)])
    }
  }

  @Test(
    "a key needs enough random bytes, and not too many",
    arguments: [(31, false), (32, true), (1_024, true), (1_025, false)])
  func random(count: Int, isGood: Bool) throws {
    let answer = try store.perform(
      .account(
        .register(.init(account: "p", isMember: true, random: someRandom(count: count)))))
    #expect(answer.code == (isGood ? .enrolled : .badRandom))
  }

  @Test("an external id belongs to one account")
  func externalID() throws {
    _ = try store.register("p", ["external_id": .text("crm-7")])
    #expect(
      try store.register("q", ["external_id": .text("crm-7")])
        == LedgerAnswer(.identifierTaken, subject: "external_id"))
    #expect(try record("q") == nil)
    _ = try store.register("q", ["external_id": .text("CRM-7")])
    #expect(try store.update("q", ["external_id": .text("crm-7")]).code == .identifierTaken)
    #expect(try store.update("p", ["external_id": nil]).code == .updated)
    #expect(try store.update("q", ["external_id": .text("crm-7")]).code == .updated)
  }

  @Test("a repeat is answered as the first time; other words about the person are a mismatch")
  func repeats() throws {
    let first = try store.register("p", ["city": .text("Oslo")], id: "r")
    #expect(try store.register("p", ["city": .text("Oslo")], id: "r", at: 9) == first)
    #expect(try store.register("p", ["city": .text("Rome")], id: "r").code == .requestMismatch)
    #expect(try store.register("p", ["region": .text("Oslo")], id: "r").code == .requestMismatch)
    _ = try store.update("p", ["city": .text("Rome")], id: "u")
    #expect(try store.update("p", ["city": .text("Bern")], id: "u").code == .requestMismatch)
    #expect(try store.update("p", ["city": nil], id: "u").code == .requestMismatch)
  }

  @Test("a corrected repeat of what was refused is a mismatch too, whoever is known by then")
  func refusedRepeats() throws {
    let wrong: [String: FieldValue] = ["email": .number(7)]
    let right: [String: FieldValue] = ["email": .text("a@b.example")]
    #expect(try store.register("p", wrong, id: "r").code == .badField)
    #expect(try store.register("p", wrong, id: "r").code == .badField)
    #expect(try store.register("p", right, id: "r").code == .requestMismatch)
    #expect(try store.update("p", right, id: "u").code == .unknownAccount)
    #expect(try store.register("p", right, id: "r-2").code == .enrolled)
    #expect(
      try store.update("p", ["email": .text("c@d.example")], id: "u").code == .requestMismatch)
    #expect(try store.register("p", right, id: "r").code == .requestMismatch)
    #expect(try store.perform(.account(.erase(account: "p"))).code == .erased)
    let connection = try SQLiteConnection(
      path: DataFolder.databasePath(in: folder.path), .reading)
    #expect(try connection.number(SQLText("SELECT count(*) FROM person_request")) == 0)
  }
}
