import LocalTime
import Service
import Storage
import Synchronization
import Testing

/// What is wrong with a disk, when something is.
private final class DiskTrouble: Sendable {
  private let error = Mutex<StorageError?>(nil)
  var now: StorageError? {
    get { error.withLock { $0 } }
    set { error.withLock { $0 = newValue } }
  }
}

/// A connection whose writes fail while its disk is in trouble.
private final class TroubledConnection: SQLConnection {
  private let inner: any SQLConnection
  private let trouble: DiskTrouble

  init(_ inner: any SQLConnection, _ trouble: DiskTrouble) {
    self.inner = inner
    self.trouble = trouble
  }

  func execute(_ script: String) throws(StorageError) {
    if script != "ROLLBACK", let error = trouble.now { throw error }
    try inner.execute(script)
  }

  func rows(_ statement: SQLText, _ values: [SQLValue]) throws(StorageError) -> any SQLRows {
    try inner.rows(statement, values)
  }

  func run(_ statement: SQLText, _ values: [SQLValue]) throws(StorageError) -> Int {
    if let error = trouble.now { throw error }
    return try inner.run(statement, values)
  }

  var changeCount: Int64 { inner.changeCount }
}

@Suite("the catalogue of bad input: when something fails") struct FailureItemTests {
  /// A service over a folder whose disk can be put into trouble.
  private func troubled(_ fixture: ServiceFixture, _ trouble: DiskTrouble) throws -> PromoService {
    let clock = fixture.clock
    return try PromoService(
      data: fixture.path + "/data", rules: [fixture.path + "/rules"],
      opening: { (path, zone, now) throws(StorageError) in
        let folder = try DataFolder(holding: path)
        let connection = try SQLiteConnection(path: DataFolder.databasePath(in: path), .writing)
        return try LedgerStore(
          TroubledConnection(connection, trouble), in: folder, zone: zone, at: now)
      }, clock: { clock.now })
  }

  /// Buys while all is well and while it is not, and says what was answered then.
  private func failing(_ error: StorageError, _ said: [String]) throws {
    let fixture = try ServiceFixture(CatalogueServer.rules)
    fixture.caller.member("m-1", having: "10.00", of: "cashback")
    fixture.end()
    let trouble = DiskTrouble()
    do {
      var opened: PromoService?
      try patiently { opened = try troubled(fixture, trouble) }
      let server = try ServingSocket(try #require(opened))
      opened = nil
      let shop = SocketCaller(port: server.port, key: fixture.key)
      #expect(try shop.buy("o-1", "m-1").status == 201)
      trouble.now = error
      let answers = [
        try shop.buy("o-2", "m-1"),
        try shop("POST", "/v1/accounts", #"{"id":"m-2"}"#, once: "m"),
        try shop.hold("h-1", "m-1", "1.00"), try shop("GET", "/readyz"),
      ]
      #expect(answers.map(\.said) == said)
      for answer in answers { #expect(answer.headers["retry-after"] == "1", "\(answer.text)") }
      // Reading goes on, and so does pricing.
      #expect(try shop("GET", "/healthz").status == 200)
      #expect(try shop("GET", "/v1/checkouts/o-1")["state"] == "final")
      #expect(try shop.quote("m-1")["quote", "total"] == "100.00")
      #expect(try shop.buy("o-1", "m-1").headers["idempotency-replayed"] == "true")
      #expect(try shop("GET", "/v1/checkouts/o-2").status == 404)
      #expect(try shop.available("cashback", of: "m-1") == "10.00")
    }
    // What was refused is done when it is sent again after the trouble is over.
    try fixture.restart()
    let again = fixture.caller(
      "POST", "/v1/checkouts", #"{"id":"o-2","cart":\#(hundredDollars("m-1"))}"#, once: "buy o-2")
    #expect(again.status == 201)
    #expect(again.headers["idempotency-replayed"] == nil)
    #expect(try fixture.audit() == [])
  }

  @Test(
    "H50: when the database fails, writes are 503 at once and readiness says so; reading goes on")
  func lostDatabase() throws {
    try failing(.io("gone"), Array(repeating: "503 unavailable", count: 4))
  }

  @Test("H51: when the disk is full, writes are 503 and say so; reading goes on")
  func fullDisk() throws {
    try failing(.full, ["503 disk_full"] + Array(repeating: "503 unavailable", count: 3))
  }

  @Test(
    "H54: a clock that jumps back issues, expires and reorders nothing; one that jumps ahead only once"
  )
  func clockJumps() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    let clock = server.fixture.clock
    try shop.member("m-1", having: "10.00", of: "cashback")
    #expect(try shop.hold("h-1", "m-1", "4.00").status == 201)
    #expect(try shop.buy("o-1", "m-1").status == 201)
    clock.move(by: -90 * 86_400)
    #expect(try shop.available("cashback", of: "m-1") == "6.00")
    #expect(try shop("GET", "/v1/holds/h-1")["state"] == "open")
    #expect(try shop.buy("o-2", "m-1").status == 201)
    #expect(try shop.available("points", of: "m-1") == "190")
    let again = try shop.buy("o-1", "m-1")
    #expect((again.status, again.headers["idempotency-replayed"]) == (201, "true"))
    clock.move(by: 90 * 86_400)
    #expect(try shop("GET", "/v1/holds/h-1")["state"] == "open")
    clock.move(by: 365 * 86_400)
    #expect(try shop("GET", "/v1/holds/h-1")["state"] == "expired")
    #expect(try shop.available("cashback", of: "m-1") == "10.00")
    clock.move(by: -365 * 86_400)
    #expect(try shop.buy("o-3", "m-1").status == 201)
    let moments = try (1...3).map { try shop("GET", "/v1/checkouts/o-\($0)")["recordedAt"] ?? "" }
    #expect(moments == moments.sorted(), "\(moments)")
    #expect(try server.fixture.audit() == [])
  }

  @Test("H55: no problem tells of SQL, files, keys, sources or stacks")
  func quietProblems() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    let nobody = SocketCaller(port: server.port, key: nil)
    var answers: [Caller.Answer] = []
    for path in ["/v1/nothing", "/v1/accounts/x", "/v1/quotes/x", "/v1/holds/x", "/v1/checkouts/x"]
    {
      answers.append(try shop("GET", path))
      answers.append(try nobody("GET", path))
      answers.append(try shop("DELETE", path))
    }
    for body in ["{", "[]", "null", #"{"id":1}"#, #"{"a":{"b":[1,2,{"c":1e999}]}}"#, "\u{0}"] {
      for path in [
        "/v1/quotes", "/v1/checkouts", "/v1/accounts", "/v1/rules:publish", "/v1/clients",
      ] {
        answers.append(try shop("POST", path, body, once: "k\(body.utf8.count)\(path.utf8.count)"))
      }
    }
    let words = [
      "SELECT", "INSERT", "sqlite", "SQL", ".swift", "Sources/", "Optional(", "0x", "thread",
      "fatal", "pk.", server.key, server.fixture.path, "Error(",
    ]
    for answer in answers {
      #expect((400..<500).contains(answer.status), "\(answer.text)")
      #expect(answer.headers["content-type"] == "application/problem+json")
      #expect(answer["status"] == "\(answer.status)" && answer["code"] != nil, "\(answer.text)")
      for word in words { #expect(!answer.text.contains(word), "\(word): \(answer.text)") }
    }
  }
}
