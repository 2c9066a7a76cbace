/// Sorts a part of a list in place, without storage of its own, so nothing is allocated per cart.
///
/// Equal elements may change places; callers compare until nothing is equal.
/// - Complexity: O(n log n).
func sortInPlace<Element: BitwiseCopyable>(
  _ list: inout MutableSpan<Element>, _ range: Range<Int>,
  by precedes: (Element, Element) -> Bool
) {
  var (start, end) = (range.lowerBound, range.upperBound)
  var splitsLeft = 2 * (Int.bitWidth - range.count.leadingZeroBitCount)
  while end - start > 24 {
    if splitsLeft == 0 { return sortByHeap(&list, start..<end, by: precedes) }
    splitsLeft -= 1
    let middle = partition(&list, start..<end, by: precedes)
    // The shorter side is sorted by a call, the longer by going on, so calls never nest deeply.
    if middle - start < end - middle {
      sortInPlace(&list, start..<middle, by: precedes)
      start = middle
    } else {
      sortInPlace(&list, middle..<end, by: precedes)
      end = middle
    }
  }
  sortByInsertion(&list, start..<end, by: precedes)
}

/// Hoare's partition around the middle one of three.
///
/// - Returns: Where the second part begins; both parts have an element.
private func partition<Element: BitwiseCopyable>(
  _ list: inout MutableSpan<Element>, _ range: Range<Int>,
  by precedes: (Element, Element) -> Bool
) -> Int {
  let (first, last) = (range.lowerBound, range.upperBound - 1)
  let middle = first + (last - first) / 2
  if precedes(list[middle], list[first]) { list.swapAt(middle, first) }
  if precedes(list[last], list[first]) { list.swapAt(last, first) }
  if precedes(list[last], list[middle]) { list.swapAt(last, middle) }
  let pivot = list[middle]
  var (low, high) = (first, last)
  while true {
    repeat { low += 1 } while precedes(list[low], pivot)
    repeat { high -= 1 } while precedes(pivot, list[high])
    if low >= high { return high + 1 }
    list.swapAt(low, high)
  }
}

/// Short lists are sorted for every cart, so bounds are asked for once, not step by step: `place` is
/// in the range, `hole` goes from it down to the range's start, and the range is in the list.
private func sortByInsertion<Element: BitwiseCopyable>(
  _ list: inout MutableSpan<Element>, _ range: Range<Int>,
  by precedes: (Element, Element) -> Bool
) {
  precondition(range.lowerBound >= 0 && range.upperBound <= list.count, "within the list")
  let start = range.lowerBound
  var place = start &+ 1
  while place < range.upperBound {
    let value = list[unchecked: place]
    var hole = place
    while hole > start, precedes(value, list[unchecked: hole &- 1]) {
      list[unchecked: hole] = list[unchecked: hole &- 1]
      hole &-= 1
    }
    list[unchecked: hole] = value
    place &+= 1
  }
}

private func sortByHeap<Element: BitwiseCopyable>(
  _ list: inout MutableSpan<Element>, _ range: Range<Int>,
  by precedes: (Element, Element) -> Bool
) {
  let start = range.lowerBound
  func siftDown(_ list: inout MutableSpan<Element>, from root: Int, until end: Int) {
    var root = root
    while 2 * root + 1 < end {
      var child = 2 * root + 1
      if child + 1 < end, precedes(list[start + child], list[start + child + 1]) { child += 1 }
      guard precedes(list[start + root], list[start + child]) else { return }
      list.swapAt(start + root, start + child)
      root = child
    }
  }
  for root in (0..<range.count / 2).reversed() { siftDown(&list, from: root, until: range.count) }
  for end in (1..<max(range.count, 1)).reversed() {
    list.swapAt(start, start + end)
    siftDown(&list, from: 0, until: end)
  }
}
