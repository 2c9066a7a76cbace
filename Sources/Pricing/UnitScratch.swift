/// Lists that effects work with and leave empty, kept so that nothing is allocated per cart.
struct UnitScratch: ~Copyable {
  var lines = Column<Int32>()
  var runs = Column<Int32>()
  var moreRuns = Column<Int32>()
  var pieces = Column<Piece>()
  var rewards = Column<PickedUnits>()
  var triggers = Column<PickedUnits>()
  var open = Column<PickedUnits>()
  var dealt = Column<DealtUnits>()
  var sharing = CellSharing()
}
