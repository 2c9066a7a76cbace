/// Lines of the longest Swift file there may be.
let fileLinesMaximum = 500
/// Lines of the longest function there may be.
let functionLinesMaximum = 70
/// Words in file names that say nothing about what is in the file.
let emptyWords: Set = ["Utils", "Util", "Helpers", "Helper", "Manager", "Common", "Misc"]
/// Types whose numbers are not exact.
let inexactTypes: Set = [
  "Double", "Float", "Float16", "Float32", "Float64", "Float80", "CGFloat", "Decimal",
  "NSDecimalNumber", "NSNumber", "TimeInterval",
]
/// Words by which work is put off.
let postponements: Set = ["TODO", "FIXME", "XXX", "HACK"]
/// Folders of the machine somebody happens to work on.
let machineFolders = ["wo" + "rk", "tm" + "p", "ho" + "me", "Us" + "ers"].map { "/\($0)/" }

extension Repository {
  func filesTooLong() -> [Breach] {
    swiftFiles().compactMap { file in
      let count = file.bytes.count { $0 == newLine }
      return count > fileLinesMaximum
        ? Breach(file.path, "has \(count) lines; at most \(fileLinesMaximum)") : nil
    }
  }

  func functionsTooLong() -> [Breach] {
    swiftFiles().flatMap { file in
      functions(in: file.codeLines).compactMap { function in
        function.lineCount > functionLinesMaximum
          ? Breach(
            file.path, line: function.line,
            "a function of \(function.lineCount) lines; at most \(functionLinesMaximum)") : nil
      }
    }
  }

  func filesNamedAfterNothing() -> [Breach] {
    files.filter { file in
      capitalWords(of: file.baseName).contains { emptyWords.contains(String($0)) }
    }.map { Breach($0.path, "is not named after the one thing in it") }
  }

  func inexactNumbers() -> [Breach] {
    breaches(in: swiftFiles(in: "Sources/"), \.codeLines) { line in
      if let type = words(of: line).first(where: { inexactTypes.contains($0) }) {
        return "\(type) is not exact"
      }
      return hasPointInNumber(line) ? "a number that is not exact" : nil
    }
  }

  /// `try!`, `as!`, a forced value, and types that force one.
  func forcedValues() -> [Breach] {
    breaches(in: swiftFiles(in: "Sources/"), \.codeLines) { line in
      let force = line.indices.dropFirst().contains { index in
        line[index] == UInt8(ascii: "!") && endsValue(line[index - 1])
          && !(index + 1 < line.endIndex && line[index + 1] == UInt8(ascii: "="))
      }
      return force ? "nothing is forced: say what happens instead" : nil
    }
  }

  func unfinishedWork() -> [Breach] {
    breaches(in: swiftFiles(), \.commentLines) { line in
      words(of: line).first { postponements.contains($0) }.map {
        "\($0): finish it or leave it out"
      }
    }
      + breaches(in: swiftFiles(in: "Sources/"), \.codeLines) { line in
        line.contains("fatalError(".utf8) ? "say what must hold with a precondition" : nil
      }
  }

  func machinePaths() -> [Breach] {
    breaches(in: files, \.lines) { line in
      machineFolders.first { line.contains($0.utf8) }.map {
        "\($0) is a folder of somebody's machine"
      }
    }
  }

  private func breaches(
    in files: [TextFile], _ lines: (TextFile) -> [Line], finding: (Line) -> String?
  ) -> [Breach] {
    files.flatMap { file in
      lines(file).enumerated().compactMap { index, line in
        finding(line).map { Breach(file.path, line: index + 1, $0) }
      }
    }
  }
}

/// Whether a number such as `0.5` stands in a line; `pair.0.1` and `$0.1` are none.
private func hasPointInNumber(_ line: Line) -> Bool {
  var before = space
  var isNumber = false
  for (index, byte) in zip(line.indices, line) {
    let isDigit = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    if isDigit, !isWordByte(before), !".$#".utf8.contains(before) { isNumber = true }
    if byte == UInt8(ascii: "."), isNumber, index + 1 < line.endIndex,
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(line[index + 1])
    {
      return true
    }
    if !isDigit, byte != UInt8(ascii: "_") { isNumber = false }
    before = byte
  }
  return false
}

/// Whether a value or a type may end with a byte.
private func endsValue(_ byte: UInt8) -> Bool { isWordByte(byte) || ")]?\"".utf8.contains(byte) }

/// The words of a name such as `CartUtils+Reading`.
private func capitalWords(of name: String) -> [Substring] {
  var parts: [Substring] = []
  var start = name.startIndex
  for index in name.indices.dropFirst() where name[index].isUppercase || !name[index].isLetter {
    parts.append(name[start..<index])
    start = name[index].isLetter ? index : name.index(after: index)
  }
  return parts + [name[start...]]
}
