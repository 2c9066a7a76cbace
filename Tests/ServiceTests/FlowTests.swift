import Foundation
import HTTP
import Service
import SocketClient
import Testing

/// One question of a transcript, and what is to come back.
struct FlowStep: Equatable {
  var method = ""
  var target = ""
  var headers: [String] = []
  var body = ""
  var status = 0
  var answer = ""
}

/// A conversation with the service, written down: what is sent after `>`, what comes back after `<`.
///
/// `{name}` in a body stands for what an earlier answer held where it says `{name}`.
struct Flow {
  var steps: [FlowStep] = []

  init(_ text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let rest = String(line.dropFirst(2))
      if line.hasPrefix("> ") {
        if steps.isEmpty || steps[steps.count - 1].status != 0 {
          let words = rest.split(separator: " ").map(String.init)
          steps.append(FlowStep(method: words[0], target: words[1]))
        } else if rest.first != "{", rest.contains(": ") {
          steps[steps.count - 1].headers.append(rest)
        } else {
          steps[steps.count - 1].body += rest
        }
      } else if line.hasPrefix("< ") {
        if steps[steps.count - 1].status == 0 {
          steps[steps.count - 1].status = Int(rest) ?? 0
        } else {
          steps[steps.count - 1].answer += rest
        }
      }
    }
  }
}

@Suite("whole conversations, over a real socket") struct FlowTests {
  private static let rules = """
    currency USD
    timezone "America/New_York"
    balance points { worth $1 per 100  redeem as payment }
    balance cashback { money  redeem as discount }
    group "new" { join on sign_up  leave after 1 visit }
    campaign buy5_save15 "Buy 5 or more items and save 15%" {
      when quantity of items >= 5
      give 15% off items
      message "Buy 5, save 15%: you saved {saved}."
    }
    campaign welcome "Welcome: $10 off" { for customers in group "new"  give $10 off order }
    campaign base_points "A point a dollar" { earn 1 point per $1 of order after 14 days }
    """

  @Test("as it is written down", arguments: ["member", "identified", "guest", "new_customer"])
  func conversation(_ name: String) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Flows")
    let text = try String(contentsOf: folder.appendingPathComponent("\(name).txt"), encoding: .utf8)
    let fixture = try ServiceFixture(Self.rules)
    try prepare(fixture)
    let service = fixture.service
    let server = try HTTPServer(
      address: "127.0.0.1", port: 0, isQuick: { service.isQuick($0) }
    ) { request in
      service.answer(request, log: { _ in })
    }
    defer { server.stop() }
    let client = try #require(SocketClient(port: server.port))
    var known: [String: String] = [:]
    for step in Flow(text).steps {
      let answer = try #require(
        client.ask(
          step.method, filled(step.target, known),
          headers: ["Authorization: Bearer \(fixture.key)", "Content-Type: application/json"]
            + step.headers, body: filled(step.body, known)))
      let body = String(decoding: answer.body, as: UTF8.self)
      #expect(answer.status == step.status, "\(step.method) \(step.target): \(body)")
      let difference = compare(body, with: step.answer, &known)
      #expect(difference == nil, "\(step.method) \(step.target): \(difference ?? "")\n\(body)")
    }
    #expect(try fixture.audit() == [])
  }

  /// A member with $10 of cashback; somebody who is known and no member.
  private func prepare(_ fixture: ServiceFixture) throws {
    let call = fixture.caller
    _ = call(
      "POST", "/v1/accounts", #"{"id":"m-1","email":"ada@example.com","givenName":"Ada"}"#,
      once: "prepare 1")
    _ = call(
      "POST", "/v1/accounts/m-1/balances/cashback/adjustments",
      #"{"kind":"issue","amount":"10.00","reason":"won"}"#, once: "prepare 2")
    _ = call("DELETE", "/v1/groups/new/members/m-1")
    _ = call("POST", "/v1/accounts", #"{"id":"g-1","member":false}"#, once: "prepare 3")
  }

  private func filled(_ text: String, _ known: [String: String]) -> String {
    known.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
  }

  /// What a pattern says before its next gap or name, a few letters of it.
  private func literal(_ pattern: Substring) -> String {
    var text = ""
    for place in pattern.indices {
      let rest = pattern[place...]
      let isName =
        rest.dropFirst().prefix { $0.isLetter }.count > 0
        && rest.dropFirst().drop { $0.isLetter }.first == "}"
      if rest.first == "…" || rest.first == "{" && isName || text.count == 40 { break }
      text.append(pattern[place])
    }
    return text
  }

  /// Walks both texts; `{name}` takes what stands up to the next quotation mark, and `…` skips up to
  /// what follows it.
  private func compare(_ body: String, with wanted: String, _ known: inout [String: String])
    -> String?
  {
    var rest = body[...]
    var pattern = wanted[...]
    while let first = pattern.first {
      if first == "…" {
        pattern.removeFirst()
        guard !pattern.isEmpty else { return nil }
        if !pattern.contains("…") {
          return rest.hasSuffix(pattern) ? nil : "does not end in \(pattern)"
        }
        let next = literal(pattern)
        guard let found = rest.firstRange(of: next) else { return "nowhere: \(next)" }
        rest = rest[found.lowerBound...]
      } else if first == "{", let end = pattern.firstIndex(of: "}"),
        pattern[pattern.index(after: pattern.startIndex)..<end].allSatisfy(\.isLetter),
        pattern.index(after: pattern.startIndex) < end
      {
        let name = String(pattern[pattern.index(after: pattern.startIndex)..<end])
        let value = String(rest.prefix { $0 != "\"" })
        if let before = known[name], before != value { return "\(name) is \(value)" }
        known[name] = value
        rest = rest.dropFirst(value.count)
        pattern = pattern[pattern.index(after: end)...]
      } else {
        guard rest.first == first else {
          return "wanted \(pattern.prefix(60)), found \(rest.prefix(60))"
        }
        rest.removeFirst()
        pattern.removeFirst()
      }
    }
    return rest.isEmpty ? nil : "more than was wanted: \(rest.prefix(60))"
  }
}
