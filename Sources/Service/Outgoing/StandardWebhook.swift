import LocalTime
import WireFormat

/// A message signed as Standard Webhooks has it, so that its receiver can be sure who sent it.
///
/// What is signed is the message's id, the second it is sent at and its bytes, with points between.
struct StandardWebhook {
  /// The same each time the message is sent, so that its receiver can tell a repeat.
  var id: String
  var body: [UInt8]

  /// A message about something that happened.
  ///
  /// - Parameter data: Writes the members of its data.
  init(
    id: String, type: String, at moment: Instant, _ data: (inout JSONWriter) -> Void
  ) {
    self.id = id
    body = jsonObject { writer in
      writer.text("type", type)
      writer.text("timestamp", "\(moment)")
      writer.object("data", data)
    }
  }

  /// The headers it is sent with.
  ///
  /// - Parameter secrets: One, or two while one takes the other's place.
  func headers(signedWith secrets: [[UInt8]], at now: Instant) -> [(String, String)] {
    let seconds = String(now.secondsSince1970)
    let content = Array("\(id).\(seconds).".utf8) + body
    let signatures = secrets.map { "v1," + Secrets.base64(Secrets.seal(content, key: $0)) }
    return [
      ("Content-Type", "application/json"), ("Webhook-Id", id), ("Webhook-Timestamp", seconds),
      ("Webhook-Signature", signatures.joined(separator: " ")),
    ]
  }

  /// A secret as its receiver is shown it.
  static func text(ofSecret secret: [UInt8]) -> String { "whsec_" + Secrets.base64(secret) }

  /// The secret of such a text; nil for another.
  static func secret(ofText text: String) -> [UInt8]? {
    guard text.hasPrefix("whsec_") else { return nil }
    return Secrets.bytes(ofBase64: String(text.dropFirst("whsec_".count)))
  }
}
