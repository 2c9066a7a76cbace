/// A list of plain elements with one holder, which is never copied by accident and never asked
/// whether it is: what pricing a cart works with.
///
/// An array may be shared, so each write asks first whether it is, and emptying it runs the general
/// replacement; on a small cart that was a third of all instructions. This list has one holder by
/// its type, empties by setting its count, and keeps its storage.
///
/// It is the only file of this module that holds memory by a pointer. Why that is safe:
/// - `base` is allocated by `init` or `grow`, always with room for `capacity` elements, and given
///   back once, by `grow` when it is replaced or by `deinit`; the type cannot be copied, so there is
///   no second holder.
/// - The first `count` elements are set, and `count` is at most `capacity`: `append`, `extend`, `fill`
///   and every `load` write before they raise it, all else lowers it. A closure that `load` calls can
///   not reach the list meanwhile, which is held exclusively. Elements are plain, so nothing has to
///   be undone when they are forgotten.
/// - Every subscript is checked against `count`. Spans are bounded by `count` and cannot outlive, or
///   see a change of, the list they come from: the compiler holds their lifetime to it.
package struct Column<Element: BitwiseCopyable>: ~Copyable {
  private var base: UnsafeMutablePointer<Element>
  private var capacity: Int
  package private(set) var count = 0

  package init() {
    capacity = 8
    base = .allocate(capacity: capacity)
  }

  init(repeating element: Element, count: Int) {
    capacity = max(8, count)
    base = .allocate(capacity: capacity)
    fill(element, count: count)
  }

  deinit { base.deallocate() }

  package var isEmpty: Bool { count == 0 }
  package var indices: Range<Int> { 0..<count }
  var last: Element? { count == 0 ? nil : self[count - 1] }

  package subscript(place: Int) -> Element {
    @inline(__always)
    get {
      precondition(UInt(bitPattern: place) < UInt(bitPattern: count), "within the list")
      return base[place]
    }
    @inline(__always)
    _modify {
      precondition(UInt(bitPattern: place) < UInt(bitPattern: count), "within the list")
      yield &base[place]
    }
  }

  package var span: Span<Element> {
    @_lifetime(borrow self)
    @inline(__always)
    get {
      _overrideLifetime(
        Span(_unsafeStart: UnsafePointer(base), count: count), borrowing: self)
    }
  }

  var mutableSpan: MutableSpan<Element> {
    @_lifetime(&self)
    @inline(__always)
    mutating get {
      _overrideLifetime(MutableSpan(_unsafeStart: base, count: count), mutating: &self)
    }
  }

  /// The elements as an array of their own.
  package var copy: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow(to: count + 1) }
    base[count] = element
    count &+= 1
  }

  /// Gives it one element many times and nothing else.
  mutating func fill(_ element: Element, count: Int) {
    if count > capacity { grow(to: count) }
    for place in 0..<count { base[place] = element }
    self.count = count
  }

  /// Adds one element until it has so many.
  mutating func extend(_ element: Element, to newCount: Int) {
    if newCount > capacity { grow(to: newCount) }
    for place in count..<max(count, newCount) { base[place] = element }
    count = max(count, newCount)
  }

  /// Gives it the elements of a span and nothing else.
  mutating func load(_ elements: Span<Element>) {
    let wanted = elements.count
    if wanted > capacity { grow(to: wanted) }
    for place in 0..<wanted { base[place] = elements[unchecked: place] }
    count = wanted
  }

  /// Gives it one element for each of its places and nothing else.
  @inline(__always)
  mutating func load(count wanted: Int, _ element: (Int) -> Element) {
    if wanted > capacity { grow(to: wanted) }
    for place in 0..<wanted { base[place] = element(place) }
    count = wanted
  }

  /// Gives it the elements of another and nothing else.
  mutating func load(_ other: borrowing Column) { load(other.span) }

  /// Takes everything out but keeps the storage.
  @inline(__always)
  mutating func clear() { count = 0 }

  /// Takes out the last elements, as many as stand behind a count.
  @inline(__always)
  mutating func cut(to newCount: Int) {
    precondition(newCount >= 0 && newCount <= count, "within the list")
    count = newCount
  }

  @inline(never)
  private mutating func grow(to wanted: Int) {
    // A long list mostly has what it needs and grows by the few units that a deal splits off.
    let room = max(wanted, capacity < 4_096 ? 2 * capacity : capacity + capacity / 8)
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: room)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
    capacity = room
  }
}

// Its storage is reached through its one holder alone, so it may go wherever its elements may.
extension Column: @unchecked Sendable where Element: Sendable {}
