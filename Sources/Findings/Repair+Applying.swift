/// Applies repairs to a file, in the order of their places; of two that overlap the first is kept.
///
/// - Returns: The text as mended, and how many repairs were applied.
package func apply(_ repairs: [Repair], to file: SourceFile) -> (bytes: [UInt8], count: Int) {
  var accepted: [Repair.Edit] = []
  var count = 0
  let inOrder = repairs.filter { !$0.edits.isEmpty }.sorted {
    ($0.edits[0].span.start, $0.edits[0].span.end) < ($1.edits[0].span.start, $1.edits[0].span.end)
  }
  for repair in inOrder {
    let isFree = repair.edits.allSatisfy { edit in
      edit.span.start <= edit.span.end && edit.span.start >= 0
        && Int(edit.span.end) <= file.bytes.count
        && !accepted.contains { touches($0.span, edit.span) }
    }
    guard isFree else { continue }
    accepted += repair.edits
    count += 1
  }
  accepted.sort { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(file.bytes.count + 64)
  var offset = 0
  for edit in accepted {
    guard Int(edit.span.start) >= offset else { continue }
    bytes += file.bytes[offset..<Int(edit.span.start)]
    bytes += Array(edit.replacement.utf8)
    offset = Int(edit.span.end)
  }
  bytes += file.bytes[offset...]
  return (bytes, count)
}

/// Whether two edits would write at the same place.
private func touches(_ left: SourceSpan, _ right: SourceSpan) -> Bool {
  if left == right { return true }
  return left.start < right.end && right.start < left.end
}
