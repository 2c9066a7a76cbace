import Ledger
import LocalTime

/// Who the accounts of a simulated shop are, and all it keeps beside coins, in plain lists.
struct PeopleModel: Sendable {
  struct Person: Sendable {
    var fields: [String: FieldValue] = [:]
    var version: Int64 = 0
    var enrolledAt: Instant?
    var isErased = false
    var cards: [String] = []
  }

  /// A line of the change feed.
  struct Change: Hashable, Sendable {
    var account: String
    var kind: String
    var names: [String] = []
    var other: String?
    var version: Int64?
    var at: Instant
  }

  struct Membership: Sendable {
    var group: String
    var account: String
    var joinedAt: Instant
    var leavesAt: Instant?
    var visitsLeft: Int64?
    var leftAt: Instant?
    /// The purchases that were counted as visits of it.
    var orders: [String] = []
  }

  struct Code: Sendable {
    var pool: String
    var usedAt: Instant?
    var usedFor: String?
  }

  struct Assignment: Sendable {
    var assignee: SpendingAssignee
    var spending: String
    var exceedMaximum: Int64
  }

  /// Accounts in the order they were opened.
  var opened: [String] = []
  var persons: [String: Person] = [:]
  var disabled: Set<String> = []
  var changes: [Change] = []
  /// Places that were ever given out, by pool.
  var placesGiven: [String: Set<Int64>] = [:]
  var memberships: [Membership] = []
  /// Codes by their one spelling.
  var codes: [String: Code] = [:]
  var spendings: [String: SpendingAccount] = [:]
  var assignments: [Assignment] = []

  /// Adds a line to the feed.
  mutating func note(
    _ kind: String, _ account: String, names: [String] = [], version: Int64? = nil,
    at now: Instant
  ) {
    changes.append(
      Change(account: account, kind: kind, names: names, version: version, at: now))
  }
}

// MARK: spelling

extension PeopleModel {
  /// The one spelling of what accounts are found by; nil for what can be none.
  static func plain(_ text: String, _ kind: LookupKind) -> String? {
    let spaces: Set<Character> = [" ", "\u{A0}"]
    switch kind {
    case .externalID: return text == "" ? nil : text
    case .card:
      let digits = text.filter { $0 != "-" && !spaces.contains($0) }
      return digits == "" ? nil : digits
    case .email:
      let small = text.lowercased().filter { !spaces.contains($0) }
      guard let at = small.firstIndex(of: "@"), at == small.lastIndex(of: "@"),
        at != small.startIndex, small.index(after: at) != small.endIndex
      else { return nil }
      return small
    case .phone:
      var digits = text.filter { "0123456789".contains($0) }
      if digits.hasPrefix("00") { digits = String(digits.dropFirst(2)) }
      return digits.count < 4 || digits.count > 15 ? nil : digits
    }
  }

  /// The one spelling of a code; nil for what can be none.
  static func plainCode(_ typed: String) -> String? {
    var letters = ""
    for letter in typed.uppercased() where letter != " " && letter != "-" {
      switch letter {
      case "O": letters += "0"
      case "I", "L": letters += "1"
      default: letters.append(letter)
      }
    }
    let isGood = letters.allSatisfy { "0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains($0) }
    return isGood && letters.count == 16 ? letters : nil
  }

  /// The codes of random bytes: five bits a letter, the highest first.
  static func codes(_ random: [UInt8]) -> [String] {
    let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    let bits = random.flatMap { byte in (0..<8).map { Int(byte >> (7 - $0)) & 1 } }
    let letters = stride(from: 0, to: bits.count, by: 5).map { place in
      alphabet[bits[place..<place + 5].reduce(0) { $0 * 2 + $1 }]
    }
    return stride(from: 0, to: letters.count, by: 16).map { String(letters[$0..<$0 + 16]) }
  }

  /// The number of a card: beginning, place, and the digit that Luhn's sum asks for.
  static func cardNumber(_ pool: CardPool, _ place: Int64) -> String {
    var number = String(place)
    while number.count < pool.width { number = "0" + number }
    number = pool.prefix + number
    guard pool.hasCheckDigit else { return number }
    let check = (0...9).first { isLuhn(number + String($0)) }
    return number + String(check ?? 0)
  }

  private static func isLuhn(_ number: String) -> Bool {
    let doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9]
    let sum = number.reversed().enumerated().reduce(0) { sum, next in
      let digit = next.element.wholeNumberValue ?? 0
      return sum + (next.offset % 2 == 0 ? digit : doubled[digit])
    }
    return sum % 10 == 0
  }

  /// Whether two values are the same to the byte.
  static func areSame(_ one: FieldValue?, _ other: FieldValue?) -> Bool {
    if case .text(let mine)? = one, case .text(let theirs)? = other {
      return Array(mine.utf8) == Array(theirs.utf8)
    }
    return one == other
  }
}
