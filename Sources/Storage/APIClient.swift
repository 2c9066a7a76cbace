public import LocalTime

/// A program that may ask over the network, and what for.
public struct APIClient: Hashable, Sendable {
  /// One of its secrets; what is kept of it says nothing of it.
  public struct Secret: Hashable, Sendable {
    /// Counted up from 1 for each client.
    public var place: Int64
    /// The SHA-256 of the secret.
    public var digest: [UInt8]
    /// When it was made.
    public var createdAt: Instant
    /// Since when it is no longer good; nil while it is.
    public var revokedAt: Instant?
  }

  /// Its id, which is no secret.
  public var id: String
  /// What people call it.
  public var name: String
  /// What it may ask for, in words that the caller chooses; none has a space.
  public var scopes: [String]
  /// When it was made.
  public var createdAt: Instant
  /// Since when none of its secrets is good; nil while they are.
  public var revokedAt: Instant?
  /// At most two are good at once, so that one can be replaced without a pause.
  public var secrets: [Secret]
}

/// What became of a change of the clients.
public enum APIClientOutcome: Hashable, Sendable {
  case done
  /// Another client has the id.
  case exists
  /// No client that is not revoked has the id.
  case unknown
  /// Two secrets are good already, or the one named is not.
  case secretLimit
}

private let insertClient = SQLText(
  """
  INSERT INTO api_client (id, name, scopes, created_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (id) DO NOTHING
  """)
private let insertSecret = SQLText(
  """
  INSERT INTO api_secret (client, place, digest, created_at)
  VALUES ($1, (SELECT coalesce(max(place), 0) + 1 FROM api_secret WHERE client = $1), $2, $3)
  """)
private let goodSecrets = SQLText(
  "SELECT count(*) FROM api_secret WHERE client = $1 AND revoked_at IS NULL")
private let goodClients = SQLText(
  "SELECT count(*) FROM api_client WHERE id = $1 AND revoked_at IS NULL")
private let revokeSecret = SQLText(
  """
  UPDATE api_secret SET revoked_at = $3
  WHERE client = $1 AND place = $2 AND revoked_at IS NULL
  """)
private let revokeClient = SQLText(
  "UPDATE api_client SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL")
private let allClients = SQLText(
  "SELECT id, name, scopes, created_at, revoked_at FROM api_client ORDER BY id")
private let allSecrets = SQLText(
  "SELECT client, place, digest, created_at, revoked_at FROM api_secret ORDER BY client, place")

extension LedgerStore {
  /// Makes a client with one secret, of which only the digest is told.
  public func addClient(
    _ id: String, name: String, scopes: [String], secretDigest: [UInt8], at now: Instant
  ) throws(StorageError) -> APIClientOutcome {
    try administer { () throws(StorageError) in
      let moment = SQLValue.integer(now.secondsSince1970)
      let added = try connection.run(
        insertClient,
        [.text(id), .text(name), .text(scopes.joined(separator: " ")), moment])
      guard added == 1 else { return .exists }
      try connection.run(insertSecret, [.text(id), .bytes(secretDigest), moment])
      return .done
    }
  }

  /// Gives a client a second secret beside the one it has.
  public func addSecret(digest: [UInt8], to id: String, at now: Instant) throws(StorageError)
    -> APIClientOutcome
  {
    try administer { () throws(StorageError) in
      guard try connection.number(goodClients, [.text(id)]) == 1 else { return .unknown }
      guard try connection.number(goodSecrets, [.text(id)]) ?? 0 < 2 else { return .secretLimit }
      try connection.run(
        insertSecret, [.text(id), .bytes(digest), .integer(now.secondsSince1970)])
      return .done
    }
  }

  /// Ends one secret of a client.
  public func revokeSecret(_ place: Int64, of id: String, at now: Instant) throws(StorageError)
    -> APIClientOutcome
  {
    try administer { () throws(StorageError) in
      let ended = try connection.run(
        Storage.revokeSecret,
        [.text(id), .integer(place), .integer(now.secondsSince1970)])
      return ended == 1 ? .done : .secretLimit
    }
  }

  /// Ends a client and all its secrets.
  public func revokeClient(_ id: String, at now: Instant) throws(StorageError) -> APIClientOutcome {
    try administer { () throws(StorageError) in
      let ended = try connection.run(
        Storage.revokeClient, [.text(id), .integer(now.secondsSince1970)])
      return ended == 1 ? .done : .unknown
    }
  }

  /// Does something in a commit of its own.
  func administer<Result>(_ body: () throws(StorageError) -> Result) throws(StorageError) -> Result
  {
    var result: Result?
    try inOneCommit { () throws(StorageError) in result = try body() }
    guard let result else { throw .stopped }
    return result
  }
}

extension LedgerReader {
  /// Every client with its secrets, by id, ended ones too.
  public func clients() throws(StorageError) -> [APIClient] {
    var clients: [APIClient] = []
    let rows = try connection.rows(allClients, [])
    while try rows.next() {
      clients.append(
        APIClient(
          id: rows.text(0), name: rows.text(1),
          scopes: rows.text(2).split(separator: " ").map(String.init),
          createdAt: Instant(secondsSince1970: rows.integer(3)), revokedAt: rows.moment(4),
          secrets: []))
    }
    let secrets = try connection.rows(allSecrets, [])
    while try secrets.next() {
      let id = secrets.text(0)
      guard let place = clients.firstIndex(where: { $0.id == id }) else {
        throw .corrupt("a secret of the unknown client \(id)")
      }
      clients[place].secrets.append(
        APIClient.Secret(
          place: secrets.integer(1), digest: secrets.bytes(2),
          createdAt: Instant(secondsSince1970: secrets.integer(3)),
          revokedAt: secrets.moment(4)))
    }
    return clients
  }
}
