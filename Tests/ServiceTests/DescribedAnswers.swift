import LocalTime
import Testing
import WireFormat

/// Holds what the service answers against its own description of itself.
enum DescribedAnswers {
  /// The description that a service gives.
  struct Description: Sendable {
    let document: JSONDocument
    init(_ bytes: [UInt8]) throws { document = try JSONDocument(parsing: bytes) }

    /// What is wrong with an answer; empty when it is as described.
    func faults(_ method: String, _ path: [String], _ status: Int, _ body: [UInt8]) -> [String] {
      guard let operation = operation(method, path) else {
        return status == 404 || status == 405 ? [] : ["no such path is described"]
      }
      let known = operation["responses"]
      let family = "\(status / 100)XX"
      guard let response = known?[String(status)] ?? (status >= 400 ? known?[family] : nil) else {
        return ["the status \(status) is not described"]
      }
      let content = response["content"]
      guard content != nil else { return body.isEmpty ? [] : ["a body is not described"] }
      let type = status >= 400 ? "application/problem+json" : "application/json"
      guard let schema = content?[type]?["schema"] else { return [] }
      guard let answer = try? JSONDocument(parsing: body) else { return ["no JSON"] }
      return faults(answer.root, schema)
    }

    private func operation(_ method: String, _ parts: [String]) -> JSONValue? {
      guard let paths = document.root["paths"] else { return nil }
      for (path, item) in paths.members {
        let pattern = path.split(separator: "/").map(String.init)
        guard pattern.count == parts.count,
          zip(pattern, parts).allSatisfy({ $0.hasPrefix("{") || $0 == $1 }),
          let operation = item[method.lowercased()]
        else { continue }
        return operation
      }
      return nil
    }

    private func faults(_ value: JSONValue, _ schema: JSONValue) -> [String] {
      if let name = schema["$ref"]?.string?.split(separator: "/").last.map(String.init) {
        guard let shape = document.root["components"]?["schemas"]?[name] else {
          return ["no component \(name)"]
        }
        return faults(value, shape)
      }
      if let choices = schema["anyOf"] {
        let all = choices.elements.map { faults(value, $0) }
        return all.contains([]) ? [] : all.first ?? []
      }
      let place = value.pointer
      switch schema["type"]?.string {
      case nil: return []
      case "string":
        guard let text = value.string else { return ["\(place) is no text"] }
        if let words = schema["enum"], !words.elements.contains(where: { $0.string == text }) {
          return ["\(place) is none of the words: \(text)"]
        }
        if schema["format"]?.string == "date-time", Instant(rfc3339: text) == nil {
          return ["\(place) is no moment: \(text)"]
        }
        if schema["pattern"] != nil, !isAmount(text) {
          return ["\(place) is no amount: \(text)"]
        }
        return []
      case "integer": return value.number?.integer == nil ? ["\(place) is no whole number"] : []
      case "boolean": return value.bool == nil ? ["\(place) is no flag"] : []
      case "null": return value.isNull ? [] : ["\(place) is not null"]
      case "array":
        guard value.kind == .array, let items = schema["items"] else {
          return ["\(place): no list"]
        }
        return value.elements.flatMap { faults($0, items) }
      case "object": return object(value, schema)
      case let other?: return ["the description has the type \(other)"]
      }
    }

    private func isAmount(_ text: String) -> Bool {
      let parts = (text.hasPrefix("-") ? text.dropFirst() : text[...])
        .split(separator: ".", omittingEmptySubsequences: false)
      return (1...2).contains(parts.count)
        && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    }

    private func object(_ value: JSONValue, _ schema: JSONValue) -> [String] {
      guard value.kind == .object else { return ["\(value.pointer) is no object"] }
      var faults: [String] = []
      for name in schema["required"].map({ Array($0.elements) }) ?? [] {
        guard let name = name.string, value[name] == nil else { continue }
        faults.append("\(value.pointer) lacks \(name)")
      }
      let others = schema["additionalProperties"]
      for (name, member) in value.members {
        if let shape = schema["properties"]?[name] {
          faults += self.faults(member, shape)
        } else if others?.bool == false {
          faults.append("\(member.pointer) is not described")
        } else if let others, others.kind == .object {
          faults += self.faults(member, others)
        }
      }
      return faults
    }
  }
}
