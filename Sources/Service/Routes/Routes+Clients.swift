import HTTP
import LocalTime
import Storage
import WireFormat

extension Routes {
  static let clients = [
    Route("GET", "/v1/clients", .client(.clients), "Who may ask, and for what.", listClients),
    Route(
      "POST", "/v1/clients", .client(.clients), "Makes a client; its key is shown this once.",
      makeClient),
    Route("DELETE", "/v1/clients/{id}", .client(.clients), "Ends a client.", endClient),
    Route(
      "POST", "/v1/clients/{id}/secrets", .client(.clients),
      "Gives a client a second key beside the one it has; it is shown this once.", addSecret),
    Route(
      "DELETE", "/v1/clients/{id}/secrets/{place}", .client(.clients), "Ends one key of a client.",
      endSecret),
  ]

  private static func listClients(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let clients = try service.read { (reader) throws(StorageError) in try reader.clients() }
    return .json(
      200,
      jsonObject { writer in
        writer.list("clients", clients) { writer, client in
          writer.beginObject()
          writer.text("id", client.id)
          writer.text("name", client.name)
          writer.list("scopes", client.scopes) { $0.string($1) }
          writer.text("revokedAt", client.revokedAt.map { "\($0)" })
          writer.list("secrets", client.secrets) { writer, secret in
            writer.beginObject()
            writer.key("place")
            writer.number(secret.place)
            writer.text("createdAt", "\(secret.createdAt)")
            writer.text("revokedAt", secret.revokedAt.map { "\($0)" })
            writer.endObject()
          }
          writer.endObject()
        }
      })
  }

  private static func makeClient(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let body = try RequestBody(call.request.body, known: ["id", "name", "scopes"])
    let id = try body.required("id")
    guard isClientID(id) else {
      throw body.refused("id", "bad_identifier", "1 to 40 small letters, digits and hyphens")
    }
    let name = try body.text("name") ?? id
    guard name.utf8.count <= ServiceLimits.clientNameBytesMaximum else {
      throw body.refused(
        "name", "bad_text", "at most \(ServiceLimits.clientNameBytesMaximum) bytes")
    }
    let words = try body.texts("scopes") ?? []
    let scopes = words.compactMap(Scope.init)
    guard scopes.count == words.count, !scopes.isEmpty else {
      let known = Scope.allCases.map(\.rawValue).joined(separator: ", ")
      throw body.refused("scopes", "unknown_word", "scopes are some of \(known)")
    }
    let key = try service.addClient(id, name: name, scopes: scopes)
    return .json(201, shown(id, key))
  }

  private static func endClient(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let now = service.clock()
    let id = call.parameter("id")
    try service.changeClients { (store) throws(StorageError) in
      try store.revokeClient(id, at: now)
    }
    return HTTPResponse(status: 204)
  }

  private static func addSecret(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let now = service.clock()
    let id = call.parameter("id")
    let key = try NewKey(for: id)
    let digest = key.digest
    try service.changeClients { (store) throws(StorageError) in
      try store.addSecret(digest: digest, to: id, at: now)
    }
    return .json(201, shown(id, key))
  }

  private static func endSecret(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let now = service.clock()
    let id = call.parameter("id")
    let place = Int64(call.parameter("place")) ?? 0
    try service.changeClients { (store) throws(StorageError) in
      try store.revokeSecret(place, of: id, at: now)
    }
    return HTTPResponse(status: 204)
  }

  private static func shown(_ id: String, _ key: NewKey) -> [UInt8] {
    jsonObject { writer in
      writer.text("id", id)
      writer.text("key", key.text)
    }
  }
}

/// Whether a text can be a client's id.
func isClientID(_ text: String) -> Bool {
  (1...40).contains(text.utf8.count)
    && text.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
    }
}

extension PromoService {
  /// Makes a client.
  ///
  /// - Returns: Its key, which is kept nowhere.
  func addClient(_ id: String, name: String, scopes: [Scope]) throws(Problem) -> NewKey {
    let now = clock()
    let key = try NewKey(for: id)
    let digest = key.digest
    let words = scopes.map(\.rawValue)
    try changeClients { (store) throws(StorageError) in
      try store.addClient(id, name: name, scopes: words, secretDigest: digest, at: now)
    }
    return key
  }

  /// Changes who may ask, from the next request on.
  func changeClients(
    _ change: @Sendable (LedgerStore) throws(StorageError) -> APIClientOutcome
  ) throws(Problem) {
    let outcome = try administer(change)
    do throws(StorageError) { try reloadClients() } catch { throw Problem(error) }
    switch outcome {
    case .done: return
    case .exists: throw Problem(409, "client_exists", "another client has the id")
    case .unknown: throw Problem(404, "unknown_client", "no such client, or it was ended")
    case .secretLimit:
      throw Problem(409, "secret_limit", "a client has at most two keys, and that one is not good")
    }
  }
}
