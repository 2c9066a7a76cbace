import WireFormat

/// The description of the service, made from its routes.
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
        writer.object("Problem") { writer in
          writer.text("type", "object")
          writer.list("required", ["type", "title", "status", "code", "detail"]) { $0.string($1) }
          writer.object("properties") { writer in
            for (key, type) in [
              ("type", "string"), ("title", "string"), ("status", "integer"), ("code", "string"),
              ("detail", "string"), ("pointer", "string"),
            ] {
              writer.object(key) { $0.text("type", type) }
            }
          }
        }
      }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func operation(_ route: Route) {
    object(route.method.lowercased()) { writer in
      writer.text("summary", route.summary)
      writer.security(route)
      writer.parameters(route)
      if ["POST", "PUT", "PATCH"].contains(route.method) {
        writer.object("requestBody") { writer in
          writer.object("content") { writer in
            writer.object("application/json") { writer in
              writer.object("schema") { $0.text("type", "object") }
            }
          }
        }
      }
      writer.object("responses") { writer in
        writer.object("2XX") { $0.text("description", "Done.") }
        for status in ["4XX", "5XX"] {
          writer.object(status) { writer in
            writer.text("description", "Why it was not done.")
            writer.object("content") { writer in
              writer.object("application/problem+json") { writer in
                writer.object("schema") { $0.text("$ref", "#/components/schemas/Problem") }
              }
            }
          }
        }
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

  private mutating func parameters(_ route: Route) {
    let names = route.path.filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    list(
      "parameters",
      names.map { ($0, "path") } + (route.isEffectful ? [("Idempotency-Key", "header")] : [])
    ) {
      writer, element in
      writer.beginObject()
      writer.text("name", element.0)
      writer.text("in", element.1)
      writer.key("required")
      writer.bool(true)
      writer.object("schema") { $0.text("type", "string") }
      writer.endObject()
    }
  }
}
