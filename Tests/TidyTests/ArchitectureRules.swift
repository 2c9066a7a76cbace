import Foundation

/// The picture of the house: for each room what it may stand on. Arrows go one way.
let picture: [String: Set<String>] = [
  "Money": [],
  "Findings": [],
  "LocalTime": [],
  "WireFormat": [],
  "RuleSyntax": ["Findings", "Money"],
  "RuleChecking": ["Findings", "LocalTime", "Money", "RuleSyntax"],
  "Pricing": ["LocalTime", "Money"],
  "RuleCompiler": ["Findings", "LocalTime", "Money", "Pricing", "RuleChecking", "RuleSyntax"],
  "Promo": [
    "Findings", "LocalTime", "Money", "Pricing", "RuleChecking", "RuleCompiler", "RuleSyntax",
    "WireFormat",
  ],
  "CommandKit": [
    "Findings", "LocalTime", "Money", "Promo", "RuleChecking", "RuleSyntax", "WireFormat",
  ],
  "PromoCommand": ["CommandKit"],
  "Ledger": ["LocalTime", "Money"],
  "Checkout": ["Ledger", "LocalTime", "Promo"],
  "CCrypto": [],
  "CCurl": [],
  "CMicroHTTPD": [],
  "CSQLite": [],
  "HTTP": ["CMicroHTTPD"],
  "HTTPClient": ["CCurl"],
  "Service": [
    "CCrypto", "Checkout", "HTTP", "HTTPClient", "Ledger", "LocalTime", "Money", "Promo", "Storage",
    "WireFormat",
  ],
  "promo-server": ["Service"],
  "Storage": ["CCrypto", "CSQLite", "Ledger", "LocalTime"],
]

/// What may stand at the top besides names that begin with a point.
let topNames: Set = ["Package.swift", "Sources", "Tests", "Rules", "Benchmarks", "README.md"]

/// The only file that may ask Foundation for anything.
let fileWithFoundation = "Sources/Promo/TimeZones.swift"

/// Modules that come with the toolchain or the system.
let systemModules: Set = ["Darwin", "Dispatch", "Foundation", "Glibc", "Musl", "Synchronization"]

/// Words that may stand before `import`.
let importModifiers: Set = [
  "public", "package", "internal", "fileprivate", "private", "testable", "_exported",
]

extension Repository {
  private var manifest: Manifest? { file("Package.swift").map(Manifest.init) }

  /// Arrows between rooms that the picture does not have, and rooms it does not know.
  func arrowsOutsidePicture() -> [Breach] {
    guard let manifest else { return [Breach("Package.swift", "is not there")] }
    var breaches: [Breach] = []
    for room in manifest.rooms {
      guard let allowed = picture[room.name] else {
        breaches.append(
          Breach("Package.swift", line: room.line, "\(room.name) is no room of the picture"))
        continue
      }
      for dependency in room.dependencies where !allowed.contains(dependency) {
        breaches.append(
          Breach(
            "Package.swift", line: room.line, "\(room.name) may not stand on \(dependency)"))
      }
    }
    return breaches
  }

  /// Rooms that stand on themselves, directly or round a corner.
  func roomsInCircles() -> [Breach] {
    guard let manifest else { return [] }
    var settled: Set<String> = []
    var open = manifest.rooms
    while let index = open.firstIndex(where: { $0.dependencies.allSatisfy(settled.contains) }) {
      settled.insert(open.remove(at: index).name)
    }
    return open.map {
      Breach("Package.swift", line: $0.line, "\($0.name) stands on itself, or on no room")
    }
  }

  /// Targets without a folder and folders without a target.
  func targetsAndFoldersThatDiffer() -> [Breach] {
    guard let manifest else { return [] }
    let sources = files.filter { file in
      (file.path.hasSuffix(".swift") || file.path.hasSuffix(".c")
        || file.path.hasSuffix(".modulemap"))
        && ["Sources/", "Tests/", "Benchmarks/"].contains { file.path.hasPrefix($0) }
    }
    let empty = manifest.targets.filter { target in
      !sources.contains { $0.path.hasPrefix(target.folder + "/") }
    }
    let stray = sources.filter { file in
      !manifest.targets.contains { file.path.hasPrefix($0.folder + "/") }
    }
    return empty.map {
      Breach("Package.swift", line: $0.line, "\($0.name) has no files in \($0.folder)")
    } + stray.map { Breach($0.path, "belongs to no target") }
  }

  /// What the reference interpreter shares with the evaluator that it checks.
  func codeSharedWithReference() -> [Breach] {
    swiftFiles(in: "Tests/ReferenceInterpreter/").flatMap { file in
      importLines(file).filter { ["Pricing", "RuleCompiler"].contains($0.module) }.map {
        Breach(file.path, line: $0.line, "the reference shares no code with \($0.module)")
      }
    }
  }

  /// Imports that Package.swift does not declare for the target they stand in.
  func undeclaredImports() -> [Breach] {
    guard let manifest else { return [] }
    var breaches: [Breach] = []
    for target in manifest.targets {
      var known = systemModules.union(target.dependencies)
      if target.kind == "testTarget" { known.insert("Testing") }
      for found in imports(in: target) where !known.contains(found.module) {
        breaches.append(
          Breach(found.path, line: found.line, "\(target.name) does not declare \(found.module)"))
      }
    }
    return breaches
  }

  /// Arrows between rooms that no file uses.
  func unusedArrows() -> [Breach] {
    guard let manifest else { return [] }
    return manifest.rooms.flatMap { room in
      let used = Set(imports(in: room).map(\.module))
      return room.dependencies.filter { !used.contains($0) }.map {
        Breach("Package.swift", line: room.line, "\(room.name) never imports \($0)")
      }
    }
  }

  private func imports(in target: Manifest.Target) -> [(path: String, line: Int, module: String)] {
    swiftFiles(in: target.folder + "/").flatMap { file in
      importLines(file).map { (file.path, $0.line, $0.module) }
    }
  }

  private func importLines(_ file: TextFile) -> [(line: Int, module: String)] {
    file.codeLines.enumerated().compactMap { index, line in
      let parts = words(of: line)
      guard let keyword = parts.firstIndex(of: "import"), keyword + 1 < parts.count,
        parts[..<keyword].allSatisfy({ importModifiers.contains($0) })
      else { return nil }
      return (index + 1, parts[keyword + 1])
    }
  }

  /// Foundation anywhere in Sources but in its one place.
  func importsOfFoundation() -> [Breach] {
    swiftFiles(in: "Sources/").filter { $0.path != fileWithFoundation }.flatMap { file in
      importLines(file).filter { $0.module.hasPrefix("Foundation") }.map {
        Breach(file.path, line: $0.line, "only \(fileWithFoundation) imports Foundation")
      }
    }
  }

  /// Packages that somebody would have to download.
  func packageDependencies() -> [Breach] {
    guard let file = file("Package.swift") else { return [] }
    return file.codeLines.enumerated().compactMap { index, line in
      line.contains(".package(".utf8)
        ? Breach("Package.swift", line: index + 1, "no packages: the toolchain is enough") : nil
    }
  }

  /// What does not belong at the top.
  func strangersAtTop() -> [Breach] {
    topNames.filter { !$0.hasPrefix(".") && !TidyTests.topNames.contains($0) }.map {
      Breach($0, "does not belong at the top of the repository")
    }
  }
}
