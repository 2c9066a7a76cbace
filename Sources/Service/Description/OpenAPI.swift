import WireFormat

/// The description of the service, made from its routes and what is said of each.
enum OpenAPI {
  /// OpenAPI 3.1, as JSON.
  static let description: [UInt8] = jsonObject { writer in
    writer.text("openapi", "3.1.0")
    writer.object("info") { writer in
      writer.text("title", "Promo")
      writer.text("version", "1")
    }
    writer.object("paths") { writer in
      var paths: [String: [Route]] = [:]
      for route in Routes.all {
        paths["/" + route.path.joined(separator: "/"), default: []].append(route)
      }
      for (path, routes) in paths.sorted(by: { $0.key < $1.key }) {
        writer.object(path) { writer in
          for route in routes { writer.operation(route) }
        }
      }
    }
    writer.object("components") { writer in
      writer.object("securitySchemes") { writer in
        for (name, text) in [
          ("client", "A client's key."), ("shopper", "A shopper's token."),
        ] {
          writer.object(name) { writer in
            writer.text("type", "http")
            writer.text("scheme", "bearer")
            writer.text("description", text)
          }
        }
      }
      writer.object("schemas") { writer in
        for (name, shape) in Components.all {
          writer.key(name)
          if name == "Problem" { writer.problem() } else { writer.schema(shape) }
        }
      }
    }
  }
}

extension JSONWriter {
  /// Every problem has these members, and may have more.
  fileprivate mutating func problem() {
    let members: KeyValuePairs<String, Shape> = [
      "type": .text, "title": .text, "status": .integer, "code": .text, "detail": .text,
    ]
    beginObject()
    text("type", "object")
    list("required", members.map(\.key)) { $0.string($1) }
    object("properties") { writer in
      for (name, shape) in members {
        writer.key(name)
        writer.schema(shape)
      }
      writer.key("pointer")
      writer.schema(.text)
    }
    endObject()
  }

  fileprivate mutating func operation(_ route: Route) {
    let description = Description.of(route)
    object(route.method.lowercased()) { writer in
      writer.text("summary", route.summary)
      writer.security(route)
      writer.parameters(route, description)
      if let shape = description?.takes {
        writer.object("requestBody") { writer in
          writer.key("required")
          writer.bool(description?.isOptional != true)
          writer.content("application/json", shape)
        }
      }
      writer.object("responses") { writer in
        for (status, shape) in description?.answers ?? [] {
          writer.object(String(status)) { writer in
            writer.text("description", "Done.")
            if route.name == "GET /metrics" { writer.content("text/plain", .text) }
            if let shape { writer.content("application/json", shape) }
          }
        }
        for status in ["4XX", "5XX"] {
          writer.object(status) { writer in
            writer.text("description", "Why it was not done.")
            writer.content("application/problem+json", .named("Problem"))
          }
        }
      }
    }
  }

  private mutating func content(_ type: String, _ shape: Shape) {
    object("content") { writer in
      writer.object(type) { writer in
        writer.key("schema")
        writer.schema(shape)
      }
    }
  }

  private mutating func security(_ route: Route) {
    list("security", [route]) { writer, route in
      writer.beginObject()
      switch route.access {
      case .open: break
      case .client: writer.list("client", [String]()) { $0.string($1) }
      case .shopper: writer.list("shopper", [String]()) { $0.string($1) }
      }
      writer.endObject()
    }
  }

  private mutating func parameters(_ route: Route, _ description: Description?) {
    key("parameters")
    beginArray()
    for part in route.path where part.hasPrefix("{") {
      parameter(String(part.dropFirst().dropLast()), "path", .text, isRequired: true)
    }
    if route.isEffectful { parameter("Idempotency-Key", "header", .text, isRequired: true) }
    if let isRequired = description?.ifMatch {
      parameter("If-Match", "header", .text, isRequired: isRequired)
    }
    for argument in description?.arguments ?? [] {
      parameter(argument.name, "query", argument.shape, isRequired: argument.isRequired)
    }
    endArray()
  }

  private mutating func parameter(
    _ name: String, _ place: String, _ shape: Shape, isRequired: Bool
  ) {
    beginObject()
    text("name", name)
    text("in", place)
    key("required")
    bool(isRequired)
    key("schema")
    schema(shape)
    endObject()
  }
}
