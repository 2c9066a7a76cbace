import Ledger
import LocalTime
import Promo
import Storage

/// Makes three accounts and a key in an empty data folder, and prints lines to try them with.
func writeDemo(_ service: PromoService, port: UInt16, _ output: ServerOutput) throws {
  guard try service.queue.administer({ (store) throws(StorageError) in store.isEmpty }) else {
    output.writeLine("the data folder is in use already: no demo data was added")
    return
  }
  let programme = try service.programme()
  for (place, person) in [("ada", true), ("ben", true), ("cleo", false)].enumerated() {
    try service.demo(
      .account(
        .register(
          .init(
            account: person.0, isMember: person.1,
            fields: [FieldChange("email", .set(.text("\(person.0)@example.com")))],
            random: try Secrets.random(ServiceLimits.secretBytes)))))
    guard person.1 else { continue }
    for terms in programme.balances {
      let amount = terms.currency == nil ? 2_500 : 2_000
      try service.demo(
        .issue(
          .init(
            account: person.0, balance: terms.name, amount: Int64(amount / (place + 1)),
            order: "welcome \(person.0)", campaign: "demo")))
    }
  }
  let key = try service.addClient("demo", name: "Demo shop", scopes: Scope.allCases)
  let currency = service.rules.currencies.first?.code ?? "USD"
  let cart = """
    {"currency":"\(currency)","customer":{"id":"ada"},"lines":[{"sku":"MUG","price":"25.00","quantity":4}]}
    """
  let sends = "-H 'Authorization: Bearer \(key.text)' -H 'Content-Type: application/json'"
  output.writeLine(
    """
    accounts: ada and ben, members; cleo, known and no member
    key, shown this once: \(key.text)

    a quote:
    curl -s http://127.0.0.1:\(port)/v1/quotes \(sends) -d '\(cart)'

    a final checkout:
    curl -s http://127.0.0.1:\(port)/v1/checkouts \(sends) -H 'Idempotency-Key: first' \
    -d '{"id":"order-1","cart":\(cart)}'

    what ada has then:
    curl -s http://127.0.0.1:\(port)/v1/accounts/ada/balances \(sends)

    """)
}

extension PromoService {
  fileprivate func demo(_ command: LedgerCommand) throws {
    let request = LedgerRequest(
      id: "demo-" + (try Secrets.randomText(16)), actor: "demo", command)
    let answer = try queue.perform(request)
    guard answer.isAccepted else { throw Problem(answer) }
  }
}
