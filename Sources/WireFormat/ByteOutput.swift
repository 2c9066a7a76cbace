/// Room that has been made for bytes, filled from its beginning.
///
/// A quote of a large cart is some forty pieces of ten bytes a line. Appended to an array one by
/// one they take many times what they take here, where a piece is one or two stores of a constant
/// length behind one comparison.
///
/// Text is written through pointers here alone. That is safe because
/// 1. the room exists as long as its value, which cannot be copied, is made by `fill` alone, that of
///    an array's room and that of `GrowingBytes`, and is only lent to a body; a body that is lent two could give one back in the place of the other, so
///    `fill` stops the program unless the room it gets back is the one it has lent, and since no
///    body has another room to leave in its place, none outlives its bytes either;
/// 2. every store goes through `take`, which stops the program unless all bytes that are about to
///    be written lie inside the room;
/// 3. every copy reads from a constant text, or from a span that has been held to the bytes read;
/// 4. only bytes that have been written count as filled, since `take` is told no more of them than
///    the store that follows writes.
@usableFromInline
package struct ByteRoom: ~Copyable {
  @usableFromInline let start: UnsafeMutableRawPointer
  @usableFromInline let capacity: Int
  /// How many bytes have been filled.
  @usableFromInline var count = 0

  /// Bytes that a piece may touch behind its last one; who makes room leaves as many over.
  package static let slack = 64

  @usableFromInline
  init(_ start: UnsafeMutableRawPointer, capacity: Int) {
    self.start = start
    self.capacity = capacity
  }

  /// Where the next bytes go, of which some count and some more are written.
  @inlinable @inline(__always)
  mutating func take(_ length: Int, writing written: Int) -> UnsafeMutableRawPointer {
    precondition(
      length >= 0 && length <= written && written <= capacity &- count,
      "room is made before it is filled")
    let place = start + count
    count &+= length
    return place
  }

  /// Appends a text of the program.
  @inlinable @inline(__always)
  package mutating func append(_ text: StaticString) {
    let length = text.utf8CodeUnitCount
    take(length, writing: length).copyMemory(from: text.utf8Start, byteCount: length)
  }

  /// Appends a byte.
  @inlinable @inline(__always)
  package mutating func append(_ byte: UInt8) {
    take(1, writing: 1).storeBytes(of: byte, as: UInt8.self)
  }

  /// Appends a text unless something in it must be escaped in JSON, and answers whether it did.
  ///
  /// There is room for eight bytes more than the text has.
  @inlinable
  package mutating func appendPlainText(_ text: Span<UInt8>) -> Bool {
    let length = text.count
    let place = take(length, writing: length + 8)
    var marks: UInt64 = 0
    var offset = 0
    while offset <= length &- 8 {
      let bytes = word(text, at: offset)
      marks |= marksOfEscapes(bytes)
      (place + offset).storeBytes(of: bytes.littleEndian, as: UInt64.self)
      offset &+= 8
    }
    if offset < length {
      var bytes: UInt64 = 0x2020_2020_2020_2020
      for last in stride(from: length &- 1, through: offset, by: -1) {
        bytes = bytes &<< 8 | UInt64(text[last])
      }
      marks |= marksOfEscapes(bytes)
      (place + offset).storeBytes(of: bytes.littleEndian, as: UInt64.self)
    }
    if marks != 0 { count &-= length }
    return marks == 0
  }

  /// Appends some of other bytes.
  @inlinable @inline(__always)
  package mutating func append(_ bytes: Span<UInt8>, from start: Int, count length: Int) {
    guard start >= 0, length >= 0 else { preconditionFailure("a part of the bytes") }
    // Mostly a little too much is copied, so that the length of each step is known beforehand.
    if length <= 16, start <= bytes.count &- 16, capacity &- count >= 16 {
      copy(16, of: bytes, from: start, to: take(length, writing: 16))
    } else if length <= 64, start <= bytes.count &- 64, capacity &- count >= 64 {
      let place = take(length, writing: 64)
      copy(48, of: bytes, from: start, to: place)
      if length > 48 { copy(16, of: bytes, from: start &+ 48, to: place + 48) }
    } else {
      appendExactly(bytes, from: start, count: length)
    }
  }

  /// Copies bytes that have been held to what there is of them.
  @inlinable @inline(__always)
  func copy(
    _ length: Int, of bytes: Span<UInt8>, from start: Int, to place: UnsafeMutableRawPointer
  ) {
    bytes.withUnsafeBytes { source in
      if let from = source.baseAddress { place.copyMemory(from: from + start, byteCount: length) }
    }
  }

  @inlinable @inline(__always)
  mutating func appendExactly(_ bytes: Span<UInt8>, from start: Int, count length: Int) {
    let bytes = bytes.extracting(start..<start + length)
    ByteRoom.copy(bytes, to: take(length, writing: length))
  }

  /// Copies bytes to a place that has room for them.
  @inlinable @inline(never)
  static func copy(_ bytes: Span<UInt8>, to place: UnsafeMutableRawPointer) {
    bytes.withUnsafeBytes { source in
      if let from = source.baseAddress { place.copyMemory(from: from, byteCount: source.count) }
    }
  }

  /// Appends the digits of an amount.
  @inlinable @inline(__always)
  package mutating func append(_ digits: AmountDigits) {
    guard digits.count > 0, capacity &- count >= 16 else {
      append(digits.value, decimals: digits.decimals)
      return
    }
    let place = take(digits.count, writing: 16)
    place.storeBytes(of: digits.whole.littleEndian, as: UInt64.self)
    (place + digits.wholeCount).storeBytes(of: digits.fraction.littleEndian, as: UInt64.self)
  }

  /// Appends the digits of an amount that is likely to be a small one.
  ///
  /// - Parameter short: The digits of all small amounts with as many decimals.
  @inlinable @inline(__always)
  package mutating func append(_ amount: Int64, decimals: Int, short: Span<UInt64>) {
    guard amount >= 0, amount < short.count, capacity &- count >= 8 else {
      append(AmountDigits(amount, decimals: decimals))
      return
    }
    let digits = short[Int(amount)]
    take(Int(truncatingIfNeeded: digits &>> 56), writing: 8)
      .storeBytes(of: digits.littleEndian, as: UInt64.self)
  }

  /// Appends a number in decimal digits, a point before the last few of them.
  @inlinable @inline(__always)
  package mutating func append(_ value: Int64, decimals: Int = 0) {
    let length = ByteRoom.length(of: value, decimals: decimals)
    ByteRoom.spell(value, decimals: decimals, to: take(length, writing: length), length)
  }

  /// The bytes of a number, its sign and its point among them.
  @inlinable @inline(never)
  static func length(of value: Int64, decimals: Int) -> Int {
    let digits = Swift.max(digitCount(value.magnitude), decimals + 1)
    return digits + (decimals > 0 ? 1 : 0) + (value < 0 ? 1 : 0)
  }

  /// Spells a number from its end to a place that has room for all its bytes.
  @inlinable @inline(never)
  static func spell(
    _ value: Int64, decimals: Int, to place: UnsafeMutableRawPointer, _ length: Int
  ) {
    var rest = value.magnitude
    for offset in stride(from: length - 1, through: 0, by: -1) {
      var byte = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      if decimals > 0, length - 1 - offset == decimals {
        byte = UInt8(ascii: ".")
      } else if offset == 0, value < 0 {
        byte = UInt8(ascii: "-")
      } else {
        rest /= 10
      }
      (place + offset).storeBytes(of: byte, as: UInt8.self)
    }
  }
}

extension OutputSpan where Element == UInt8 {
  /// Fills what is free of it.
  @inlinable @inline(__always)
  package mutating func fill(_ body: (inout ByteRoom) -> Void) {
    withUnsafeMutableBufferPointer { buffer, count in
      guard let start = buffer.baseAddress else { return }
      let (free, capacity) = (UnsafeMutableRawPointer(start + count), buffer.count - count)
      var room = ByteRoom(free, capacity: capacity)
      body(&room)
      precondition(
        room.start == free && room.capacity == capacity, "the room that was lent is given back")
      count += room.count
    }
  }

  /// Appends a text of the program.
  @inlinable @inline(__always)
  package mutating func append(_ text: StaticString) {
    precondition(text.utf8CodeUnitCount <= freeCapacity, "room is made before it is filled")
    fill { $0.append(text) }
  }

  /// Appends some of other bytes.
  @inlinable
  package mutating func append(_ bytes: Span<UInt8>, from start: Int, count length: Int) {
    precondition(length <= freeCapacity, "room is made before it is filled")
    fill { $0.appendExactly(bytes, from: start, count: length) }
  }

  /// Appends a number in decimal digits, a point before the last few of them.
  @inlinable
  package mutating func append(_ value: Int64, decimals: Int = 0) {
    precondition(freeCapacity > 0, "room is made before it is filled")
    fill { $0.append(value, decimals: decimals) }
  }
}

/// How many decimal digits a number has; zero has one.
@inlinable
package func digitCount(_ value: UInt64) -> Int {
  var count = 1
  var bound: UInt64 = 10
  while value >= bound, count < 20 {
    count += 1
    let (next, overflow) = bound.multipliedReportingOverflow(by: 10)
    if overflow { break }
    bound = next
  }
  return count
}
