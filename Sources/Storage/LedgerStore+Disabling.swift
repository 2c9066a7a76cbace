import Ledger
import LocalTime

/// An account by an id that a caller gave: the one that stands for it now.
struct KnownAccount {
  var number: AccountNumber
  /// The id under which uses are counted; another one after a merge.
  var countedID: String
  /// Whether it neither earns nor spends.
  var isDisabled: Bool
  /// Whether its person was forgotten, so that nobody is left to earn or spend.
  var isErased: Bool
  /// Whether only those who are assigned to it spend from it.
  var isSpending: Bool

  /// What an account is used for.
  enum Use { case earn, spend }

  /// Why it can not be used; nil when it can.
  ///
  /// - Parameter id: As the caller named it.
  func refusal(ofUsing id: String, to use: Use) -> LedgerAnswer? {
    if isErased { return LedgerAnswer(.accountErased, subject: id) }
    if isDisabled { return LedgerAnswer(.accountDisabled, subject: id) }
    return isSpending && use == .spend ? LedgerAnswer(.notAssigned, subject: id) : nil
  }
}

private let known = SQLText(
  """
  SELECT owner.number, owner.id, owner.disabled_at,
    (SELECT count(*) FROM spending_account AS s WHERE s.account = owner.number),
    (SELECT count(*) FROM person AS p WHERE p.account = owner.number AND p.state = 'erased')
  FROM account AS named JOIN account AS owner
    ON owner.number = coalesce(named.survivor, named.number)
  WHERE named.id = $1
  """)
private let setDisabledAt = SQLText("UPDATE account SET disabled_at = $2 WHERE number = $1")

extension SQLConnection {
  /// An account and how it stands; nil when there is none of that id.
  func known(_ id: String) throws(StorageError) -> KnownAccount? {
    let rows = try rows(Storage.known, [.text(id)])
    defer { rows.close() }
    guard try rows.next() else { return nil }
    return KnownAccount(
      number: AccountNumber(rows.integer(0)), countedID: rows.text(1),
      isDisabled: rows.optionalInteger(2) != nil, isErased: rows.integer(4) != 0,
      isSpending: rows.integer(3) != 0)
  }
}

extension LedgerStore {
  /// Why an account can not earn or be spent from; nil when it can, or when there is none.
  func refusal(ofUsing id: String, to use: KnownAccount.Use) throws(StorageError)
    -> LedgerAnswer?
  {
    try owner(of: id)?.refusal(ofUsing: id, to: use)
  }

  /// Stops an account from earning and spending, or lets it again; by any of its ids.
  func setDisabled(_ isDisabled: Bool, _ id: String, at now: Instant) throws(StorageError)
    -> LedgerAnswer
  {
    guard let account = try owner(of: id) else { return LedgerAnswer(.unknownAccount) }
    guard account.isDisabled != isDisabled else {
      return LedgerAnswer(isDisabled ? .alreadyDisabled : .alreadyEnabled)
    }
    try connection.run(
      setDisabledAt,
      [
        .integer(account.number.value), SQLValue(isDisabled ? now.secondsSince1970 : nil),
      ])
    try note(isDisabled ? .disabled : .enabled, of: account.number, at: now)
    return LedgerAnswer(isDisabled ? .disabled : .enabled)
  }
}

extension LedgerReader {
  /// Whether an account neither earns nor spends; nil when there is none of that id.
  public func isDisabled(_ account: String) throws(StorageError) -> Bool? {
    try connection.known(account)?.isDisabled
  }

  /// Whether the person of an account was forgotten; nil when there is none of that id.
  public func isForgotten(_ account: String) throws(StorageError) -> Bool? {
    try connection.known(account)?.isErased
  }
}
