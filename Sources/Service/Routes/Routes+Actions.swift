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
    let cursor = try call.cursor("after", in: "actions", service)
    let place = cursor.flatMap { Int64($0) } ?? 0
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
        let next = PageCursor(list: "actions", place: "\(actions.last?.place ?? place)")
        writer.text("next", next.text(key: service.cursorKey))
      })
  }
}
