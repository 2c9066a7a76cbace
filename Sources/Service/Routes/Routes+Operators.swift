import HTTP
import Promo
import Storage
import Synchronization
import WireFormat

extension Routes {
  static let operators = [
    Route("GET", "/healthz", .open, "Whether the process runs.") { _, _ throws(Problem) in
      .json(200, jsonObject { $0.text("status", "ok") })
    },
    Route("GET", "/readyz", .open, "Whether requests can be served.", ready),
    Route("GET", "/metrics", .open, "Counts and durations, as Prometheus reads them.", metrics),
    Route("GET", "/openapi.json", .open, "This description.") { _, _ throws(Problem) in
      .json(200, OpenAPI.description)
    },
  ]

  private static func ready(_ service: PromoService, _ call: Call) throws(Problem) -> HTTPResponse {
    _ = try service.programme()
    guard try service.administer({ (store) throws(StorageError) in store.isWriting }) else {
      throw Problem(.stopped)
    }
    let inForce = service.inForce.withLock { $0 }
    return .json(
      200,
      jsonObject { writer in
        writer.text("status", "ready")
        writer.text("rules", inForce.rules.identity)
        writer.key("revision")
        writer.number(inForce.revision)
      })
  }

  private static func metrics(_ service: PromoService, _ call: Call) throws(Problem) -> HTTPResponse
  {
    let inForce = service.inForce.withLock { $0 }
    let text = service.metrics.text(
      revision: inForce.revision, rules: inForce.rules.identity,
      commits: service.queue.commitCount)
    return HTTPResponse(
      status: 200, headers: [.init("Content-Type", "text/plain; version=0.0.4")],
      body: Array(text.utf8))
  }
}
