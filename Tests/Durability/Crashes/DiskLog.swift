import CDisk
import Foundation

/// What a watched program did to the files of a folder, in order.
package struct DiskLog {
  /// One thing that was done.
  struct Event {
    var kind: disk_record
    /// The file it was done to; counted from 1, each making of a file gets a number of its own.
    var file: Int
    /// An offset, a length or the program's own number.
    var number: Int
    /// Where its bytes stand in the log.
    var bytes: Range<Int>
  }

  /// The whole log.
  let bytes: [UInt8]
  let events: [Event]

  /// Reads a log; a record that was not written to its end is left out.
  package init(file path: String) throws {
    bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    var events: [Event] = []
    var place = 0
    bytes.withUnsafeBytes { all in
      func word(_ index: Int) -> UInt32 {
        UInt32(littleEndian: all.loadUnaligned(fromByteOffset: place + 4 * index, as: UInt32.self))
      }
      while place + 20 <= all.count {
        let start = place + 20
        let count = Int(word(2))
        guard start + count <= all.count else { break }
        let number = UInt64(word(3)) | UInt64(word(4)) << 32
        events.append(
          Event(
            kind: disk_record(word(0)), file: Int(Int32(bitPattern: word(1))),
            number: Int(Int64(bitPattern: number)), bytes: start..<start + count))
        place = start + count
      }
    }
    self.events = events
  }

  /// The bytes of an event as text.
  func text(_ event: Event) -> String { String(decoding: bytes[event.bytes], as: UTF8.self) }

  /// The highest number that a program said.
  var lastMark: Int { events.filter { $0.kind == DISK_MARK }.map(\.number).max() ?? 0 }

  /// What the program said first: how to make the same work again.
  package var firstWords: String? {
    events.first { $0.kind == DISK_MARK }.map(text)
  }
}
