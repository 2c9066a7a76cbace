extension FindingCatalogue {
  /// What the parser finds.
  static let syntaxEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .missing, title: "{missing} is missing", label: "expected {expected} before {found}",
      explanation: """
        What was read so far is not complete, and what follows belongs to something else. The mark \
        stands at the end of the last word that was understood.
        """,
      example: "campaign a {\n  when quantity items >= 5\n  give free shipping\n}\n",
      remedy: "campaign a {\n  when quantity of items >= 5\n  give free shipping\n}\n"),
    CatalogueEntry(
      .unexpected, title: "{found} cannot stand here", label: "expected {expected}",
      explanation: """
        Each word of a rule has its place. Here another word, mark or literal belongs; the label \
        says which.
        """,
      example: "campaign a {\n  give free shipping\n  limit 1 by customer\n}\n",
      remedy: "campaign a {\n  give free shipping\n  limit 1 per customer\n}\n"),
    CatalogueEntry(
      .superfluous, title: "{found} is one too many", label: "without it the rule reads on",
      explanation: "This word, mark or literal says nothing here that has not been said.",
      example: "campaign a {\n  give 15% off off items\n}\n",
      remedy: "campaign a {\n  give 15% off items\n}\n"),
    CatalogueEntry(
      .misspelt, title: "{found} is not a word of the language",
      label: "{expected} was probably meant",
      explanation: "A word that may stand here is spelt almost like this one.",
      example: "campaign a {\n  giev free shipping\n}\n",
      remedy: "campaign a {\n  give free shipping\n}\n"),
    CatalogueEntry(
      .unclosedBrace, title: "a closing brace is missing", label: "`}` belongs here",
      explanation: """
        A block that begins with `{` ends with `}`. Here something follows that cannot stand inside \
        the block.
        """,
      example: "campaign a {\n  give free shipping\n\nset b = items\n",
      remedy: "campaign a {\n  give free shipping\n}\n\nset b = items\n"),
    CatalogueEntry(
      .strayBrace, title: "this brace closes nothing", label: "no block is open here",
      explanation: """
        Every block has been closed already. Perhaps one was closed too early: then the rest of a \
        campaign stands outside it, so the campaign before is not used either.
        """,
      example: "campaign a {\n  give free shipping\n}\n}\n",
      remedy: "campaign a {\n  give free shipping\n}\n"),
    CatalogueEntry(
      .mixedAndOr, title: "`and` and `or` are mixed without parentheses",
      label: "this can be read in two ways",
      help: "put parentheses around what belongs together",
      explanation: """
        People read `a or b and c` in different ways, and a discount must not hang on that. \
        Parentheses say what is meant.
        """,
      example: """
        campaign a {
          when quantity of items >= 5 or shipping > $5 and weekday = fri
          give free shipping
        }

        """,
      remedy: """
        campaign a {
          when quantity of items >= 5 or (shipping > $5 and weekday = fri)
          give free shipping
        }

        """),
    CatalogueEntry(
      .chainedComparison, title: "a comparison has two sides", label: "this one has more",
      explanation: "Comparisons do not chain. Write two of them, joined by `and`.",
      example: "set a = items where $1 < price < $5\n",
      remedy: "set a = items where price > $1 and price < $5\n"),
    CatalogueEntry(
      .moneyOffSelection, title: "does this amount come off every unit or once",
      label: "say `off each of …` or `off subtotal of …`",
      explanation: """
        $5 off three shirts could be $5 or $15. `off each of` takes the amount off every unit, \
        `off subtotal of` takes it off once and shares it.
        """,
      example: "campaign a {\n  give $5 off items\n}\n",
      remedy: "campaign a {\n  give $5 off each of items\n}\n"),
    CatalogueEntry(
      .nestedTooDeep, title: "this is nested too deep", label: "more than {limit} levels",
      help: "give a part of it a name with `set`, or split the condition into several `when`",
      explanation: "Parentheses, `not` and functions may stand 64 deep inside one another."),
    CatalogueEntry(
      .expressionTooLarge, title: "this expression is too large", label: "more than {limit} parts",
      help: "a long list of skus belongs in a file, read with `items listed in`",
      explanation: """
        The expressions of one campaign may have 4,096 parts, and one of them 192 levels. What needs \
        more is a list, and lists have their own form.
        """),
    CatalogueEntry(
      .tooManyTexts, title: "this list is too long", label: "{count} entries; the most is {limit}",
      help: "put them into a text file, one a line, and write `items listed in \"file.txt\"`",
      explanation:
        "A list in a rule may have 10,000 entries; a file beside the rules may be longer."),
    CatalogueEntry(
      .onlyOfOneUnit, title: "{found} is of one item, and the cart has many",
      label: "this can be read only inside `where`",
      help: "write `items where …`, or measure with `subtotal of` and `quantity of`",
      explanation: """
        The price, brand or sku of an item can be asked for only where one item is looked at: behind \
        `where`. Of the whole cart there are sums and counts.
        """,
      example: "campaign a {\n  when price > $5\n  give free shipping\n}\n",
      remedy: "campaign a {\n  when cheapest price of items > $5\n  give free shipping\n}\n"),
    CatalogueEntry(
      .notReadable, title: "this part of the rule could not be read", label: "from here on",
      explanation: "What stands here does not follow the grammar of the language."),
  ]
}
