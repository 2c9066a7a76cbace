/// Lists that effects work with and leave empty, kept so that nothing is allocated per cart.
struct UnitScratch {
  var lines: [Int32] = []
  var runs: [Int32] = []
  var moreRuns: [Int32] = []
  var pieces: [Piece] = []
  var rewards: [PickedUnits] = []
  var triggers: [PickedUnits] = []
  var open: [PickedUnits] = []
}
