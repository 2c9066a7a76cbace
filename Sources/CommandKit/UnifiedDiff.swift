/// The changes from one text to another, line by line, with three lines of context.
///
/// - Complexity: O((lines) × changes), after equal beginnings and ends are set aside.
func unifiedDiff(from old: [UInt8], to new: [UInt8], path: String) -> String {
  let before = lines(of: old)
  let after = lines(of: new)
  let changes = edits(before, after)
  guard changes.contains(where: { $0.kind != .same }) else { return "" }
  var text = "--- \(path)\n+++ \(path)\n"
  for range in hunks(changes) {
    let hunk = changes[range]
    let oldStart = changes[..<range.lowerBound].count { $0.kind != .added }
    let newStart = changes[..<range.lowerBound].count { $0.kind != .removed }
    let oldCount = hunk.count { $0.kind != .added }
    let newCount = hunk.count { $0.kind != .removed }
    text += "@@ -\(place(oldStart, oldCount)) +\(place(newStart, newCount)) @@\n"
    for change in hunk {
      let line = change.kind == .added ? after[change.index] : before[change.index]
      text += change.kind.rawValue + String(decoding: line, as: UTF8.self)
      if line.last != 0x0A { text += "\n\\ No newline at end of file\n" }
    }
  }
  return text
}

private struct Change {
  enum Kind: String {
    case same = " "
    case removed = "-"
    case added = "+"
  }
  var kind: Kind
  /// The line's index: in the old text, but for added ones in the new text.
  var index: Int
}

private func place(_ start: Int, _ count: Int) -> String {
  let first = count == 0 ? start : start + 1
  return count == 1 ? "\(first)" : "\(first),\(count)"
}

/// The lines of a text, each with its line end.
private func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
  var lines: [ArraySlice<UInt8>] = []
  var start = 0
  for index in bytes.indices where bytes[index] == 0x0A {
    lines.append(bytes[start...index])
    start = index + 1
  }
  if start < bytes.count { lines.append(bytes[start...]) }
  return lines
}

/// Stretches of changes with their context; those that touch are one.
private func hunks(_ changes: [Change]) -> [Range<Int>] {
  let context = 3
  var ranges: [Range<Int>] = []
  for index in changes.indices where changes[index].kind != .same {
    let range = max(0, index - context)..<min(changes.count, index + context + 1)
    if let last = ranges.last, range.lowerBound <= last.upperBound {
      ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
    } else {
      ranges.append(range)
    }
  }
  return ranges
}

/// A shortest way from one list of lines to the other, as Swift's own difference finds it.
private func edits(_ before: [ArraySlice<UInt8>], _ after: [ArraySlice<UInt8>]) -> [Change] {
  var removed = Set<Int>()
  var added = Set<Int>()
  for step in after.difference(from: before) {
    switch step {
    case .remove(let offset, _, _): removed.insert(offset)
    case .insert(let offset, _, _): added.insert(offset)
    }
  }
  var changes: [Change] = []
  var old = 0
  var new = 0
  while old < before.count || new < after.count {
    if removed.contains(old) {
      changes.append(Change(kind: .removed, index: old))
      old += 1
    } else if added.contains(new) {
      changes.append(Change(kind: .added, index: new))
      new += 1
    } else {
      changes.append(Change(kind: .same, index: old))
      old += 1
      new += 1
    }
  }
  return changes
}
