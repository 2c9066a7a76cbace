import CommandKit
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Compares a text with the file that holds what it should be.
///
/// With `RECORD_GOLDENS=1` in the environment the file is written instead.
func expectGolden(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let path = fixture("Goldens/\(name)")
  if getenv("RECORD_GOLDENS").map({ String(cString: $0) }) == "1" {
    try writeFile(path, text)
    return
  }
  let golden = try ByteSource(opening: path).readToEnd(path: path)
  #expect(text == String(decoding: golden, as: UTF8.self), sourceLocation: sourceLocation)
}

/// A path beside this file.
func fixture(_ name: String) -> String {
  let folder = #filePath.utf8.lastIndex(of: UInt8(ascii: "/")).map { #filePath[...$0] } ?? ""
  return folder + name
}

/// A folder of its own for one test, gone with the process's temporary files.
struct TemporaryFolder: ~Copyable {
  let path: String

  init() throws {
    var template = Array("\(P_tmpdir)/promo-tests-XXXXXX".utf8CString)
    path = try #require(mkdtemp(&template).map { String(cString: $0) })
  }

  /// Writes a file and gives its path.
  func file(_ name: String, _ text: String) throws -> String {
    let file = "\(path)/\(name)"
    try writeFile(file, text)
    return file
  }

  deinit {
    if let folder = opendir(path) {
      while let entry = readdir(folder) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        unlink("\(path)/\(name)")
      }
      closedir(folder)
    }
    rmdir(path)
  }
}

/// What a file holds.
func contents(_ path: String) throws -> String {
  String(decoding: try ByteSource(opening: path).readToEnd(path: path), as: UTF8.self)
}

private func writeFile(_ path: String, _ text: String) throws {
  let file = try #require(fopen(path, "w"))
  let bytes = Array(text.utf8)
  #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
  #expect(fclose(file) == 0)
}
