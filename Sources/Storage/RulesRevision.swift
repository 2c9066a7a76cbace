public import LocalTime

/// Rules that were published; no revision is ever changed.
public struct RulesRevision: Hashable, Sendable {
  /// A file of it.
  public struct File: Hashable, Sendable {
    /// Its path, as findings name it.
    public var path: String
    /// Its text.
    public var bytes: [UInt8]
    /// Lists of skus that it names, by name.
    public var lists: [String: [UInt8]]
    /// A file.
    public init(path: String, bytes: [UInt8], lists: [String: [UInt8]]) {
      self.path = path
      self.bytes = bytes
      self.lists = lists
    }
  }

  /// Counted up from 1.
  public var number: Int64
  /// The digest that quotes carry.
  public var identity: String
  /// When it was put in force.
  public var publishedAt: Instant
  /// Who did.
  public var actor: String
  /// Its files, in their order; empty when they were not asked for.
  public var files: [File]
}

private let insertRevision = SQLText(
  """
  INSERT INTO rules_revision (number, identity, published_at, actor)
  VALUES ((SELECT coalesce(max(number), 0) + 1 FROM rules_revision), $1, $2, $3)
  """)
private let lastRevision = SQLText("SELECT max(number) FROM rules_revision")
private let insertFile = SQLText(
  "INSERT INTO rules_file (revision, place, path, bytes) VALUES ($1, $2, $3, $4)")
private let insertList = SQLText(
  "INSERT INTO rules_list (revision, file, name, bytes) VALUES ($1, $2, $3, $4)")
private let someRevisions = SQLText(
  """
  SELECT number, identity, published_at, actor FROM rules_revision
  WHERE number < $1 ORDER BY number DESC LIMIT $2
  """)
private let filesOf = SQLText(
  "SELECT place, path, bytes FROM rules_file WHERE revision = $1 ORDER BY place")
private let listsOf = SQLText(
  "SELECT file, name, bytes FROM rules_list WHERE revision = $1 ORDER BY file, name")

extension LedgerStore {
  /// Keeps rules that are put in force.
  ///
  /// - Returns: The number of the revision.
  public func addRevision(
    identity: String, files: [RulesRevision.File], actor: String, at now: Instant
  ) throws(StorageError) -> Int64 {
    try administer { () throws(StorageError) in
      try connection.run(
        insertRevision, [.text(identity), .integer(now.secondsSince1970), .text(actor)])
      guard let number = try connection.number(lastRevision) else {
        throw .corrupt("a revision that was kept is gone")
      }
      for (place, file) in files.enumerated() {
        let key: [SQLValue] = [.integer(number), .integer(Int64(place))]
        try connection.run(insertFile, key + [.text(file.path), .bytes(file.bytes)])
        for (name, bytes) in file.lists {
          try connection.run(insertList, key + [.text(name), .bytes(bytes)])
        }
      }
      return number
    }
  }
}

extension LedgerReader {
  /// Revisions before a number, the latest first, without their files.
  public func revisions(before number: Int64 = .max, most: Int) throws(StorageError)
    -> [RulesRevision]
  {
    var revisions: [RulesRevision] = []
    let rows = try connection.rows(someRevisions, [.integer(number), .integer(Int64(most))])
    while try rows.next() {
      revisions.append(
        RulesRevision(
          number: rows.integer(0), identity: rows.text(1),
          publishedAt: Instant(secondsSince1970: rows.integer(2)), actor: rows.text(3),
          files: []))
    }
    return revisions
  }

  /// A revision with its files; nil for an unknown number.
  public func revision(_ number: Int64) throws(StorageError) -> RulesRevision? {
    guard number < .max, number > 0,
      var revision = try revisions(before: number + 1, most: 1).first, revision.number == number
    else { return nil }
    let rows = try connection.rows(filesOf, [.integer(number)])
    while try rows.next() {
      revision.files.append(
        RulesRevision.File(path: rows.text(1), bytes: rows.bytes(2), lists: [:]))
    }
    let lists = try connection.rows(listsOf, [.integer(number)])
    while try lists.next() {
      let place = Int(lists.integer(0))
      guard revision.files.indices.contains(place) else {
        throw .corrupt("a list of revision \(number) belongs to no file")
      }
      revision.files[place].lists[lists.text(1)] = lists.bytes(2)
    }
    return revision
  }
}
