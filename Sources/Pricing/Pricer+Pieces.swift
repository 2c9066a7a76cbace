extension Pricer {
  /// Writes the planned pieces into the runs and books what they took off.
  mutating func commitPieces(for campaign: Int32) {
    sortPieces()
    let count = scratch.pieces.count
    var start = 0
    while start < count {
      let run = scratch.pieces[start].run
      var end = start + 1
      while end < count, scratch.pieces[end].run == run { end += 1 }
      commit(start..<end, run: run, campaign)
      start = end
    }
    if runs.hasSplits {
      var joined: Int32 = -1
      for place in 0..<count {
        let line = runs.line(scratch.pieces[place].run)
        if line != joined { runs.joinAlike(line) }
        joined = line
      }
    }
  }

  /// By run, then by the new price; what was planned in order is left alone.
  private mutating func sortPieces() {
    let count = scratch.pieces.count
    var pieces = scratch.pieces.mutableSpan
    for place in 0..<max(count - 1, 0) where Piece.precedes(pieces[place + 1], pieces[place]) {
      sortInPlace(&pieces, 0..<count, by: Piece.precedes)
      return
    }
  }

  private mutating func commit(_ pieces: Range<Int>, run: Int32, _ campaign: Int32) {
    let (price, state, line) = (runs.price(run), runs.state(run), runs.line(run))
    var left = runs.quantity(run)
    var taken: Int64 = 0
    var isFirst = true
    var last: RunSegment?
    var place = run
    for index in pieces where scratch.pieces[index].quantity > 0 {
      let piece = scratch.pieces[index]
      var changed = state
      changed.isUsed = state.isUsed || piece.isUsed
      changed.isTouched = state.isTouched || piece.newPrice < price
      taken += (price - piece.newPrice) * piece.quantity
      left -= piece.quantity
      if var same = last, same.price == piece.newPrice, same.state == changed {
        same.quantity += piece.quantity
        last = same
        continue
      }
      if let segment = last { write(segment, &place, &isFirst) }
      last = RunSegment(quantity: piece.quantity, price: piece.newPrice, state: changed)
    }
    if let segment = last {
      write(segment, &place, &isFirst)
      if left > 0 {
        write(RunSegment(quantity: left, price: price, state: state), &place, &isFirst)
      }
    }
    if taken > 0 { touchedLines.append(line) }
    entries.append(taken, line: line, source: campaign, stage: .items)
    campaigns[campaign].given += taken
  }

  private mutating func write(_ segment: RunSegment, _ place: inout Int32, _ isFirst: inout Bool) {
    if isFirst {
      runs.set(segment, of: place)
    } else {
      _ = runs.split(segment, off: place)
    }
    isFirst = false
  }
}

extension Piece {
  /// By run, then from the cheapest up, then what is used up last.
  static func precedes(_ first: Piece, _ second: Piece) -> Bool {
    if first.run != second.run { return first.run < second.run }
    if first.newPrice != second.newPrice { return first.newPrice < second.newPrice }
    return !first.isUsed && second.isUsed
  }
}
