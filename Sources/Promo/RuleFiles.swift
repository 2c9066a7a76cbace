#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Reads rule files from disk, with the lists of skus beside them.
public enum RuleFiles {
  /// Reads files, and folders of files that end in `.promo`, in the order they are given.
  ///
  /// A folder gives its files sorted by the bytes of their names; folders inside it and names that
  /// begin with a point are not looked at. A file that is named twice is read once. A list that is
  /// not there is left out, so that the checker can point at the place that names it.
  ///
  /// - Throws: `RuleFileError` with the first trouble, in any of its codes.
  public static func read(_ paths: [String]) throws(RuleFileError) -> [RuleSource] {
    var sources: [RuleSource] = []
    var known = Set<OpenFile.Identity>()
    var byteCount = 0
    for path in paths {
      for file in try ruleFiles(at: path) {
        let opened = try OpenFile(path: file)
        guard known.insert(opened.identity).inserted else { continue }
        guard sources.count < RuleFileLimits.files else { throw tooManyFiles(path) }
        let bytes = try opened.bytes(atMost: RuleFileLimits.ruleFileBytes)
        let lists = try lists(namedIn: bytes, beside: file)
        byteCount += lists.values.reduce(bytes.count) { $0 + $1.count }
        guard byteCount <= RuleFileLimits.ruleSetBytes else {
          throw OpenFile.tooLarge(file, maximum: RuleFileLimits.ruleSetBytes, what: "all files")
        }
        sources.append(RuleSource(path: file, bytes: bytes, lists: lists))
      }
    }
    try refuseTwoLists(sources)
    return sources
  }

  /// Reads one list of skus that lies in the folder of a rule file, or in a folder inside that.
  ///
  /// - Throws: `RuleFileError` with the trouble; a list that is not there is `notFound`.
  package static func list(
    named name: String, beside rulePath: String
  ) throws(RuleFileError) -> [UInt8] {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.utf8.contains(0) else {
      throw RuleFileError(code: .badText, path: rulePath, message: "a list's name holds a NUL")
    }
    guard parts.allSatisfy({ !$0.isEmpty && $0 != ".." }) else {
      throw RuleFileError(
        code: .outsideFolder, path: rulePath,
        message: "the list \(shown(name)) must lie beside the rule file")
    }
    let path = folder(of: rulePath) + name
    let bytes = try OpenFile(path: path).bytes(atMost: RuleFileLimits.listBytes)
    guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else {
      throw RuleFileError(
        code: .badText, path: path, message: "a list of skus is UTF-8 text without NUL")
    }
    return bytes
  }

  /// A rule set has one list of a name, so two folders may not hold two that differ.
  private static func refuseTwoLists(_ sources: [RuleSource]) throws(RuleFileError) {
    var known: [String: [UInt8]] = [:]
    for source in sources {
      for (name, bytes) in source.lists {
        guard known.updateValue(bytes, forKey: name).map({ $0 == bytes }) ?? true else {
          throw RuleFileError(
            code: .twoLists, path: source.path,
            message: "another folder of these rules has another list \(shown(name))")
        }
      }
    }
  }

  private static func lists(
    namedIn bytes: [UInt8], beside path: String
  ) throws(RuleFileError) -> [String: [UInt8]] {
    var lists: [String: [UInt8]] = [:]
    for name in RuleSource.listNames(in: bytes) {
      do {
        lists[name] = try list(named: name, beside: path)
      } catch {
        guard error.code == .notFound else { throw error }
      }
    }
    return lists
  }

  /// The path itself, or what a folder there holds.
  private static func ruleFiles(at path: String) throws(RuleFileError) -> [String] {
    guard !path.utf8.contains(0) else {
      throw RuleFileError(code: .badText, path: shown(path), message: "a path holds a NUL")
    }
    let opened = try OpenFile(path: path)
    guard opened.isFolder else { return [path] }
    let start = path.utf8.last == UInt8(ascii: "/") ? path : path + "/"
    let names = try folderNames(path).filter { name in
      name.utf8.first != UInt8(ascii: ".") && name.utf8.reversed().starts(with: suffixBackwards)
    }
    guard !names.isEmpty else {
      throw RuleFileError(
        code: .noRuleFiles, path: path, message: "this folder holds no file that ends in .promo")
    }
    guard names.count <= RuleFileLimits.files else { throw tooManyFiles(path) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { start + $0 }
  }

  private static let suffixBackwards = Array(".promo".utf8.reversed())

  private static func folderNames(_ path: String) throws(RuleFileError) -> [String] {
    guard let folder = opendir(path) else { throw OpenFile.trouble(errno, path) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let bytes = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      guard let name = String(validating: bytes, as: UTF8.self) else {
        throw RuleFileError(
          code: .badText, path: path, message: "a file in this folder has a name that is not UTF-8")
      }
      names.append(name)
    }
    return names
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return String(path[...slash])
  }

  private static func tooManyFiles(_ path: String) -> RuleFileError {
    RuleFileError(
      code: .tooManyFiles, path: path,
      message: "a rule set has at most \(RuleFileLimits.files) files")
  }
}
