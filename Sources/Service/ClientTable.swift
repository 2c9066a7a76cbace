import Storage

/// The clients as they are now, kept in memory and read anew after each change.
struct ClientTable: Sendable {
  private struct Entry {
    var scopes: Set<Scope>
    var digests: [[UInt8]]
  }

  private var entries: [String: Entry] = [:]

  /// Takes what is good of what is stored.
  init(_ clients: [APIClient]) {
    for client in clients where client.revokedAt == nil {
      entries[client.id] = Entry(
        scopes: Set(client.scopes.compactMap(Scope.init)),
        digests: client.secrets.filter { $0.revokedAt == nil }.map(\.digest))
    }
  }

  /// The client that a key belongs to; nil for any key that is not good.
  ///
  /// It takes as long for an unknown client as for a wrong secret.
  func client(ofKey key: String) -> Call.Caller? {
    let parts = key.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let isKey = parts.count == 3 && parts[0].elementsEqual("pk".utf8)
    let id = isKey ? String(Substring(parts[1])) : ""
    let digest = Secrets.digest(Array(key.utf8))
    let entry = entries[id]
    let digests = entry?.digests ?? [[UInt8](repeating: 0, count: 32)]
    var isGood = false
    for known in digests where Secrets.areSame(known, digest) { isGood = true }
    guard isGood, let entry else { return nil }
    return .client(id: id, scopes: entry.scopes)
  }
}

/// A key as it is shown once: the client's id and a secret of 256 bits.
struct NewKey {
  let text: String
  let digest: [UInt8]

  init(for client: String) throws(Problem) {
    text = "pk.\(client).\(try Secrets.randomText(ServiceLimits.secretBytes))"
    digest = Secrets.digest(Array(text.utf8))
  }
}
