import LocalTime
import Promo

/// Everything said of a cart before campaigns compete for it.
struct Contest {
  let book: RuleBook
  let cart: Cart
  let at: Instant
  /// By place in file order.
  let standings: [Standing]

  init(_ book: RuleBook, _ cart: Cart, _ at: Instant) {
    self.book = book
    self.cart = cart
    self.at = at
    standings = book.campaigns.map { campaign in
      Scene(book: book, cart: cart, at: at, zone: campaign.zone).standing(of: campaign)
    }
  }

  /// Campaigns that would give something and that nothing speaks against so far.
  var candidates: [Campaign] {
    book.campaigns.filter { campaign in
      let standing = standings[campaign.position]
      guard standing.refusal == nil, !campaign.isEvent else { return false }
      return standing.defersRow ? campaign.canGive : !campaign.gives(row: standing.row).isEmpty
    }
  }

  func scene(of campaign: Campaign, costs: [Int64] = []) -> Scene {
    Scene(book: book, cart: cart, at: at, zone: campaign.zone, costs: costs)
  }

  /// Prices the cart under campaigns that may share it.
  func price(_ members: [Campaign]) -> Till {
    let zone = ZoneTable(identifier: "UTC", transitions: [], offsets: [0])
    return Till(Scene(book: book, cart: cart, at: at, zone: zone), members, standings)
  }
}
