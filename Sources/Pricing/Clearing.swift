extension Array {
  /// Takes everything out but keeps the storage; costs next to nothing for a list that is empty.
  mutating func clear() {
    if !isEmpty { removeAll(keepingCapacity: true) }
  }
}

extension Dictionary {
  /// Takes everything out but keeps the storage; costs next to nothing where nothing is in it.
  mutating func clear() {
    if !isEmpty { removeAll(keepingCapacity: true) }
  }
}
