/// Names that already mean something where they would be used, by what they would name.
///
/// Words are contextual: a name may be spelt like any word, but where a word and a name may both
/// stand the word wins, so a thing of that name could not be reached. These are refused where they
/// are declared. A test works them out from the grammar. Campaigns, balances, events and attributes
/// of an order may have any name.
package enum ReservedNames {
  /// What no set may be called.
  package static let sets: Set<String> = words(
    "all_items brand category cheapest dearest each every items order shipping sku subtotal tag vendor"
  )

  /// What no attribute of an item may be called.
  package static let itemAttributes: Set<String> = words(
    """
    balance bought brand category cheapest customer day days dearest floor fri gift_card in kinds
    last max min mon month name no not not_discountable on_sale order price quantity redemptions
    round sat shipping sku spent subtotal sun tag thu today tue vendor visit_days visit_number visits
    was wed weekday year yes
    """)

  /// What no attribute of a customer may be called.
  package static let customerAttributes: Set<String> = words(
    "balance bought group id member redeemed spent visit_days visits")

  private static func words(_ text: String) -> Set<String> {
    Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
  }
}
