extension FindingCatalogue {
  /// Names, and what holds for a file.
  static let nameEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .unknownSet, title: "there is no set called {name}", label: "no set has this name",
      explanation: """
        A set is declared once, in any file of the rule set, before or after it is used: \
        `set books = items in category "books"`.
        """,
      example: """
        set books = items in category "books"

        campaign a {
          give 10% off boks
        }

        """,
      remedy: """
        set books = items in category "books"

        campaign a {
          give 10% off books
        }

        """),
    CatalogueEntry(
      .unknownCampaign, title: "there is no campaign called {name}",
      label: "no campaign has this name",
      explanation: """
        `stack with`, `redemptions of` and tests speak of campaigns by the name behind the word \
        `campaign`, not by their title. The campaign may stand in any file of the rule set.
        """,
      example: """
        campaign a {
          give free shipping
          stack with summer
        }

        """,
      remedy: """
        campaign a {
          give free shipping
          stack with summer
        }

        campaign summer {
          give 10% off items
          stack with a
        }

        """),
    CatalogueEntry(
      .unknownBalance, title: "there is no balance called {name}",
      label: "no balance has this name",
      explanation: """
        What customers earn is kept in a balance, which is declared once: `balance points { }`. \
        Only after `1` may its final `s` be left out.
        """,
      example: "campaign a {\n  earn 500 points\n}\n",
      remedy: "balance points { }\n\ncampaign a {\n  earn 500 points\n}\n"),
    CatalogueEntry(
      .unknownAttribute, title: "there is no {owner} attribute called {name}",
      label: "not declared under `attributes`",
      help: "declare it there with its type",
      explanation: """
        What a shop knows of its items, customers and orders is declared with its type, so that a \
        misspelt name is found here and not in a cart that gets no discount.
        """,
      example: "campaign a {\n  when customer.tier = \"gold\"\n  give free shipping\n}\n",
      remedy: """
        attributes {
          customer tier: text
        }

        campaign a {
          when customer.tier = "gold"
          give free shipping
        }

        """),
    CatalogueEntry(
      .declaredTwice, title: "there is another {kind} called {name}", label: "this name is taken",
      explanation: """
        Sets, campaigns, balances and groups are known by name in every file of a rule set, so a \
        name can mean one thing only. The first keeps it.
        """,
      example: "group \"new\" { }\n\ngroup \"new\" { }\n",
      remedy: "group \"new\" { }\n\ngroup \"regular\" { }\n"),
    CatalogueEntry(
      .attributeTypesDiffer, title: "the {owner} attribute {name} is declared with two types",
      label: "{found} here, {expected} before",
      explanation: """
        Several files may declare an attribute, each in the same way. With two types nobody could \
        say what a comparison means.
        """,
      example: "attributes {\n  item size: text\n  item size: number\n}\n",
      remedy: "attributes {\n  item size: text\n}\n"),
    CatalogueEntry(
      .reservedName, title: "a {kind} cannot be called {name}",
      label: "this word already means something there",
      explanation: """
        Most words of the language may also be names. A few could not be told from the language \
        where the name would be used, such as a set called `order` in `10% off order`.
        """,
      example: "attributes {\n  item price: money\n}\n",
      remedy: "attributes {\n  item list_price: money\n}\n"),
    CatalogueEntry(
      .setCycle, title: "the set {name} is made of itself", label: "{path}",
      explanation: """
        A set may be made of other sets, in any order of writing, as long as none of them leads \
        back to it: then it would have no beginning.
        """,
      example: "set a = b\n\nset b = a\n",
      remedy: "set a = items\n\nset b = a\n\ncampaign c {\n  give 10% off b\n}\n"),
    CatalogueEntry(
      .missingList, title: "the list {name} is not beside the rules",
      label: "no file of this name was found",
      explanation: """
        `listed in` reads a text file from the folder of the rule file, one sku in a line.
        """,
      example: "campaign a {\n  give 10% off each of items listed in \"clearance.txt\"\n}\n"),
    CatalogueEntry(
      .statedTwiceInFile, title: "`{word}` is stated twice in this file", label: "the second",
      explanation: """
        `currency`, `timezone`, `rounding` and `choose` hold for everything in their file, so each \
        stands there at most once.
        """,
      example: "currency USD\ncurrency CAD\n", remedy: "currency USD\n"),
    CatalogueEntry(
      .unknownCurrency, title: "{found} is not a currency",
      label: "a code of ISO 4217 belongs here, such as USD",
      explanation: """
        The code decides how many decimals an amount has, so it must be one that is in use.
        """,
      example: "currency USX\n", remedy: "currency USD\n"),
    CatalogueEntry(
      .unknownTimezone, title: "there is no time zone called {found}",
      label: "a name such as `America/New_York` belongs here",
      explanation: """
        Time zones are named as in the time zone database, by continent and city. Abbreviations \
        such as EST do not say when clocks change.
        """,
      example: "timezone \"New York\"\n", remedy: "timezone \"America/New_York\"\n"),
    CatalogueEntry(
      .timezoneNeeded, title: "the calendar is read, but the file has no time zone",
      label: "this depends on where the shop is",
      help: "put a line such as `timezone \"America/New_York\"` at the top",
      explanation: """
        Days, weeks and months begin at midnight where the shop is. Schedules, limits per period \
        and windows such as `this month` need to know where that is.
        """,
      example: "campaign a {\n  active on fri\n  give free shipping\n}\n",
      remedy: """
        timezone "America/New_York"

        campaign a {
          active on fri
          give free shipping
        }

        """),
    CatalogueEntry(
      .tooManyCampaigns, title: "a rule set holds at most {maximum} campaigns",
      label: "this one and what follows are left out",
      explanation: """
        Every campaign is looked at for every cart. Campaigns that are over can be taken out of \
        the files; many alike can often be one with a set or tiers.
        """),
  ]
}
