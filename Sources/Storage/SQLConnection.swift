import Synchronization

/// A value that goes into a statement.
package enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case text(String)
  case bytes([UInt8])

  /// A number, or nothing.
  package init(_ value: Int64?) { self = value.map(SQLValue.integer) ?? .null }
}

private let textCount = Atomic<Int>(0)

/// The text of a statement, made once and known by its number, so that finding the prepared one
/// costs no look at the text. `$1` stands for the first value.
package final class SQLText: Sendable {
  /// The statement.
  package let text: String
  /// Counts up from zero; no two texts have the same.
  let place: Int
  /// A statement, to be kept in a constant.
  package init(_ text: String) {
    self.text = text
    place = textCount.wrappingAdd(1, ordering: .relaxed).oldValue
  }
}

/// One connection to a store of rows; statements are the same for every database behind it.
///
/// `Tests/PostgreSQL/run.sh` asks PostgreSQL about each and runs the tests of the store on it. A
/// database has to compare texts byte by byte, and to show one moment from `BEGIN` to `COMMIT`.
///
/// It belongs to one thread at a time. A statement's rows are read to their end, or closed, before
/// the same statement is asked again.
package protocol SQLConnection: AnyObject {
  /// Runs statements that take no values and give no rows.
  func execute(_ script: String) throws(StorageError)
  /// Runs a statement with values and gives its rows.
  func rows(_ statement: SQLText, _ values: [SQLValue]) throws(StorageError) -> any SQLRows
  /// Runs a statement that gives no rows, and says how many it changed.
  @discardableResult
  func run(_ statement: SQLText, _ values: [SQLValue]) throws(StorageError) -> Int
  /// How many rows were added, changed or removed since the connection was opened.
  var changeCount: Int64 { get }
}

/// The rows a statement gives, one after another.
package protocol SQLRows: AnyObject {
  /// Goes to the next row; false after the last, and then the statement is free again.
  func next() throws(StorageError) -> Bool
  /// Frees the statement before its last row.
  func close()
  /// A whole number of the row; zero for null.
  func integer(_ column: Int) -> Int64
  /// A whole number, or nil for null.
  func optionalInteger(_ column: Int) -> Int64?
  /// A text of the row; empty for null.
  func text(_ column: Int) -> String
  /// Bytes of the row; empty for null.
  func bytes(_ column: Int) -> [UInt8]
}

extension SQLConnection {
  /// The first column of the first row; nil when there is none, or it is null.
  package func number(_ statement: SQLText, _ values: [SQLValue] = []) throws(StorageError)
    -> Int64?
  {
    let rows = try rows(statement, values)
    defer { rows.close() }
    return try rows.next() ? rows.optionalInteger(0) : nil
  }
}
