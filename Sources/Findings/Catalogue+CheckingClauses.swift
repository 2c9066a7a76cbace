extension FindingCatalogue {
  /// Clauses of a campaign and which of them go together.
  static let clauseEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .clauseTwice, title: "`{word}` stands twice in one campaign", label: "the second",
      explanation: """
        A campaign has one audience, one priority, one message and so on. Several `when` must all \
        hold; several `code` and `active` are alternatives.
        """,
      example: "campaign a {\n  for members\n  for guests\n  give free shipping\n}\n",
      remedy: "campaign a {\n  for members\n  give free shipping\n}\n"),
    CatalogueEntry(
      .tiersAndGive, title: "a campaign has `tiers` or `give`, not both",
      label: "this is outside the tiers",
      explanation: """
        In a campaign with tiers the row that is reached says what is given. What everyone gets \
        belongs in every row, or in a campaign of its own.
        """,
      example: """
        campaign a {
          tiers by quantity of items {
            at 5 give 10% off items
          }
          give free shipping
        }

        """,
      remedy: """
        campaign a {
          tiers by quantity of items {
            at 5 give 10% off items give free shipping
          }
        }

        """),
    CatalogueEntry(
      .campaignGivesNothing, title: "the campaign {name} gives nothing",
      label: "no `give`, `earn` or `tiers`",
      explanation: """
        A campaign is there to give or to let customers earn. One that shall rest for a while \
        keeps its clauses and gets `active never`.
        """,
      example: "campaign a {\n  code \"SUMMER\"\n}\n",
      remedy: "campaign a {\n  code \"SUMMER\"\n  give 10% off items\n}\n"),
    CatalogueEntry(
      .stackContradicts, title: "`stack alone` leaves nothing to share with",
      label: "this speaks of other campaigns",
      explanation: """
        `stack alone` shares an order with no other discount, so no second `stack` can stand \
        beside it.
        """,
      example: """
        campaign a {
          give 10% off items
          stack alone
          stack best of "sitewide"
        }

        """,
      remedy: "campaign a {\n  give 10% off items\n  stack alone\n}\n"),
    CatalogueEntry(
      .zeroCount, title: "{found} is none at all", label: "at least one is needed",
      explanation: """
        A limit of 0 would keep the campaign from ever applying, and a deal of 0 units gives \
        nothing. A limit that shall not bind is left out; a campaign that shall rest gets \
        `active never`.
        """,
      example: "campaign a {\n  give 10% off items\n  limit 0 per customer\n}\n",
      remedy: "campaign a {\n  give 10% off items\n  limit 1 per customer\n}\n"),
    CatalogueEntry(
      .durationTooLong, title: "{found} is longer than a hundred years",
      label: "too long", explanation: "No campaign, term or window is meant to last that long.",
      example: """
        balance points { }

        campaign a {
          earn 5 points expires in 400 years
        }

        """,
      remedy: """
        balance points { }

        campaign a {
          earn 5 points expires in 4 years
        }

        """),
    CatalogueEntry(
      .moreThanGroup, title: "{found} of every {maximum} cannot be had",
      label: "a group has only {maximum}",
      explanation: """
        `cheapest 1 of every 3` forms groups of three and picks one of each; more than the whole \
        group cannot be picked.
        """,
      example: "campaign a {\n  give 50% off cheapest 4 of every 3 items\n}\n",
      remedy: "campaign a {\n  give 50% off cheapest 1 of every 3 items\n}\n"),
    CatalogueEntry(
      .limitOfUncountable, title: "`limit … per order` has nothing to count",
      label: "only deals, `each of` and gifts can be counted",
      explanation: """
        In one order a limit counts rounds of a deal, units of `each of` and gifts. A percentage \
        off a selection or the order happens once; money is bounded with `cap`.
        """,
      example: "campaign a {\n  give 10% off order\n  limit 2 per order\n}\n",
      remedy: """
        campaign a {
          give 100% off cheapest 1 of every 3 items
          limit 2 per order
        }

        """),
    CatalogueEntry(
      .bestOfOnItemsUnfit,
      title: "`stack best of … on items` needs discounts that set each unit's price",
      label: "which discount is best for a unit cannot be told",
      explanation: """
        Unit by unit, only a percentage, `off each of` and `price … for each of` can be compared. \
        Deals, bundles and amounts off a subtotal or the order cannot; they compete with \
        `stack best of`, without `on items`.
        """,
      example: """
        campaign a {
          give 10% off order
          stack best of "sale" on items
        }

        """,
      remedy: """
        campaign a {
          give 10% off items
          stack best of "sale" on items
        }

        """),
    CatalogueEntry(
      .baseWithoutPercentage, title: "`base original` needs a percentage to be the base of",
      label: "no `give` of this campaign is a percentage",
      explanation: """
        `base original` takes a percentage of the price before other discounts. An amount of \
        money is the same from either price.
        """,
      example: "currency USD\n\ncampaign a {\n  give $5 off order\n  base original\n}\n",
      remedy: "campaign a {\n  give 5% off order\n  base original\n}\n"),
    CatalogueEntry(
      .giveInEvent, title: "a campaign on an event can only let customers earn",
      label: "there is no order to take this off",
      explanation: """
        Signing up or a birthday is no checkout: nothing is bought. Points can be earned, and a \
        discount for the next order is a campaign of its own.
        """,
      example: "campaign a {\n  event sign_up\n  give free shipping\n}\n",
      remedy: """
        balance points { }

        campaign a {
          event sign_up
          earn 500 points
        }

        """),
    CatalogueEntry(
      .cartInEvent, title: "on an event there is no cart to read",
      label: "this belongs to an order",
      explanation: """
        A campaign with `event` runs when something happens to an account. It can read the \
        customer and the customer's past, and earn fixed amounts.
        """,
      example: """
        balance points { }

        campaign a {
          event sign_up
          when quantity of items >= 2
          earn 500 points
        }

        """,
      remedy: """
        balance points { }

        campaign a {
          event sign_up
          when customer is member
          earn 500 points
        }

        """),
  ]

  /// Schedules, codes and texts for the shopper.
  static let scheduleAndTextEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .scheduleEndsBeforeStart, title: "the campaign ends before it begins",
      label: "this is not after the beginning",
      explanation: "`through` includes its day; `until` ends at the minute it names.",
      example: """
        timezone "America/New_York"

        campaign a {
          active from 2026-11-27 through 2026-11-20
          give 10% off items
        }

        """,
      remedy: """
        timezone "America/New_York"

        campaign a {
          active from 2026-11-20 through 2026-11-27
          give 10% off items
        }

        """),
    CatalogueEntry(
      .scheduleEmpty, title: "these hours begin and end at the same minute",
      label: "this is no time at all",
      explanation: """
        The second time is not part of the hours. Hours that end before they begin go over \
        midnight: `between 22:00 and 02:00`. The whole day needs no hours.
        """,
      example: """
        timezone "America/New_York"

        campaign a {
          active between 11:00 and 11:00
          give 10% off items
        }

        """,
      remedy: """
        timezone "America/New_York"

        campaign a {
          active between 11:00 and 14:00
          give 10% off items
        }

        """),
    CatalogueEntry(
      .emptyCode, title: "nobody can type this code", label: "there is nothing in it",
      explanation: "A code is compared without the spaces around it, so one of spaces is empty.",
      example: "campaign a {\n  code \" \"\n  give 10% off items\n}\n",
      remedy: "campaign a {\n  code \"SUMMER\"\n  give 10% off items\n}\n"),
    CatalogueEntry(
      .unknownPlaceholder, title: "a message knows nothing called {name}",
      label: "not one of saved, missing, title, code, remaining_uses",
      help: "a brace that shall be shown is written twice",
      explanation: """
        In braces stands what is filled in for the shopper: `{saved}`, `{missing}`, `{title}`, \
        `{code}` or `{remaining_uses}`.
        """,
      example: "campaign a {\n  give 10% off items\n  message \"You save {save}.\"\n}\n",
      remedy: "campaign a {\n  give 10% off items\n  message \"You save {saved}.\"\n}\n"),
    CatalogueEntry(
      .placeholderNotClosed, title: "this brace is not closed", label: "a `}` is missing",
      help: "a brace that shall be shown is written twice",
      explanation: "In braces stands what is filled in for the shopper, such as `{saved}`.",
      example: "campaign a {\n  give 10% off items\n  message \"You save {saved.\"\n}\n",
      remedy: "campaign a {\n  give 10% off items\n  message \"You save {saved}.\"\n}\n"),
    CatalogueEntry(
      .nothingMissing, title: "nothing in this campaign can fill the placeholder `missing`",
      label: "no threshold tells what is missing",
      explanation: """
        A hint can say what is missing where a quantity, a subtotal or a value of the customer's \
        past must reach a constant, by itself and not inside `or` or `not`. A message is shown \
        when the campaign applies: then only the next row of tiers is still missing.
        """,
      example: """
        campaign a {
          for members
          give 10% off items
          hint "Only {missing} to go."
        }

        """,
      remedy: """
        campaign a {
          for members
          when quantity of items >= 5
          give 10% off items
          hint "Only {missing} to go."
        }

        """),
  ]
}
