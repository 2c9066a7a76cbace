/// Units of one line that share one price and one history in this quote.
///
/// All that is asked of a run stands side by side, in sixteen bytes, so that whoever reaches one in
/// a large cart waits for memory once, and asks once whether it is within the list.
package struct Run: BitwiseCopyable, Sendable {
  /// Minor units after items discounts so far.
  package var price: Int64
  /// The next run of the same line; −1 after the last.
  package var next: Int32
  /// The quantity, and below it the flags.
  private var packed: UInt32

  /// A run never has more units; a line has ten million at most.
  static let quantityMaximum: Int64 = 1 << 24 - 1

  /// - Parameter quantity: At least zero, at most `quantityMaximum`.
  @inline(__always)
  init(price: Int64, quantity: Int64, flags: RunFlags = [], next: Int32 = -1) {
    self.price = price
    self.next = next
    packed = UInt32(truncatingIfNeeded: quantity) &<< 8 | UInt32(flags.rawValue)
  }

  /// How many units there are.
  @inline(__always)
  var quantity: Int64 {
    get { Int64(packed &>> 8) }
    set {
      precondition(newValue >= 0 && newValue <= Run.quantityMaximum, "no run has more units")
      packed = UInt32(truncatingIfNeeded: newValue) &<< 8 | packed & 0xFF
    }
  }

  @inline(__always)
  var flags: RunFlags {
    get { RunFlags(rawValue: UInt8(truncatingIfNeeded: packed)) }
    set { packed = packed & ~0xFF | UInt32(newValue.rawValue) }
  }

  /// Marks the units besides what they are marked with.
  @inline(__always)
  mutating func mark(_ mark: RunFlags) { packed |= UInt32(mark.rawValue) }

  /// What all units cost before order discounts; a cart whose lines cost more than a number holds is
  /// refused before it is priced.
  @inline(__always)
  var cost: Int64 { price &* quantity }
}
