public import Ledger
import LocalTime

extension LedgerStore {
  private static let upsert = SQLText(
    """
    INSERT INTO balance_kind
      (name, currency, expires_count, expires_period, issue_maximum, balance_maximum)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (name) DO UPDATE SET expires_count = excluded.expires_count,
      expires_period = excluded.expires_period, issue_maximum = excluded.issue_maximum,
      balance_maximum = excluded.balance_maximum
    """)
  private static let forgetConversions = SQLText("DELETE FROM conversion")
  private static let addConversion = SQLText(
    "INSERT INTO conversion (place, source, every, target, step) VALUES ($1, $2, $3, $4, $5)")

  /// Makes the balances and conversions of the rules those of the store.
  ///
  /// A balance that the rules no longer declare stays, since accounts may have some of it. What
  /// accounts have is not touched: terms hold for what comes in from now on.
  /// - Throws: `constraint` for a balance whose currency changed, too many balances, a conversion
  ///   of a balance that is not declared or by amounts below one.
  public func declare(_ balances: [BalanceDeclaration], conversions: [ConversionDeclaration])
    throws(StorageError)
  {
    for balance in balances {
      if let known = programme.terms(named: balance.name), known.currency != balance.currency {
        throw .constraint("balance \(balance.name) can not change what it counts")
      }
    }
    for balance in balances {
      guard (1...LedgerLimits.termMaximum).contains(balance.expiresIn?.count ?? 1) else {
        throw .constraint("balance \(balance.name) has a term that no calendar has")
      }
    }
    let names = Set(balances.map(\.name)).union(programme.balances.map(\.name))
    guard names.count <= LedgerLimits.balancesMaximum else {
      throw .constraint("more than \(LedgerLimits.balancesMaximum) balances")
    }
    try inOneCommit { () throws(StorageError) in try write(balances, conversions) }
    programme = try readProgramme(connection, zone: programme.zone)
  }

  private func write(_ balances: [BalanceDeclaration], _ conversions: [ConversionDeclaration])
    throws(StorageError)
  {
    for balance in balances {
      try connection.run(
        Self.upsert,
        [
          .text(balance.name), balance.currency.map(SQLValue.text) ?? .null,
          SQLValue(balance.expiresIn.map { Int64($0.count) }),
          balance.expiresIn.map { .text(word($0.period)) } ?? .null,
          SQLValue(balance.issueMaximum), SQLValue(balance.balanceMaximum),
        ])
    }
    let declared = try readProgramme(connection, zone: programme.zone)
    try connection.run(Self.forgetConversions, [])
    for (place, conversion) in conversions.enumerated() {
      guard let source = declared.terms(named: conversion.source),
        let target = declared.terms(named: conversion.target)
      else {
        throw .constraint("a conversion of a balance that is not declared")
      }
      try connection.run(
        Self.addConversion,
        [
          .integer(Int64(place)), .integer(source.id.value), .integer(conversion.every),
          .integer(target.id.value), .integer(conversion.into),
        ])
    }
  }
}

private let kinds = SQLText(
  """
  SELECT id, name, currency, expires_count, expires_period, issue_maximum, balance_maximum
  FROM balance_kind ORDER BY id
  """)
private let conversions = SQLText(
  "SELECT every, source, step, target FROM conversion ORDER BY place")
private let periods: [(String, CalendarPeriod)] = [
  ("day", .day), ("week", .week), ("month", .month), ("quarter", .quarter), ("year", .year),
]

/// The word for a period in the tables.
func word(_ period: CalendarPeriod) -> String {
  periods.first { $0.1 == period }?.0 ?? "day"
}

/// The period that a word of the tables stands for.
func period(of word: String) -> CalendarPeriod? { periods.first { $0.0 == word }?.1 }

/// The balances and conversions that a store knows.
func readProgramme(_ connection: any SQLConnection, zone: ZoneTable) throws(StorageError)
  -> LoyaltyProgramme
{
  var programme = LoyaltyProgramme(balances: [], conversions: [], zone: zone)
  let rows = try connection.rows(kinds, [])
  while try rows.next() {
    let currency = rows.text(2)
    var term: BalanceTerms.Term?
    let name = rows.text(4)
    if let count = rows.optionalInteger(3), let period = period(of: name) {
      term = BalanceTerms.Term(count: Int(count), period: period)
    }
    programme.balances.append(
      BalanceTerms(
        id: BalanceID(rows.integer(0)), name: rows.text(1),
        currency: currency.isEmpty ? nil : currency, expiresIn: term,
        issueMaximum: rows.optionalInteger(5), balanceMaximum: rows.optionalInteger(6)))
  }
  let steps = try connection.rows(conversions, [])
  while try steps.next() {
    programme.conversions.append(
      Conversion(
        every: steps.integer(0), of: BalanceID(steps.integer(1)), into: steps.integer(2),
        of: BalanceID(steps.integer(3))))
  }
  return programme
}
