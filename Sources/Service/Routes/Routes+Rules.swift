import HTTP
import LocalTime
import Promo
import Storage
import Synchronization
import WireFormat

extension Routes {
  static let rules = [
    Route(
      "GET", "/v1/rules", .client(.rulesRead), "The rules in force, and earlier ones.", showRules),
    Route(
      "GET", "/v1/rules/{revision}", .client(.rulesRead), "A revision with its files.",
      showRevision),
    Route(
      "POST", "/v1/rules:check", .client(.rulesRead), trace: .nowhere,
      "Says what is wrong with rules.", checkRules),
    Route(
      "POST", "/v1/rules:publish", .client(.rulesPublish),
      "Puts rules in force, if they are right and their tests pass.", publish),
    Route(
      "POST", "/v1/rules:rollback", .client(.rulesPublish), "Puts an earlier revision in force.",
      rollBack),
  ]

  private static func showRules(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let before = try call.number("before", 1...Int64.max) ?? .max
    let most = try call.number("limit", 1...ServiceLimits.pageMaximum) ?? ServiceLimits.pageDefault
    let revisions = try service.read { (reader) throws(StorageError) in
      try reader.revisions(before: before, most: Int(most))
    }
    let inForce = service.inForce.withLock { $0.revision }
    return .json(
      200,
      jsonObject { writer in
        writer.key("inForce")
        writer.number(inForce)
        writer.list("revisions", revisions) { writer, revision in
          writer.beginObject()
          writer.revision(revision)
          writer.endObject()
        }
      })
  }

  private static func showRevision(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let number = Int64(call.parameter("revision")) ?? 0
    let found = try service.read { (reader) throws(StorageError) in try reader.revision(number) }
    guard let revision = found else { throw Problem(404, "unknown_revision", "no such revision") }
    return .json(
      200,
      jsonObject { writer in
        writer.revision(revision)
        writer.list("files", revision.files) { writer, file in
          writer.beginObject()
          writer.text("path", file.path)
          writer.text("text", String(decoding: file.bytes, as: UTF8.self))
          if !file.lists.isEmpty {
            writer.object("lists") { writer in
              for (name, bytes) in file.lists.sorted(by: { $0.key < $1.key }) {
                writer.text(name, String(decoding: bytes, as: UTF8.self))
              }
            }
          }
          writer.endObject()
        }
      })
  }

  private static func checkRules(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let compilation = RuleSet.compile(sources: try sources(call))
    return .json(
      200,
      jsonObject { writer in
        writer.key("ok")
        writer.bool(!compilation.hasErrors)
        writer.text("rules", compilation.hasErrors ? nil : compilation.rules.identity)
        writer.findings(compilation)
      })
  }

  private static func publish(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    try service.publish(try sources(call), by: call.actor)
  }

  private static func rollBack(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let body = try RequestBody(call.request.body, known: ["revision"])
    guard let number = try body.wholeNumber("revision") else { throw body.missing("revision") }
    let found = try service.read { (reader) throws(StorageError) in try reader.revision(number) }
    guard let revision = found else { throw Problem(404, "unknown_revision", "no such revision") }
    return try service.publish(revision.sources, by: call.actor)
  }

  private static func sources(_ call: Call) throws(Problem) -> [RuleSource] {
    let body = try RequestBody(
      call.request.body, known: ["files"], maximum: ServiceLimits.cartBytesMaximum)
    guard let files = try body.objects("files", known: ["path", "text", "lists"]) else {
      throw body.missing("files")
    }
    var sources: [RuleSource] = []
    for file in files {
      var lists: [String: [UInt8]] = [:]
      if let object = try file.object("lists") {
        for name in object.keys { lists[name] = Array(try object.required(name).utf8) }
      }
      sources.append(
        RuleSource(
          path: try file.required("path"), bytes: Array(try file.required("text").utf8),
          lists: lists))
    }
    return sources
  }
}

extension RuleSource {
  /// A file of a revision, to be compiled again.
  init(_ file: RulesRevision.File) {
    self.init(path: file.path, bytes: file.bytes, lists: file.lists)
  }
}

extension PromoService {
  /// Puts rules in force for every request that begins from now on, or leaves those in force that are.
  func publish(_ sources: [RuleSource], by actor: String) throws(Problem) -> HTTPResponse {
    let compilation = RuleSet.compile(sources: sources)
    guard !compilation.hasErrors else {
      var problem = Problem(422, "rules_refused", "the rules have errors; those in force stay")
      problem.members = [("findings", findingsJSON(compilation))]
      throw problem
    }
    let rules = compilation.rules
    let failed = rules.runTests().results.filter { !$0.hasPassed }
    guard failed.isEmpty else {
      var problem = Problem(422, "tests_failed", "tests in the rules fail; those in force stay")
      var writer = JSONWriter()
      writer.beginArray()
      for test in failed { writer.string(test.name) }
      writer.endArray()
      problem.members = [("tests", writer.bytes)]
      throw problem
    }
    let revision = try putInForce(rules, sources, by: actor)
    return .json(
      200,
      jsonObject { writer in
        writer.key("revision")
        writer.number(revision)
        writer.text("rules", rules.identity)
        writer.findings(compilation)
      })
  }

  /// Declares what rules need of the ledger, keeps them, and then has requests priced by them.
  func putInForce(_ rules: RuleSet, _ sources: [RuleSource], by actor: String) throws(Problem)
    -> Int64
  {
    let now = clock()
    let revision: Int64
    do throws(StorageError) {
      revision = try queue.administer { (store) throws(StorageError) in
        try store.declare(of: rules)
        return try store.addRevision(
          identity: rules.identity, files: sources.map(RulesRevision.File.init), actor: actor,
          at: now)
      }
    } catch {
      guard case .constraint(let detail) = error else { throw Problem(error) }
      throw Problem(422, "rules_refused", detail)
    }
    readers.renew()
    inForce.withLock {
      guard revision > $0.revision else { return }
      $0 = RulesInForce(rules, revision: revision, publishedAt: now)
    }
    // A quote keeps its rules, and who publishes often would keep them all.
    let oldest = revision - ServiceLimits.revisionsRemembered
    quotes.forget { !$0.isPromised && $0.served.revision <= oldest }
    return revision
  }

  private func findingsJSON(_ compilation: RuleCompilation) -> [UInt8] {
    Array(
      FindingRenderer(files: compilation.files, useColor: false).jsonArray(compilation.findings)
        .utf8)
  }
}

extension JSONWriter {
  fileprivate mutating func revision(_ revision: RulesRevision) {
    key("revision")
    number(revision.number)
    text("rules", revision.identity)
    text("publishedAt", "\(revision.publishedAt)")
    text("by", revision.actor)
  }

  fileprivate mutating func findings(_ compilation: RuleCompilation) {
    key("findings")
    raw(
      Array(
        FindingRenderer(files: compilation.files, useColor: false).jsonArray(compilation.findings)
          .utf8))
  }
}
