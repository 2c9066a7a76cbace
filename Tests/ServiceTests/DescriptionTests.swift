import Testing
import WireFormat

@testable import Service

@Suite("The service's description of itself")
struct DescriptionTests {
  @Test("every route is described, and nothing is described that is no route")
  func routes() throws {
    #expect(Set(Routes.all.map(\.name)) == Set(Description.all.keys))
    #expect(Set(Routes.all.map(\.name)).count == Routes.all.count)
    let document = try JSONDocument(parsing: OpenAPI.description)
    let paths = try #require(document.root["paths"])
    var described: Set<String> = []
    for (path, item) in paths.members {
      for (method, _) in item.members { described.insert("\(method.uppercased()) \(path)") }
    }
    #expect(described == Set(Routes.all.map(\.name)))
  }

  @Test("every component is used, and every one that is used is there")
  func components() throws {
    let text = String(decoding: OpenAPI.description, as: UTF8.self)
    let named = Set(
      text.split(separator: "#/components/schemas/").dropFirst().map {
        String($0.prefix { $0 != "\"" })
      })
    #expect(named == Set(Components.all.map(\.key)))
  }

  @Test("an answer that is not as described is found out")
  func faults() throws {
    let description = try DescribedAnswers.Description(OpenAPI.description)
    let good = #"{"id":"a","outcome":"enrolled"}"#
    let path = ["v1", "accounts"]
    #expect(description.faults("POST", path, 201, Array(good.utf8)).isEmpty)
    for (status, body) in [
      (201, #"{"id":"a"}"#), (201, #"{"id":1,"outcome":"x"}"#), (202, good), (201, "[]"),
      (201, #"{"id":"a","outcome":"x","more":1}"#), (409, #"{"type":"about:blank"}"#), (201, ""),
    ] {
      #expect(!description.faults("POST", path, status, Array(body.utf8)).isEmpty)
    }
  }
}
