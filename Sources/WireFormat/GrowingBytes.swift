/// Bytes that are appended to, in storage that grows with them and has one owner.
///
/// An array asks at each piece whether somebody else looks at it, and a document is hundreds of
/// pieces. Here nobody else can: the value is not copied, and its bytes leave it as a copy.
///
/// Its storage is a pointer, which is safe because
/// 1. it is made and let go by this value alone, which ends once;
/// 2. it is written by `ByteRoom` alone, which is told how much of it is free, and by `grow`, which
///    copies what has been filled into storage that is larger;
/// 3. it is read up to `count`, and nothing but what a room has filled is counted.
@usableFromInline
package struct GrowingBytes: ~Copyable {
  @usableFromInline var start: UnsafeMutableRawPointer
  @usableFromInline var capacity: Int
  @usableFromInline var count = 0

  /// No bytes, and room for some.
  init(capacity: Int) {
    self.capacity = max(capacity, 256)
    start = .allocate(byteCount: self.capacity, alignment: 16)
  }

  deinit { start.deallocate() }

  /// A copy of what has been filled.
  var bytes: [UInt8] {
    [UInt8](UnsafeRawBufferPointer(start: start, count: count))
  }

  /// Forgets what has been filled and keeps the storage.
  mutating func removeAll() { count = 0 }

  /// Lends room for at most so many bytes.
  @inlinable @inline(__always)
  mutating func fill(_ maximum: Int, _ body: (inout ByteRoom) -> Void) {
    if capacity &- count < maximum { grow(by: maximum) }
    let (free, freeCount) = (start + count, capacity &- count)
    var room = ByteRoom(free, capacity: freeCount)
    body(&room)
    precondition(
      room.start == free && room.capacity == freeCount, "the room that was lent is given back")
    count &+= room.count
  }

  /// Appends one byte.
  @inline(__always)
  mutating func append(_ byte: UInt8) { fill(1) { $0.append(byte) } }

  /// Appends other bytes.
  mutating func append(_ bytes: Span<UInt8>) {
    fill(bytes.count) { $0.appendExactly(bytes, from: 0, count: bytes.count) }
  }

  /// Appends a text of the program.
  @inlinable @inline(__always)
  package mutating func append(_ text: StaticString) {
    fill(text.utf8CodeUnitCount) { $0.append(text) }
  }

  /// Appends a number in decimal digits, a point before the last few of them.
  package mutating func append(_ value: Int64, decimals: Int = 0) {
    fill(40) { $0.append(AmountDigits(value, decimals: decimals)) }
  }

  /// Appends a text between quotes, whose inside is escaped where it must be.
  package mutating func append(quoted text: String) { append(quoted: text, after: 0, before: 0) }

  /// Appends a text between quotes, whose inside is escaped where it must be.
  ///
  /// - Parameters:
  ///   - first: A byte before the quotes, unless it is zero.
  ///   - last: A byte behind them, unless it is zero.
  mutating func append(quoted text: String, after first: UInt8, before last: UInt8) {
    let utf8 = text.utf8.span
    var isPlain = false
    fill(utf8.count + 16) { room in
      if first != 0 { room.append(first) }
      room.append(UInt8(ascii: "\""))
      isPlain = room.appendPlainText(utf8)
      guard isPlain else { return }
      room.append(UInt8(ascii: "\""))
      if last != 0 { room.append(last) }
    }
    guard !isPlain else { return }
    var escaped: [UInt8] = []
    appendEscaped(text, to: &escaped)
    escaped.append(UInt8(ascii: "\""))
    if last != 0 { escaped.append(last) }
    append(escaped.span)
  }

  @usableFromInline @inline(never)
  mutating func grow(by size: Int) {
    let larger = max(count + size, 2 * capacity)
    let place = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
    place.copyMemory(from: start, byteCount: count)
    start.deallocate()
    (start, capacity) = (place, larger)
  }
}
