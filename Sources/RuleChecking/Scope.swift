import Findings

/// Where an expression stands, which decides what it may read.
struct Scope {
  enum Place {
    /// Inside `where`: one unit at a time.
    case unit
    /// In a clause of a campaign: the whole cart.
    case cart
    /// In a campaign that runs on an account event: there is no cart.
    case event
  }
  /// Index of the file: its currency and time zone hold.
  var file: Int
  var place: Place
  /// Set where `after discounts` may not be read: the give of the items stage, or of a gift.
  var earlyGive: SourceSpan?

  init(file: Int, place: Place, earlyGive: SourceSpan? = nil) {
    self.file = file
    self.place = place
    self.earlyGive = earlyGive
  }
}
