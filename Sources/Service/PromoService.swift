import Checkout
import HTTPClient
import Ledger
package import LocalTime
import Promo
package import Storage
import Synchronization

/// The checkout service: one data folder, the rules in force, and who may ask.
///
/// Every member can be used by many threads at once; all writing goes through the queue.
package final class PromoService: Sendable {
  let queue: LedgerQueue
  let readers: ReaderPool
  let inForce: Mutex<RulesInForce>
  let clients: Mutex<ClientTable>
  let quotes = QuoteShelf()
  let clock: @Sendable () -> Instant
  let requestRate: RateLimit
  let wrongCodes = RateLimit(
    burst: ServiceLimits.wrongCodesBurst, count: 60 / ServiceLimits.wrongCodesSeconds,
    perMinute: true)
  let metrics = Metrics()
  /// What is being done under idempotency keys.
  let running: RunningRequests
  /// Asks other people's servers.
  let outgoing: HTTPClient
  /// Who is asked about payments; nil for nobody.
  let paymentHook: PaymentHook?
  /// How many payments it is being asked about.
  let askedHooks = Mutex(0)
  /// Seals shoppers' tokens; made anew at each start, so that those of before are over.
  let tokenKey: [UInt8]
  /// Seals cursors; kept in the data folder, so that a reader goes on where it was.
  let cursorKey: [UInt8]
  /// Where rule files are read from when they are asked for anew.
  let rulePaths: [String]

  /// A service over a data folder, with the rules of files.
  ///
  /// The rules are published as a new revision when they are not the last one.
  /// - Parameters:
  ///   - reachesPrivateAddresses: Whether webhooks may be servers of this machine's network.
  ///   - paymentHook: Who is asked about payments; nil for nobody.
  ///   - open: Opens the folder's books.
  ///   - requests: How many requests a caller may make at once, and how many more each second.
  ///   - twinMilliseconds: How long a request waits for its twin; nil for the usual time.
  /// - Throws: `ServiceError`: the folder, or the rules, with all findings.
  package init(
    data path: String, rules paths: [String], reachesPrivateAddresses: Bool = false,
    paymentHook: PaymentHook? = nil,
    opening open: (String, ZoneTable, Instant) throws(StorageError) -> sending LedgerStore =
      PromoService.openStore,
    requests: (burst: Int64, perSecond: Int64) = (
      ServiceLimits.requestsBurst, ServiceLimits.requestsPerSecond
    ), twinMilliseconds: Int? = nil,
    clock: @escaping @Sendable () -> Instant
  ) throws(ServiceError) {
    running = RunningRequests(waiting: twinMilliseconds ?? ServiceLimits.twinMilliseconds)
    requestRate = RateLimit(burst: requests.burst, count: requests.perSecond)
    let now = clock()
    let sources: [RuleSource]
    do { sources = try RuleFiles.read(paths) } catch { throw .rules("\(error)") }
    let rules: RuleSet
    do { rules = try RuleSet(sources: sources) } catch { throw .rules("\(error)") }
    let zone = rules.zoneOfDays
    do {
      let store = try open(path, zone, now)
      try store.declare(of: rules)
      queue = LedgerQueue(store, clock: clock)
      readers = ReaderPool(folder: path, zone: zone)
      cursorKey = try DataFolder.key(
        in: path, random: try Secrets.random(ServiceLimits.secretBytes))
      tokenKey = try Secrets.random(ServiceLimits.secretBytes)
      clients = Mutex(
        ClientTable(
          try readers.read { (reader) throws(StorageError) in
            try reader.clients()
          }))
      inForce = Mutex(
        try Self.opening(rules, sources, queue, readers, at: now))
    } catch let error as StorageError {
      throw .folder(path, error)
    } catch {
      throw .folder(path, .io("the system gives no random bytes"))
    }
    self.clock = clock
    self.paymentHook = paymentHook
    outgoing = HTTPClient(reachesPrivate: reachesPrivateAddresses)
    rulePaths = paths
  }

  /// The books of a folder, as they are opened where nothing else is asked for.
  package static func openStore(_ path: String, _ zone: ZoneTable, at now: Instant)
    throws(StorageError) -> sending LedgerStore
  {
    try LedgerStore(folder: path, zone: zone, at: now)
  }

  /// The rules in force now.
  var served: RulesInForce { inForce.withLock { $0 } }
  var rules: RuleSet { served.rules }

  /// What a service begins with: the rules published last, unless the files have changed since they
  /// were last put in force.
  private static func opening(
    _ rules: RuleSet, _ sources: [RuleSource], _ queue: LedgerQueue, _ readers: ReaderPool,
    at now: Instant
  ) throws(StorageError) -> RulesInForce {
    let (last, lastOfFiles) = try readers.read { (reader) throws(StorageError) in
      let revisions = try reader.revisions(most: 10_000)
      return (revisions.first, revisions.first(where: \.isFromFiles))
    }
    if let last, lastOfFiles?.identity == rules.identity {
      let kept = try readers.read { (reader) throws(StorageError) in
        try reader.revision(last.number)
      }
      if last.identity == rules.identity {
        return RulesInForce(rules, revision: last.number, publishedAt: last.publishedAt)
      }
      if let kept, let published = try? RuleSet(sources: kept.sources) {
        try queue.administer { (store) throws(StorageError) in try store.declare(of: published) }
        readers.renew()
        return RulesInForce(published, revision: last.number, publishedAt: last.publishedAt)
      }
    }
    let revision = try queue.administer { (store) throws(StorageError) in
      try store.addRevision(
        identity: rules.identity, files: sources.map(RulesRevision.File.init),
        actor: RulesRevision.atStart, at: now)
    }
    return RulesInForce(rules, revision: revision, publishedAt: now)
  }

  /// Reads the clients anew.
  func reloadClients() throws(StorageError) {
    let all = try readers.read { (reader) throws(StorageError) in try reader.clients() }
    clients.withLock { $0 = ClientTable(all) }
  }
}

/// Why a service does not start.
package enum ServiceError: Error, CustomStringConvertible {
  /// The rules can not be used; the text has the findings.
  case rules(String)
  /// The data folder can not be used.
  case folder(String, StorageError)
  /// What was asked for can not be.
  case refused(String)

  /// What is wrong, for an operator.
  package var description: String {
    switch self {
    case .rules(let text), .refused(let text): text
    case .folder(let path, let error): "\(path): \(error)"
    }
  }
}

extension RulesRevision.File {
  /// A file as the rules were compiled from it.
  init(_ source: RuleSource) {
    self.init(path: source.path, bytes: source.bytes, lists: source.lists)
  }
}

extension LedgerStore {
  /// Makes everything known that rules declare for the ledger.
  ///
  /// Groups come last: what refuses the rest leaves the terms of the rules in force as they are.
  func declare(of rules: RuleSet) throws(StorageError) {
    try declare(rules.balanceDeclarations, conversions: rules.conversionDeclarations)
    try declareFields(rules.fieldDeclarations)
    try declareGroups(rules.groupDeclarations)
  }
}

extension PromoService {
  /// Everything that a client can be let do.
  package static var allScopes: [String] { Scope.allCases.map(\.rawValue) }

  /// Makes a client; its key is kept nowhere.
  ///
  /// - Throws: `ServiceError.refused` for an id that is taken, or a scope that is none.
  package func makeKey(_ client: String, scopes: [String]) throws(ServiceError) -> String {
    let known = scopes.compactMap(Scope.init)
    guard known.count == scopes.count, isClientID(client) else {
      throw .refused("a client has a short id and some of the scopes")
    }
    do throws(Problem) {
      return try addClient(client, name: client, scopes: known).text
    } catch {
      throw .refused(error.detail)
    }
  }
}
