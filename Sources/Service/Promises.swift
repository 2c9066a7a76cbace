import HTTP
import LocalTime
import Promo
import Storage
import WireFormat

extension PromoService {
  /// Promises a price: it is on disk before the quote is answered.
  func promise(_ given: GivenQuote) throws(Problem) {
    let extras = jsonObject { writer in
      writer.object("pools") { writer in
        for (code, pool) in given.pools.sorted(by: { $0.key < $1.key }) { writer.text(code, pool) }
      }
      writer.list("holds", given.pledges.holds) { $0.string($1) }
      writer.list("redemptions", given.pledges.redemptions) { $0.string($1) }
    }
    let promise = PromisedQuote(
      id: given.id, client: given.client, account: given.account,
      revision: given.served.revision, pricedAt: "\(given.at)", expiresAt: given.expiresAt,
      sent: given.sent, priced: given.priced.json(), extras: extras)
    let now = clock()
    try administer { (store) throws(StorageError) in try store.keep(promise, at: now) }
  }

  /// A quote that was given before, by its id: from the shelf, or worked out again from its promise.
  func given(_ id: String, to client: String) throws(Problem) -> GivenQuote? {
    if let given = quotes.quote(id, of: client) {
      guard let account = given.account else { return given }
      let isForgotten = try read { (reader) throws(StorageError) in
        try reader.isForgotten(account) ?? false
      }
      return isForgotten ? nil : given
    }
    let (found, kept) = try read { (reader) throws(StorageError) in
      let promise = try reader.promisedQuote(id)
      return (
        promise,
        try promise.flatMap { (promise) throws(StorageError) in
          try reader.revision(promise.revision)
        }
      )
    }
    guard let promise = found, let revision = kept, promise.client == client,
      promise.expiresAt > clock(), let at = Instant(rfc3339: promise.pricedAt)
    else { return nil }
    do {
      let rules = try RuleSet(sources: revision.sources)
      let extras = try RequestBody(anyKeys: promise.extras)
      var pools: [String: String] = [:]
      if let object = try extras.object("pools") {
        for code in object.keys { pools[code] = try object.required(code) }
      }
      var (priced, _) = try Cart.read(json: promise.priced)
      for (code, pool) in pools { priced.generatedCodes[code] = .init(pool: pool) }
      let given = GivenQuote(
        id: id, client: client, sent: promise.sent, priced: priced,
        served: RulesInForce(
          rules, revision: revision.number, publishedAt: revision.publishedAt),
        at: at, json: try rules.quote(priced, at: at).json(), account: promise.account,
        pledges: try Pledges(
          holds: try extras.texts("holds") ?? [],
          redemptions: try extras.texts("redemptions") ?? []),
        pools: pools, isPromised: true, expiresAt: promise.expiresAt)
      quotes.put(given)
      return given
    } catch {
      throw Problem(503, "unavailable", "what was promised can not be read")
    }
  }
}
