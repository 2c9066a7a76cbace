extension FindingCatalogue {
  /// Amounts of money and their currencies.
  static let moneyEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .moneyWithoutCurrency, title: "money is written in a file without a currency",
      label: "in which currency?", help: "put a line such as `currency USD` at the top",
      explanation: """
        A file with a currency serves carts in that currency. A file without one serves every \
        cart, and so can give percentages and units but no amounts.
        """,
      example: "campaign a {\n  give $10 off order\n}\n",
      remedy: "currency USD\n\ncampaign a {\n  give $10 off order\n}\n"),
    CatalogueEntry(
      .dollarInOtherFile, title: "the dollar sign stands in a file in {expected}",
      label: "this is not {expected}",
      explanation: """
        `$` is the file's own dollar: USD, CAD, AUD and so on. Other currencies are written with \
        their code behind the amount: `10 EUR`.
        """,
      example: "currency EUR\n\ncampaign a {\n  give $10 off order\n}\n",
      remedy: "currency EUR\n\ncampaign a {\n  give 10 EUR off order\n}\n"),
    CatalogueEntry(
      .moneyOfOtherCurrency, title: "an amount in {found} stands in a file in {expected}",
      label: "this is not {expected}",
      explanation: """
        Nothing is converted. Campaigns for carts in another currency stand in a file of their \
        own, with that currency at its top.
        """,
      example: "currency USD\n\ncampaign a {\n  give 10 EUR off order\n}\n",
      remedy: "currency EUR\n\ncampaign a {\n  give 10 EUR off order\n}\n"),
    CatalogueEntry(
      .moneyTooFine, title: "{found} has more decimals than {currency} knows",
      label: "at most {decimals} decimals",
      explanation: """
        Amounts are whole numbers of the smallest coin, so there is no half cent to give, and \
        nothing is rounded in silence.
        """,
      example: "currency USD\n\ncampaign a {\n  give $1.005 off order\n}\n",
      remedy: "currency USD\n\ncampaign a {\n  give $1.01 off order\n}\n"),
    CatalogueEntry(
      .moneyTooLarge, title: "{found} is more money than can be counted",
      label: "too large", explanation: "Amounts are counted in cents with 64 bits.",
      example: "currency USD\n\ncampaign a {\n  give $99999999999999999 off order\n}\n",
      remedy: "currency USD\n\ncampaign a {\n  give $999 off order\n}\n"),
    CatalogueEntry(
      .setOfOtherCurrency, title: "the set {name} speaks of prices in {found}",
      label: "this file has {expected}",
      explanation: """
        A set whose condition compares prices belongs to the currency of its file, and so only \
        campaigns of that currency can use it.
        """),
    CatalogueEntry(
      .balanceOfOtherCurrency, title: "the balance {name} is kept in {found}",
      label: "this file has {expected}",
      explanation: """
        A balance of money is in the currency of the file that declares it; nothing is converted.
        """),
  ]

  /// Types of values.
  static let typeEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .typesDiffer, title: "{left} is compared with {right}",
      label: "this is {found}; the other side is {expected}",
      explanation: """
        Both sides of a comparison must be of one kind. A bare number is never money or a \
        percentage: `$100`, `15%` and `100` are three different things.
        """,
      example: """
        currency USD

        campaign a {
          when subtotal of items >= 100
          give free shipping
        }

        """,
      remedy: """
        currency USD

        campaign a {
          when subtotal of items >= $100
          give free shipping
        }

        """),
    CatalogueEntry(
      .cannotCalculate, title: "{left} `{operator}` {right} means nothing",
      label: "these cannot be put together",
      explanation: """
        Money can be added to money, multiplied with a number or a percentage and divided by a \
        number or by money. Numbers and percentages go with their own kind.
        """,
      example: """
        currency USD

        campaign a {
          give (subtotal of items * $2) off order
        }

        """,
      remedy: """
        currency USD

        campaign a {
          give (subtotal of items * 2%) off order
        }

        """),
    CatalogueEntry(
      .notACondition, title: "a condition is a yes or no, and this is {found}",
      label: "compare it with something",
      explanation: """
        `when`, `where`, `and`, `or` and `not` ask whether something holds. A value by itself \
        does not say from where on it is enough.
        """,
      example: "campaign a {\n  when quantity of items\n  give free shipping\n}\n",
      remedy: "campaign a {\n  when quantity of items >= 3\n  give free shipping\n}\n"),
    CatalogueEntry(
      .notOrdered, title: "`{operator}` does not go with {found}",
      label: "only `=` and `!=` can compare these",
      explanation: """
        Texts, days of the week and yes or no have no larger and smaller. A list of them is asked \
        for with `is one of`.
        """,
      example: "campaign a {\n  when order.country > \"US\"\n  give free shipping\n}\n",
      remedy: "campaign a {\n  when order.country != \"US\"\n  give free shipping\n}\n"),
    CatalogueEntry(
      .notAnAmount, title: "a discount is money or a percentage, and this is {found}",
      label: "how much is it?",
      explanation: """
        What stands in parentheses before `off` comes to an amount of money, such as \
        `(subtotal of books * 10%)`, or to a percentage.
        """,
      example: "campaign a {\n  give (quantity of items) off order\n}\n",
      remedy: "currency USD\n\ncampaign a {\n  give ($1 * quantity of items) off order\n}\n"),
    CatalogueEntry(
      .wrongOperand, title: "`{word}` takes {expected}, and this is {found}",
      label: "this is {found}",
      explanation: """
        Each word takes values of its kind: `floor` and `round` numbers, `month of` dates, \
        `contains` texts, `tiers by` an amount that grows.
        """,
      example: "campaign a {\n  when month of 5 = 5\n  give free shipping\n}\n",
      remedy: """
        attributes {
          customer birthday: date
        }

        campaign a {
          when month of customer.birthday = 5
          give free shipping
        }

        """),
    CatalogueEntry(
      .extremeTypesDiffer, title: "`{word}` is given {left} and {right}",
      label: "this is {found}; the first is {expected}",
      explanation: "The smallest or largest can only be told of values of one kind.",
      example: """
        currency USD

        campaign a {
          give (min(subtotal of items * 10%, 20)) off order
        }

        """,
      remedy: """
        currency USD

        campaign a {
          give (min(subtotal of items * 10%, $20)) off order
        }

        """),
    CatalogueEntry(
      .tierOfOtherType, title: "a row begins at {found}, and the tiers go by {expected}",
      label: "this is {found}",
      explanation: "Each row of `tiers by` begins at a value of the kind that is measured.",
      example: """
        currency USD

        campaign a {
          tiers by subtotal of items {
            at 100 give 10% off items
          }
        }

        """,
      remedy: """
        currency USD

        campaign a {
          tiers by subtotal of items {
            at $100 give 10% off items
          }
        }

        """),
    CatalogueEntry(
      .divisionByZero, title: "this divides by zero", label: "this is zero",
      explanation: """
        Nothing can be divided by zero. A divisor that is only known from the cart may be zero \
        too; then the campaign gives nothing for that cart.
        """,
      example: "currency USD\n\ncampaign a {\n  give ($10 / 0) off order\n}\n",
      remedy: "currency USD\n\ncampaign a {\n  give ($10 / 2) off order\n}\n"),
    CatalogueEntry(
      .constantTooLarge, title: "this comes to more than can be counted", label: "too large",
      explanation: "Amounts and numbers are exact and end at 64 bits.",
      example: """
        currency USD

        campaign a {
          give ($90000000000000000 * 1000) off order
        }

        """,
      remedy: "currency USD\n\ncampaign a {\n  give ($90 * 10) off order\n}\n"),
    CatalogueEntry(
      .cartInsideWhere, title: "`where` looks at one unit and cannot ask for {found}",
      label: "this is about more than one unit",
      explanation: """
        A condition behind `where` is decided for each unit by itself: its price, its attributes, \
        the sets it is in. What the whole cart or the customer's past must be belongs in `when`.
        """,
      example: "campaign a {\n  give 10% off (items where quantity of items > 3)\n}\n",
      remedy: "campaign a {\n  when quantity of items > 3\n  give 10% off items\n}\n"),
    CatalogueEntry(
      .afterDiscountsTooEarly,
      title: "`after discounts` is asked before the discounts are known",
      label: "only for discounts off the order or shipping",
      explanation: """
        A campaign that changes item prices cannot depend on what they are afterwards. Where \
        every `give` is off the order or shipping, and where a campaign only earns, it can.
        """,
      example: """
        currency USD

        campaign a {
          when subtotal of items after discounts >= $50
          give 10% off items
        }

        """,
      remedy: """
        currency USD

        campaign a {
          when subtotal of items after discounts >= $50
          give 10% off order
        }

        """),
    CatalogueEntry(
      .moneyOffUnits, title: "money off a selection can mean two things",
      label: "off each unit, or off all of them together?",
      explanation: """
        An amount may come off every unit, or once off what the units cost together; the rule \
        must say which.
        """,
      example: "currency USD\n\ncampaign a {\n  give ($2 * 2) off items\n}\n",
      remedy: "currency USD\n\ncampaign a {\n  give ($2 * 2) off each of items\n}\n"),
    CatalogueEntry(
      .allItemsDiscounted, title: "`all_items` can be measured, not discounted",
      label: "gift cards and excluded lines are in here",
      help: "`items` holds every unit that can be discounted",
      explanation: """
        `all_items` includes gift cards and lines that the shop marks as not discountable. A \
        condition may count them; a discount cannot touch them.
        """,
      example: "campaign a {\n  give 10% off all_items\n}\n",
      remedy: "campaign a {\n  give 10% off items\n}\n"),
  ]
}
