/// Names that already mean something where they would be used, by kind of name.
enum ReservedWords {
  static let sets: Set<String> = words(
    """
    all_items brand category cheapest dearest each every items order shipping sku subtotal tag vendor
    """)
  static let itemAttributes: Set<String> = words(
    """
    balance bought brand category cheapest customer day days dearest floor fri gift_card in kinds last
    max min mon month name no not on_sale order price quantity redemptions round sat shipping sku spent
    subtotal sun tag thu today tue vendor visit_days visit_number visits was wed weekday year yes
    """)
  static let customerAttributes: Set<String> = words(
    "balance group id member redeemed spent visits")

  private static func words(_ text: String) -> Set<String> {
    Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
  }
}
