import Dispatch
import Ledger
import LocalTime
import Storage
import Synchronization

/// Lets what is due happen while a service runs: holds end, value goes, rewards can be spent.
///
/// Nothing depends on it, since whoever asks is answered as if it had happened; but others are told
/// of it only when it is written down.
package final class Settler: Sendable {
  private let service: PromoService
  private let isStopped = Mutex(false)
  private let steadiness = Mutex(ClockSteadiness())
  private let queue = DispatchQueue(label: "settling")
  /// Seconds from one look at what is due to the next.
  private static let restSeconds = 10

  /// A settler of a service's books; it begins at once.
  package init(_ service: PromoService) {
    self.service = service
    queue.async { self.look() }
  }

  /// Begins nothing more, and waits for what was begun.
  package func stop() {
    isStopped.withLock { $0 = true }
    queue.sync {}
  }

  private func look() {
    guard !isStopped.withLock({ $0 }) else { return }
    let (wall, even) = (service.clock().secondsSince1970, service.milliseconds / 1_000)
    if steadiness.withLock({ $0.isSteady(wall: wall, even: even) }) {
      // What can not be written now is tried again in a moment.
      try? service.settleDue { self.isStopped.withLock { $0 } }
    }
    queue.asyncAfter(deadline: .now() + .seconds(Self.restSeconds)) { [weak self] in self?.look() }
  }
}

extension PromoService {
  /// Lets everything happen that is due, some accounts in each commit.
  ///
  /// - Parameter isStopped: Whether no further commit is to be begun.
  package func settleDue(isStopped: () -> Bool = { false }) throws(ServiceError) {
    do throws(Problem) {
      while !isStopped() {
        let now = clock()
        let due = try read { (reader) throws(StorageError) in try reader.dueAccounts(at: now) }
        guard due > 0 else { return }
        let id = "s" + (try Secrets.randomText(16))
        let request = LedgerRequest(
          id: id, actor: "the clock", .settle(accountsMaximum: ServiceLimits.settledAtOnce))
        do throws(StorageError) {
          guard try queue.perform(request).rest > 0 else { return }
        } catch {
          throw Problem(error)
        }
      }
    } catch {
      throw .refused(error.detail)
    }
  }
}
