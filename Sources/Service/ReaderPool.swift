import LocalTime
import Storage
import Synchronization

/// Connections that read beside the writer, each used by one thread at a time.
final class ReaderPool: Sendable {
  /// A reader in one thread's hands.
  private struct Idle: @unchecked Sendable {
    var reader: LedgerReader
    var generation: Int
  }

  private struct State: Sendable {
    var idle: [Idle] = []
    var generation = 0
  }

  private let state = Mutex(State())
  private let path: String
  private let zone: ZoneTable

  /// Readers of a data folder.
  init(folder path: String, zone: ZoneTable) {
    self.path = path
    self.zone = zone
  }

  /// Lends a reader.
  func read<Result>(_ body: (LedgerReader) throws(StorageError) -> Result) throws(StorageError)
    -> Result
  {
    let (found, generation) = state.withLock { state -> (Idle?, Int) in
      (state.idle.popLast(), state.generation)
    }
    let mine: Idle
    if let found {
      mine = found
    } else {
      mine = Idle(reader: try LedgerReader(folder: path, zone: zone), generation: generation)
    }
    defer {
      state.withLock { state in
        if state.generation == mine.generation { state.idle.append(mine) }
      }
    }
    return try body(mine.reader)
  }

  /// Has every reader opened anew, since balances were declared.
  func renew() {
    state.withLock { state in
      state.generation += 1
      state.idle.removeAll()
    }
  }
}
