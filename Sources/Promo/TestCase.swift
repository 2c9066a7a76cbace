import Findings
import LocalTime
import Money
import RuleChecking
import RuleSyntax

/// A test made into a cart at a moment.
struct TestCase: Sendable {
  /// What a test without `at` is quoted for.
  static let usualDate = (year: 2026, month: 1, day: 1, second: Int32(12 * 3600))

  var cart: Cart
  var at: Instant
  /// Names of the campaigns that run; nil is all.
  var only: Set<String>?
  /// The account event that happens instead of a checkout.
  var event: String?

  /// Whether a campaign runs in it: it is not left out, and this is what it runs on.
  func asks(_ campaign: CheckedCampaign) -> Bool {
    guard only?.contains(campaign.name) ?? true else { return false }
    guard let wanted = campaign.event else { return event == nil }
    return event.map { $0.utf8.elementsEqual(wanted.utf8) } ?? false
  }
}

/// Why a test cannot be made into a cart.
struct TestSetupProblem: Error {
  var span: SourceSpan
  var message: String
}

/// Makes the steps of one test into a cart.
struct TestCaseBuilder {
  let rules: CheckedRules
  let test: CheckedTest
  let currency: Currency
  let zone: ZoneTable

  init(rules: CheckedRules, test: CheckedTest, zone: (String) -> ZoneTable?) {
    self.rules = rules
    self.test = test
    let file = rules.files[test.file]
    self.zone =
      file.timezone.flatMap(zone) ?? ZoneTable(identifier: "UTC", transitions: [], offsets: [0])
    currency = file.currency ?? test.syntax.firstCurrency ?? TestCaseBuilder.anyCurrency
  }

  /// What a test without any amount is priced in.
  private static let anyCurrency: Currency = {
    guard let currency = Currency(code: "USD") else { preconditionFailure("USD is listed") }
    return currency
  }()

  func build() throws(TestSetupProblem) -> TestCase {
    var cart = Cart(currency: currency, lines: [])
    cart.explain = .all
    var result = TestCase(cart: cart, at: moment())
    for step in test.syntax.steps {
      switch step.kind {
      case .at, .expect: break
      case .only(let names): result.only = Set(names.map(\.text))
      case .event(let event): result.event = event.text
      case .cart(let lines): result.cart.lines = lines.map { line($0) }
      case .codes(let codes): result.cart.codes = codes.map(\.text)
      case .shipping(let amount): result.cart.shipping = money(amount)
      case .order(let values): result.cart.order = order(values)
      case .customer(let facts):
        result.cart.customer = try customer(facts, span: step.span, at: result.at)
      case .redeem(let holding): redeem(holding, in: &result.cart)
      case .used: break
      }
    }
    // Uses of a code are of the codes presented, which may stand after them.
    for case .used(let uses) in test.syntax.steps.map(\.kind) {
      result.cart.usage = usage(uses, codes: result.cart.codes)
    }
    if result.event != nil { result.cart.lines = [] }
    return result
  }

  private func moment() -> Instant {
    for case .at(let literal) in test.syntax.steps.map(\.kind) {
      let date = literal.date
      guard let day = CivilDate(year: date.year, month: date.month, day: date.day) else { continue }
      return zone.instant(of: day, second: Int32(60 * literal.time.minuteOfDay))
    }
    let usual = TestCase.usualDate
    let day = CivilDate(year: usual.year, month: usual.month, day: usual.day)
    return zone.instant(of: day ?? CivilDate(dayNumber: 0), second: usual.second)
  }

  // MARK: Values

  func money(_ literal: MoneyLiteral) -> Money {
    var minorUnits = literal.digits.value
    for _ in literal.digits.decimals..<max(currency.decimals, literal.digits.decimals) {
      minorUnits = minorUnits.multipliedReportingOverflow(by: 10).partialValue
    }
    return Money(minorUnits: minorUnits, currency: currency)
  }

  func amount(_ amount: AmountSyntax) -> ExactDecimal {
    switch amount {
    case .count(let count): ExactDecimal(value: count.value)
    case .money(let literal): ExactDecimal(money(literal))
    }
  }

  private func value(_ literal: LiteralSyntax) -> Cart.AttributeValue {
    switch literal {
    case .money(let literal): .number(ExactDecimal(literal.digits))
    case .percent(let literal), .number(let literal): .number(ExactDecimal(literal.digits))
    case .date(let date):
      .text(
        CivilDate(year: date.year, month: date.month, day: date.day).map { $0.description } ?? "")
    case .text(let literal): .text(literal.text)
    case .flag(let flag, _): .flag(flag)
    case .day(let day, _): .text("\(day)")
    }
  }

  /// Adds a value to those of one name: a text that is said again makes a list.
  func add(_ syntax: AttributeValueSyntax, to attributes: inout [String: Cart.AttributeValue]) {
    let added = value(syntax.value)
    let name = syntax.name.text
    switch (attributes[name], added) {
    case (.text(let first), .text(let second)): attributes[name] = .texts([first, second])
    case (.texts(let several), .text(let another)): attributes[name] = .texts(several + [another])
    default: attributes[name] = added
    }
  }

  // MARK: Steps

  private func line(_ syntax: TestLineSyntax) -> Cart.Line {
    var line = Cart.Line(
      sku: syntax.sku.text, price: money(syntax.price), quantity: syntax.quantity.value)
    for fact in syntax.facts {
      switch fact {
      case .category(let literal): line.categories.append(literal.text)
      case .brand(let literal): line.brands.append(literal.text)
      case .tag(let literal): line.tags.append(literal.text)
      case .vendor(let literal): line.vendor = literal.text
      case .name(let literal): line.name = literal.text
      case .was(let amount): line.compareAt = money(amount)
      case .floor(let amount): line.floor = money(amount)
      case .giftCard: line.isGiftCard = true
      case .notDiscountable: line.isDiscountable = false
      case .attribute(let value): add(value, to: &line.attributes)
      }
    }
    return line
  }

  private func order(_ values: [AttributeValueSyntax]) -> Cart.Order {
    var order = Cart.Order()
    for syntax in values {
      switch (syntax.name.text, value(syntax.value)) {
      case ("channel", .text(let text)): order.channel = text
      case ("store", .text(let text)): order.store = text
      case ("country", .text(let text)): order.country = text
      default: add(syntax, to: &order.attributes)
      }
    }
    return order
  }

  /// The declared name of a balance, which may have lost its final `s` after a one.
  func balanceName(_ name: String) -> String {
    let names = rules.balances.map(\.name)
    return names.contains(name) ? name : names.first { $0 == name + "s" } ?? name
  }

  /// Takes a balance as its declaration says: as a discount or as payment.
  private func redeem(_ holding: HoldingSyntax, in cart: inout Cart) {
    let (written, amount): (String, ExactDecimal) =
      switch holding {
      case .count(let count, let name): (name.text, ExactDecimal(value: count.value))
      case .money(let literal, let name): (name.text, ExactDecimal(money(literal)))
      }
    let name = balanceName(written)
    let balance = rules.balances.first { $0.name == name }
    if case .payment = balance?.redemption {
      cart.pay[name] = amount
    } else {
      cart.redeem[name] = amount
    }
  }

  /// Uses by everyone; a number counts orders, and uses of the codes presented where those are
  /// what a limit counts. Money is what was given away.
  private func usage(
    _ uses: [(campaign: Name, amount: AmountSyntax)], codes: [String]
  ) -> [String: Cart.Usage] {
    var usage: [String: Cart.Usage] = [:]
    for (campaign, amount) in uses {
      var own = usage[campaign.text] ?? Cart.Usage()
      switch amount {
      case .count(let count):
        own.redemptions = count.value
        for code in codes { own.codes[code] = count.value }
      case .money(let literal): own.discount = money(literal)
      }
      usage[campaign.text] = own
    }
    return usage
  }
}

extension ExactDecimal {
  init(_ money: Money) {
    self.init(value: money.minorUnits, decimals: money.currency.decimals)
  }

  init(_ digits: DecimalDigits) { self.init(value: digits.value, decimals: digits.decimals) }
}

extension TestSyntax {
  /// The currency of the first amount that names one.
  fileprivate var firstCurrency: Currency? {
    for step in steps {
      let literals: [MoneyLiteral] =
        switch step.kind {
        case .cart(let lines): lines.map(\.price)
        case .shipping(let literal): [literal]
        default: []
        }
      for literal in literals {
        if let currency = literal.currencyCode.flatMap({ Currency(code: $0) }) { return currency }
      }
    }
    return nil
  }
}
