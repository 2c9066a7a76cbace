import Ledger

private let checkpoint = SQLText("PRAGMA wal_checkpoint(TRUNCATE)")
private let rememberPersonal = SQLText(
  "INSERT INTO person_request (request, account, named, digest) VALUES ($1, $2, $3, $4)")
private let personal = SQLText("SELECT digest FROM person_request WHERE request = $1")

/// When to cut the log: with the next commit, and when a reader is in the way, again and again with
/// ever more commits in between, since trying costs a write of the disk.
struct Forgetting {
  private static let pauseMaximum = 256
  private var isDue = true
  private var commitsLeft = 0
  private var pause = 0

  /// Whether this commit is one to try with.
  mutating func mustTry() -> Bool {
    if commitsLeft > 0 { commitsLeft -= 1 } else { return isDue }
    return false
  }

  /// Notes whether the log was cut.
  mutating func tried(isCut: Bool) {
    isDue = !isCut
    commitsLeft = isCut ? 0 : pause
    pause = isCut ? 0 : min(max(1, pause * 2), Self.pauseMaximum)
  }
}

extension LedgerStore {
  /// Takes what was removed out of the log too; deleted rows are overwritten in the file itself.
  ///
  /// A reader that looks at an earlier moment keeps the log; then later commits try again, and
  /// nobody waits for that reader.
  func forget() {
    guard forgetting.mustTry() else { return }
    try? connection.execute("PRAGMA busy_timeout = 0")
    forgetting.tried(isCut: (try? connection.number(checkpoint)) == 0)
    try? connection.execute("PRAGMA busy_timeout = 10000")
  }

  /// Keeps a keyed digest of what a request says about a person, as long as the person is known.
  ///
  /// The digest of the request itself leaves that out, since it is never removed.
  /// What was refused before anybody was known goes with whoever is known under the id later.
  func rememberPersonal(_ request: LedgerRequest) throws(StorageError) {
    guard let id = request.personalAccount else { return }
    let account = try number(of: id)
    var isKnown = false
    if let account {
      if try connection.person(of: account)?.isErased == true { return }
      isKnown = try connection.secret(of: account) != nil
    }
    _ = try lookupSecret(orFrom: [])
    guard let digest = try personalDigest(of: request) else { return }
    try connection.run(
      Storage.rememberPersonal,
      [
        .text(request.id), isKnown ? SQLValue(account?.value) : .null,
        isKnown ? .null : .text(id), .bytes(digest),
      ])
  }

  /// Whether a request says the same about a person as the first one of its id, if that is known.
  func isSamePersonal(_ request: LedgerRequest) throws(StorageError) -> Bool {
    guard request.personalAccount != nil,
      let kept = try connection.bytes(personal, [.text(request.id)])
    else { return true }
    return try kept == personalDigest(of: request)
  }

  private func personalDigest(of request: LedgerRequest) throws(StorageError) -> [UInt8]? {
    guard case .account(let command) = request.command,
      let key = try connection.lookupSecret()
    else { return nil }
    var fields = HashChain.Fields()
    fields.add(request.id)
    command.addPersonal(to: &fields)
    return PersonSeal.digest(fields.bytes, for: "request", key: key)
  }
}

extension LedgerRequest {
  /// The account of a request that says something about a person.
  fileprivate var personalAccount: String? {
    guard case .account(let command) = self.command, command.isPersonal else { return nil }
    return command.account
  }
}
