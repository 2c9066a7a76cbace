import HTTP
import Storage
import WireFormat

extension Routes {
  static let actions = [
    Route(
      "GET", "/v1/actions", .client(.actions),
      "Who asked for what that moves no value; transactions say the same of what does.",
      listActions)
  ]

  private static func listActions(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let place = try call.number("after", 0...Int64.max) ?? 0
    let most = try call.number("limit", 1...1_000) ?? ServiceLimits.pageDefault
    let actions = try service.read { (reader) throws(StorageError) in
      try reader.actions(after: place, most: Int(most))
    }
    return .json(
      200,
      jsonObject { writer in
        writer.list("actions", actions) { writer, action in
          writer.beginObject()
          writer.key("place")
          writer.number(action.place)
          writer.text("by", action.actor)
          writer.text("action", action.action)
          writer.text("about", action.subject)
          writer.text("at", "\(action.recordedAt)")
          writer.endObject()
        }
        writer.key("next")
        writer.number(actions.last?.place ?? place)
      })
  }
}
