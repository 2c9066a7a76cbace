import Ledger
import LocalTime

extension Workload {
  // MARK: cards and codes

  mutating func card() -> AccountCommand {
    let pool = random.happens(onceIn: 3) ? shop.cardPools[1] : shop.cardPools[0]
    cardsAsked += 1
    let account = person()
    if random.happens(onceIn: 30) {
      return .allocateCard(account: account, pool: "bronze", number: nil)
    }
    return .allocateCard(
      account: account, pool: pool.name,
      number: random.happens(onceIn: 3) ? cardNumber(of: pool) : nil)
  }

  /// The number of a card that may have been given out, or a wrong one, as somebody types it.
  mutating func cardNumber(of pool: CardPool) -> String {
    let place = min(pool.last, pool.first + random.number(0...max(1, cardsAsked)))
    var number = PeopleModel.cardNumber(pool, place)
    if random.happens(onceIn: 15) { number += "1" }
    if random.happens(onceIn: 4) { number = number.prefix(3) + " - " + number.dropFirst(3) }
    return number
  }

  mutating func codeCommand() -> AccountCommand {
    if codes.isEmpty || random.happens(onceIn: 4) {
      let isOld = !seeds.isEmpty && random.happens(onceIn: 8)
      let count = Int(random.number(1...4)) * 10
      let seed =
        isOld
        ? random.pick(seeds) : (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      seeds.append(seed)
      let pool = random.pick(["k-1", "k-2"])
      for code in PeopleModel.codes(seed) { codes.append((code, pool)) }
      return .generateCodes(pool: pool, random: seed)
    }
    let (code, pool) = typedCode()
    if random.happens(onceIn: 3) { orders.append(name("o")) }
    return .useCode(code, pool: pool, order: recentOrder())
  }

  /// A code as somebody types it, mostly with its pool.
  mutating func typedCode() -> (code: String, pool: String) {
    guard !codes.isEmpty, !random.happens(onceIn: 20) else {
      return (random.pick(["WELCOME", "0000000000000000"]), random.pick(["k-1", "k-9"]))
    }
    var (code, pool) = random.pick(codes, last: 12)
    if random.happens(onceIn: 12) { pool = random.pick(["k-1", "k-2", "k-9"]) }
    switch random.number(0...4) {
    case 0: code = code.lowercased()
    case 1: code = code.prefix(4) + "-" + code.dropFirst(4).prefix(4) + " " + code.dropFirst(8)
    case 2: code = String(code.map { $0 == "0" ? "o" : $0 == "1" ? "l" : $0 })
    default: break
    }
    return (code, pool)
  }

  // MARK: spending accounts

  mutating func openedSpending(at now: Instant) -> SpendingAccount {
    let account = random.happens(onceIn: 15) ? person() : random.pick(spendings)
    let balance = random.happens(onceIn: 12) ? balance() : self.balance(of: account)
    var opened = SpendingAccount(account: account, name: "budget", balance: balance)
    if random.happens(onceIn: 2) {
      opened.startsAt = Instant(
        secondsSince1970: now.secondsSince1970 + random.number(-600...100))
    }
    if random.happens(onceIn: 2) {
      opened.endsAt = Instant(
        secondsSince1970: now.secondsSince1970 + random.number(101...900))
    }
    return opened
  }

  mutating func assignee() -> SpendingAssignee {
    switch random.number(0...3) {
    case 0: SpendingAssignee(.buyer, random.pick(["acme", "globex"]))
    case 1: SpendingAssignee(.group, random.pick(shop.groups.map(\.name) + ["elsewhere"]))
    default: SpendingAssignee(.user, random.happens(onceIn: 2) ? account() : person())
    }
  }

  mutating func spenderOfAnyKind() -> Spender {
    Spender(
      random.happens(onceIn: 3) ? person() : account(),
      groups: random.happens(onceIn: 4) ? ["elsewhere"] : [],
      buyer: random.happens(onceIn: 3) ? random.pick(["acme", "globex"]) : nil)
  }

  /// An account to pay from.
  mutating func payer() -> String {
    hasPeople && random.happens(onceIn: 20) ? person() : spending()
  }

  // MARK: questions

  /// Something to read besides balances.
  mutating func question(at now: Instant) -> Question {
    switch random.number(0...9) {
    case 0...3: return .search(query(), selection(), most: Int(random.number(0...5)) * 3)
    case 4: return .account(person(), selection())
    case 5...6:
      let seconds = random.happens(onceIn: 2) ? 0 : random.number(-200_000...200_000)
      return .groups(
        account: person(), at: Instant(secondsSince1970: now.secondsSince1970 + seconds))
    case 7:
      let (code, pool) = typedCode()
      return .code(code, pool: pool)
    case 8: return .spendings(spenderOfAnyKind())
    default: return .changes(after: Int(random.number(0...200)), most: Int(random.number(0...4)))
    }
  }

  private mutating func query() -> AccountQuery {
    var query = AccountQuery()
    let kinds = random.happens(onceIn: 3) ? 2 : 1
    for _ in 0..<kinds {
      switch random.number(0...6) {
      case 0: query.terms[.card] = cardNumber(of: random.pick(shop.cardPools))
      case 1...2: query.terms[.externalID] = externalID()
      case 3...4: query.terms[.email] = email()
      case 5: query.terms[.phone] = phone()
      default: if kinds == 1 { query.terms[.email] = random.pick(["", "@", "ann"]) }
      }
    }
    return query
  }

  private mutating func selection() -> AccountSelection {
    var selection = AccountSelection(hasCards: random.happens(onceIn: 2))
    switch random.number(0...2) {
    case 0: selection.fields = nil
    case 1: selection.fields = ["email", "phone", "given_name"]
    default: break
    }
    if random.happens(onceIn: 4) { selection.balances = ["points", "stamps"] }
    return selection
  }
}
