extension FindingCatalogue {
  /// Warnings about what is never reached, used or tested.
  static let reachWarningEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .conditionNever, title: "this condition never holds", label: "whatever the cart",
      explanation: """
        Together with what else must hold, no value is left that would fulfil it. The campaign, \
        or the set, is always empty-handed.
        """,
      example: """
        campaign a {
          when quantity of items >= 5 and quantity of items < 3
          give 10% off items
        }

        test "never" {
          expect refused a because condition
        }

        """),
    CatalogueEntry(
      .conditionAlways, title: "this condition always holds", label: "whatever the cart",
      explanation: "It keeps nobody out, so either it can go or something else was meant.",
      example: """
        campaign a {
          when quantity of items >= 0
          give 10% off items
        }

        test "always" {
          expect refused a because nothing_to_give
        }

        """),
    CatalogueEntry(
      .tierUnreachable, title: "this row can never be the one that applies",
      label: "another row or a condition is in its way",
      explanation: """
        The highest row reached applies, alone. A row that begins where another one begins, or \
        where the conditions of the campaign never let it come, is never used.
        """,
      example: """
        campaign a {
          tiers by quantity of items {
            at 5 give 10% off items
            at 5 give 15% off items
          }
        }

        test "five" {
          expect refused a because condition
        }

        """),
    CatalogueEntry(
      .tiersNotAscending, title: "the rows do not ascend", label: "below the row before",
      explanation: """
        The highest row reached applies wherever it stands. Rows in ascending order are read as \
        they work, and a digit that is missing is seen.
        """,
      example: """
        campaign a {
          tiers by quantity of items {
            at 5 give 10% off items
            at 3 give 5% off items
          }
        }

        test "five" {
          expect refused a because condition
        }

        """),
    CatalogueEntry(
      .thresholdOutOfReach, title: "the percentage never reaches this threshold",
      label: "whatever the cart",
      explanation: """
        What is compared has been made smaller by a percentage, and what is left of it stays \
        below the threshold. Perhaps the threshold was meant for the full amount.
        """,
      example: """
        currency USD

        campaign a {
          when min(subtotal of items * 10%, $20) >= $50
          give 10% off items
        }

        test "never" {
          expect refused a because condition
        }

        """),
    CatalogueEntry(
      .scheduleOver, title: "the campaign {name} is over", label: "it ended before {today}",
      explanation: """
        It will not apply again. A campaign that is kept for next year gets new dates, or \
        `active never` until then.
        """,
      example: """
        timezone "America/New_York"

        campaign a {
          active through 2020-12-24
          give 10% off items
        }

        test "over" {
          expect refused a because schedule
        }

        """),
    CatalogueEntry(
      .campaignUntested, title: "no test runs the campaign {name}", label: "not tested",
      explanation: """
        A test runs every campaign of its currency, or those that its `only` names. A few lines \
        beside the campaign show what it does, and keep showing it.
        """,
      example: "campaign a {\n  give 10% off items\n}\n"),
    CatalogueEntry(
      .notUndecided, title: "no test decides this `not` both ways",
      label: "missing: `{expected}`",
      explanation: """
        A `not` is easily read the wrong way round. One test in which the campaign applies and \
        one in which its condition refuses it show that it says what is meant.
        """,
      example: """
        currency USD

        campaign a {
          when not customer in group "staff"
          give 10% off items
        }

        test "customers" {
          cart {
            1 "MUG" at $10.00
          }
          expect applied a
        }

        """),
    CatalogueEntry(
      .setUnused, title: "the set {name} is not used", label: "nothing speaks of it",
      explanation: "Either a campaign should use it, or it can go.",
      example: "set books = items in category \"books\"\n"),
  ]

  /// Warnings about what is allowed but seldom meant.
  static let habitWarningEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .customerLimitForGuests, title: "guests cannot be limited one by one",
      label: "nobody knows whether two guests are one",
      explanation: """
        A limit per customer needs to know the customer. A guest without an e-mail address does \
        not get such a campaign at all.
        """,
      example: """
        campaign a {
          for guests
          give 10% off items
          limit 1 per customer
        }

        test "guests" {
          expect refused a because audience
        }

        """),
    CatalogueEntry(
      .earnForGuests, title: "guests earn nothing", label: "there is no account to earn on",
      explanation: "Only members earn; a campaign for guests never lets anyone earn.",
      example: """
        balance points { }

        campaign a {
          for guests
          earn 5 points
        }

        test "guests" {
          expect refused a because audience
        }

        """),
    CatalogueEntry(
      .percentOverHundred, title: "{found} is more than there is", label: "over 100%",
      explanation: "No price goes below zero, so more than 100% gives no more than 100%.",
      example: """
        campaign a {
          give 150% off items
        }

        test "all of it" {
          expect refused a because nothing_to_give
        }

        """),
    CatalogueEntry(
      .percentZero, title: "{found} gives nothing", label: "no discount at all",
      explanation: "A campaign that shall rest for a while gets `active never`.",
      example: """
        campaign a {
          give 0% off items
        }

        test "nothing" {
          expect refused a because nothing_to_give
        }

        """),
    CatalogueEntry(
      .maximumMeantAsCap, title: "`max` gives the larger of the two",
      label: "this is at least the amount, not at most",
      explanation: """
        10%, but at most $20 is the smaller of the two: `min(subtotal of items * 10%, $20)`, or \
        `10% off order` with `cap $20 per order`.
        """,
      example: """
        currency USD

        campaign a {
          give (max(subtotal of items * 10%, $20)) off order
        }

        test "large" {
          expect refused a because nothing_to_give
        }

        """),
    CatalogueEntry(
      .slotsOverlap, title: "two slots of this bundle take the same units",
      label: "these units fit the other slot as well",
      explanation: """
        Slots are filled as written, each with the dearest units left. Where a unit fits two of \
        them, the order of the slots decides what the bundle is made of.
        """,
      example: """
        currency USD

        campaign a {
          give price $9.99 for 1 items + 1 (items in tag "side")
        }

        test "bundle" {
          expect refused a because nothing_to_give
        }

        """),
    CatalogueEntry(
      .limitOfNoCode, title: "this campaign has no code to count uses of",
      label: "the limit never binds",
      explanation: "`limit … per code` counts how often one code was used.",
      example: """
        campaign a {
          give 10% off items
          limit 1 per code
        }

        test "no code" {
          expect refused a because limit
        }

        """),
    CatalogueEntry(
      .multiplierTooSmall, title: "times {found} multiplies nothing", label: "not more than 1",
      explanation: """
        The largest multiplier that covers a unit counts, and without any it is 1. A factor that \
        is not above 1 never makes a difference.
        """,
      example: """
        balance points { }

        campaign a {
          earn points times 1 on order
        }

        test "no more" {
          expect refused a because audience
        }

        """),
    CatalogueEntry(
      .testNamedTwice, title: "two tests of this file are called {name}", label: "the second",
      help: "say in its name what this one shows and the other does not",
      explanation: """
        A test is known by its name when it fails. With two of one name nobody could tell which of \
        them did.
        """,
      example: """
        campaign a {
          give free shipping
        }

        test "free" {
          expect refused a because nothing_to_give
        }

        test "free" {
          expect refused a because nothing_to_give
        }

        """,
      remedy: """
        campaign a {
          give free shipping
        }

        test "nothing to ship" {
          expect refused a because nothing_to_give
        }

        """),
  ]
}
