import Foundation
import Ledger
import LocalTime
import Simulation
package import Storage
import Synchronization

/// Clients that ask a store without end, and write down what they were answered.
package struct Serving: Sendable {
  /// Clients that ask at once.
  static let clients = 8

  private let folder: String
  private let acknowledgements: String
  private let seed: UInt64

  /// Work on a data folder; answers go to a file.
  package init(folder: String, acknowledgements: String, seed: UInt64) {
    self.folder = folder
    self.acknowledgements = acknowledgements
    self.seed = seed
  }

  /// Goes on after what the file holds, until the process is killed or the store fails.
  package func run() throws(StorageError) {
    let shop = WorkPlan.shop
    let store = try LedgerStore(folder: folder, zone: shop.zone, at: WorkPlan.beginning)
    try store.declare(shop.declarations, conversions: [])
    let clock = Atomic(WorkPlan.beginning.secondsSince1970)
    let queue = LedgerQueue(store) {
      Instant(secondsSince1970: clock.add(1, ordering: .relaxed).newValue)
    }
    let output = open(acknowledgements, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    guard output >= 0 else { throw .io(acknowledgements) }
    let done = Self.places(Self.read(acknowledgements))
    let failure = Mutex<StorageError?>(nil)
    let end = DispatchSemaphore(value: 0)
    for client in 0..<Self.clients {
      let thread = Thread { [seed] in
        do throws(StorageError) {
          try Self.ask(queue, client, seed, after: done[client], output)
        } catch {
          failure.withLock { $0 = error }
        }
        end.signal()
      }
      thread.start()
    }
    end.wait()
    if let error = failure.withLock({ $0 }) { throw error }
  }

  private static func ask(
    _ queue: LedgerQueue, _ client: Int, _ seed: UInt64, after done: Int, _ output: Int32
  ) throws(StorageError) -> Never {
    var work = ClientWork(seed: seed, client: client)
    while work.count < done { _ = work.next() }
    while true {
      let request = work.next()
      let answer = try queue.perform(request)
      let line = Acknowledgement(client: client, place: work.count, answer).line
      guard line.utf8CString.withUnsafeBytes({ write(output, $0.baseAddress, $0.count - 1) }) > 0
      else { throw .io("an answer could not be written down") }
    }
  }

  /// The answers that a file holds.
  static func read(_ path: String) -> [Acknowledgement] {
    guard let data = FileManager.default.contents(atPath: path) else { return [] }
    return String(decoding: data, as: UTF8.self).split(separator: "\n")
      .compactMap(Acknowledgement.init)
  }

  /// The last place of each client.
  static func places(_ acknowledgements: [Acknowledgement]) -> [Int] {
    var places = [Int](repeating: 0, count: clients)
    for one in acknowledgements { places[one.client] = max(places[one.client], one.place) }
    return places
  }
}
