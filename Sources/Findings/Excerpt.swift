/// The lines of a rule file that a finding speaks of, with its places marked.
struct Excerpt {
  /// One marked place.
  private struct Mark {
    var span: SourceSpan
    var label: String
    var isMain: Bool
  }

  /// The marks that begin on one line.
  private struct Line {
    var file: SourceFile
    var number: Int
    var marks: [Mark]
  }

  /// Columns a line may take before it is cut around its mark.
  private static let widthMaximum = 160

  private let lines: [Line]
  private let place: String
  /// Digits of the largest line number.
  let gutterWidth: Int

  init(finding: Finding, label: String, files: [SourceFile]) {
    func file(_ span: SourceSpan) -> SourceFile {
      files.indices.contains(Int(span.file))
        ? files[Int(span.file)] : SourceFile(path: "", bytes: [])
    }
    let main = Mark(span: finding.span, label: label, isMain: true)
    let others = finding.related.prefix(2).map {
      Mark(
        span: $0.span, label: FindingCatalogue.filled("{label}", ["label": $0.label]), isMain: false
      )
    }
    var lines: [Line] = []
    for mark in [main] + others {
      let file = file(mark.span)
      let number = file.position(of: mark.span.start).line
      if let known = lines.firstIndex(where: { $0.number == number && $0.file.path == file.path }) {
        lines[known].marks.append(mark)
      } else {
        lines.append(Line(file: file, number: number, marks: [mark]))
      }
    }
    let path = file(main.span).path
    let position = file(main.span).position(of: main.span.start)
    place = "\(path):\(position.line):\(position.column)"
    lines.sort {
      ($0.file.path == path ? 0 : 1, $0.file.path, $0.number)
        < ($1.file.path == path ? 0 : 1, $1.file.path, $1.number)
    }
    self.lines = lines
    gutterWidth = lines.map { "\($0.number)".utf8.count }.max() ?? 1
  }

  /// The excerpt as text; `paint` sets pieces off.
  func text(_ paint: (String, FindingRenderer.Tint) -> String) -> String {
    let blank = String(repeating: " ", count: gutterWidth)
    var text = "\(blank)\(paint("-->", .blue)) \(place)\n"
    var last: Line?
    for line in lines {
      if let last {
        if last.file.path != line.file.path {
          text += "\(blank)\(paint(":::", .blue)) \(line.file.path):\(line.number)\n"
        } else if line.number > last.number + 1 {
          text += paint("...", .blue) + "\n"
        }
      }
      last = line
      let number = "\(line.number)"
      let padding = String(repeating: " ", count: gutterWidth - number.utf8.count)
      let (source, rows) = Self.rows(of: line)
      text += padding + paint("\(number) |", .blue) + (source.isEmpty ? "" : " \(source)") + "\n"
      for row in rows {
        let tint: FindingRenderer.Tint = row.isMain ? .red : .blue
        text += "\(blank) \(paint("|", .blue)) \(row.indent)\(paint(row.text, tint))\n"
      }
    }
    return text
  }

  private struct Row {
    var indent: String
    var text: String
    var isMain: Bool
  }

  /// A line as it is shown, and the rows of marks and labels below it.
  private static func rows(of line: Line) -> (String, [Row]) {
    let bytes = line.file.bytes
    let start = Int(line.file.lineStarts[line.number - 1])
    var end = start
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    let marks = line.marks.sorted { $0.span.start < $1.span.start }
    let firstStart = marks.first.map { min(max(Int($0.span.start), start), end) } ?? start
    let (from, to) = window(bytes, start, end, around: firstStart)
    let source =
      (from > start ? "…" : "") + VisibleText.shown(bytes[from..<to])
      + (to < end ? "…" : "")
    let shift = from > start ? 1 : 0
    func column(_ offset: Int) -> Int {
      shift + VisibleText.width(of: VisibleText.shown(bytes[from..<min(max(offset, from), to)]))
    }
    var cells: [Character] = []
    for mark in marks {
      let left = column(Int(mark.span.start))
      let right = max(left + 1, column(Int(mark.span.end)))
      while cells.count < right { cells.append(" ") }
      for cell in left..<right where mark.isMain || cells[cell] == " " {
        cells[cell] = mark.isMain ? "^" : "-"
      }
    }
    var underline = String(cells)
    var rows: [Row] = []
    for mark in marks.reversed() where !mark.label.isEmpty {
      if mark.isMain, mark.span == marks.last?.span {
        underline += " " + mark.label
      } else {
        let indent = String(repeating: " ", count: column(Int(mark.span.start)))
        rows.append(Row(indent: indent, text: mark.label, isMain: mark.isMain))
      }
    }
    let indent = String(underline.prefix { $0 == " " })
    let isMain = marks.contains(where: \.isMain)
    let first = Row(
      indent: indent, text: String(underline.dropFirst(indent.count)), isMain: isMain)
    return (source, [first] + rows)
  }

  /// The part of a line that is shown, cut between characters.
  private static func window(
    _ bytes: [UInt8], _ start: Int, _ end: Int, around offset: Int
  ) -> (Int, Int) {
    guard end - start > widthMaximum else { return (start, end) }
    var from = max(start, offset - widthMaximum / 2)
    var to = min(end, from + widthMaximum)
    while from > start, bytes[from] & 0xC0 == 0x80 { from -= 1 }
    while to < end, bytes[to] & 0xC0 == 0x80 { to += 1 }
    return (from, to)
  }
}
