import Foundation

/// Lines of the longest README there may be.
let readmeLinesMaximum = 150
/// The two commands that a newcomer needs.
let readmeCommands = [
  "swift run -c release promo quote --rules Rules/storefront.promo Rules/carts/basket.json",
  "bash .ci/setup && swift test",
]

extension Repository {
  /// A README that is too long or does not say how to begin.
  func readmeThatLeavesReadersAlone() -> [Breach] {
    guard let readme = file("README.md") else { return [Breach("README.md", "is not there")] }
    let lines = readme.text.split(separator: "\n", omittingEmptySubsequences: false)
    var breaches: [Breach] = []
    if lines.count - 1 > readmeLinesMaximum {
      breaches.append(
        Breach(readme.path, "has \(lines.count - 1) lines; at most \(readmeLinesMaximum)"))
    }
    for command in readmeCommands where !lines.contains(Substring(command)) {
      breaches.append(Breach(readme.path, "does not show: \(command)"))
    }
    return breaches
  }

  /// What is run on every change, if it is not the command that README names for tests.
  func testsRunAnotherWay() -> [Breach] {
    guard let script = file(".ci/run"), let command = readmeCommands.last else { return [] }
    return script.text.contains(command) ? [] : [Breach(script.path, "does not call: \(command)")]
  }

  /// Links in pages to files, folders and articles that are not there.
  func brokenLinks() -> [Breach] {
    files.filter { $0.path.hasSuffix(".md") }.flatMap { page in
      var isInCode = false
      return page.lines.enumerated().flatMap { index, bytes -> [Breach] in
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("```") { isInCode.toggle() }
        guard !isInCode else { return [] }
        return targets(in: line).filter { !leads(from: page, to: $0) }.map {
          Breach(page.path, line: index + 1, "\($0) leads nowhere")
        }
      }
    }
  }

  private func targets(in line: String) -> [String] {
    line.matches(of: /\]\(([^)\s]+)\)/).map { String($0.1) }
      + line.matches(of: /<(doc:[^>\s]+)>/).map { String($0.1) }
  }

  private func leads(from page: TextFile, to target: String) -> Bool {
    if target.hasPrefix("https://") || target.hasPrefix("#") { return true }
    let folder = page.path.split(separator: "/").dropLast().map(String.init)
    if target.hasPrefix("doc:") {
      let name = target.dropFirst(4)
      return file((folder + ["\(name).md"]).joined(separator: "/")) != nil
    }
    var parts = folder
    for part in target.prefix(while: { $0 != "#" }).split(separator: "/") where part != "." {
      if part == "..", parts.isEmpty { return false }
      if part == ".." { parts.removeLast() } else { parts.append(String(part)) }
    }
    let path = parts.joined(separator: "/")
    return files.contains { $0.path == path || $0.path.hasPrefix(path + "/") }
  }
}
