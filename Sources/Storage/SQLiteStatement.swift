import CSQLite

/// A prepared statement and the row it stands on.
final class SQLiteStatement: SQLRows {
  private let handle: OpaquePointer
  private unowned let connection: SQLiteConnection
  /// Where SQLite has `$1`, `$2` and so on: it numbers places as they first appear in the text.
  private let places: [Int32]
  /// Where short texts and bytes stand while SQLite looks at them, so that it need not copy them.
  private let room: UnsafeMutableRawPointer
  private static let roomBytes = 1_024
  private var used = 0

  init(_ handle: OpaquePointer, of connection: SQLiteConnection) {
    self.handle = handle
    self.connection = connection
    let count = sqlite3_bind_parameter_count(handle)
    places = (0..<count).map { sqlite3_bind_parameter_index(handle, "$\($0 + 1)") }
    room = .allocate(byteCount: Self.roomBytes, alignment: 1)
  }

  deinit { room.deallocate() }

  /// Frees the statement; it is not asked again.
  func finalize() { sqlite3_finalize(handle) }

  /// Starts the statement anew with values.
  func bind(_ values: [SQLValue]) throws(StorageError) {
    sqlite3_reset(handle)
    guard places.count == values.count else {
      throw .misuse("\(values.count) values for \(places.count) places")
    }
    used = 0
    for index in places.indices {
      let code = bind(values[index], at: places[index])
      guard code == SQLITE_OK else { throw connection.failure(code) }
    }
  }

  private func bind(_ value: SQLValue, at place: Int32) -> Int32 {
    switch value {
    case .null: return sqlite3_bind_null(handle, place)
    case .integer(let number): return sqlite3_bind_int64(handle, place, number)
    case .text(var text):
      return text.withUTF8 { bytes in
        let (start, destructor) = kept(UnsafeRawBufferPointer(bytes))
        return sqlite3_bind_text(
          handle, place, start.assumingMemoryBound(to: CChar.self), Int32(bytes.count), destructor)
      }
    case .bytes(let bytes):
      return bytes.withUnsafeBytes {
        guard !$0.isEmpty else { return sqlite3_bind_zeroblob(handle, place, 0) }
        let (start, destructor) = kept($0)
        return sqlite3_bind_blob(handle, place, start, Int32($0.count), destructor)
      }
    }
  }

  /// Where bytes stand until the statement is bound anew, and whether SQLite must copy them first:
  /// the room is the statement's own and stays, so what is copied into it may be looked at there.
  private func kept(_ bytes: UnsafeRawBufferPointer)
    -> (start: UnsafeRawPointer, destructor: sqlite3_destructor_type?)
  {
    guard bytes.count <= Self.roomBytes - used else {
      // Tells SQLite to keep a copy; the header's own constant is a macro Swift can not see.
      let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      return (bytes.baseAddress ?? UnsafeRawPointer(room), copies)
    }
    let start = room + used
    if let from = bytes.baseAddress { start.copyMemory(from: from, byteCount: bytes.count) }
    used += bytes.count
    return (UnsafeRawPointer(start), nil)
  }

  func next() throws(StorageError) -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    let error = code == SQLITE_DONE ? nil : connection.failure(code)
    sqlite3_reset(handle)
    if let error { throw error }
    return false
  }

  func close() { sqlite3_reset(handle) }

  func integer(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }

  func optionalInteger(_ column: Int) -> Int64? {
    sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL ? nil : integer(column)
  }

  func text(_ column: Int) -> String {
    guard let start = sqlite3_column_text(handle, Int32(column)) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  func bytes(_ column: Int) -> [UInt8] {
    guard let start = sqlite3_column_blob(handle, Int32(column)) else { return [] }
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    return Array(UnsafeRawBufferPointer(start: start, count: count))
  }
}
