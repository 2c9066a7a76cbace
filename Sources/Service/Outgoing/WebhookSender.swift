import Dispatch
import Storage
import Synchronization

/// Tells webhooks what happens while a service runs: each by itself, so that one that hangs keeps no
/// other waiting.
package final class WebhookSender: Sendable {
  private struct State {
    var busy: Set<String> = []
    var isStopped = false
    var rounds = 0
  }

  private let service: PromoService
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "webhooks", attributes: .concurrent)
  /// Milliseconds from one look at what there is to tell to the next.
  private static let restMilliseconds = 200
  /// Looks until old events are dropped once more: about an hour.
  private static let roundsUntilDropping = 18_000

  /// A sender of what happens in a service; it begins at once.
  package init(_ service: PromoService) {
    self.service = service
    look()
  }

  /// Begins nothing more; what is on its way may still arrive.
  package func stop() { state.withLock { $0.isStopped = true } }

  private func look() {
    let (isStopped, rounds) = state.withLock { state in
      state.rounds += 1
      return (state.isStopped, state.rounds)
    }
    guard !isStopped else { return }
    // A ledger that can not be read now is asked again in a moment.
    if let webhooks = try? service.read({ (reader) throws(StorageError) in try reader.webhooks() })
    {
      for webhook in webhooks { begin(webhook.id) }
    }
    if rounds % Self.roundsUntilDropping == 1 { service.dropToldEvents() }
    queue.asyncAfter(deadline: .now() + .milliseconds(Self.restMilliseconds)) { self.look() }
  }

  private func begin(_ id: String) {
    guard state.withLock({ $0.busy.insert(id).inserted }) else { return }
    queue.async {
      // What can not be told now is told the next time it is looked at.
      try? self.service.tell(id) { self.state.withLock { $0.isStopped } }
      self.state.withLock { _ = $0.busy.remove(id) }
    }
  }
}

extension PromoService {
  /// Tells every webhook what it was not told yet and can be told now.
  package func tellAll() throws(ServiceError) {
    do throws(Problem) {
      let webhooks = try read { (reader) throws(StorageError) in try reader.webhooks() }
      for webhook in webhooks { try tell(webhook.id) }
    } catch {
      throw .refused(error.detail)
    }
  }

  /// Drops events that everybody was told of long ago.
  fileprivate func dropToldEvents() {
    let moment = clock().adding(seconds: -WebhookPatience.keptSeconds)
    // Nothing depends on it: it is tried again in an hour.
    try? administer { (store) throws(StorageError) in try store.dropToldEvents(before: moment) }
  }
}
