extension FindingCatalogue {
  /// What the lexer finds.
  static let lexicalEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .fileTooLarge, title: "this file is too large", label: "{size} bytes; the most is {limit}",
      explanation: """
        A rule file may have 8 MiB. Split it: a folder of files is one rule set. Long lists of skus \
        belong in a text file beside the rules, read with `listed in`.
        """),
    CatalogueEntry(
      .notUTF8, title: "this file is not written in UTF-8",
      label: "these bytes belong to {encoding}",
      help: "save the file as UTF-8 in your editor",
      explanation: """
        Rule files are UTF-8, with or without a byte order mark. What was written in another \
        encoding would show other characters to shoppers than you meant.
        """),
    CatalogueEntry(
      .unexpectedCharacter, title: "this character means nothing in a rule",
      label: "`{found}` cannot stand here",
      explanation: """
        Outside texts in quotes and comments a rule is written with small letters, digits and the \
        marks of the language.
        """,
      example: "set a = items ?\n", remedy: "set a = items\n"),
    CatalogueEntry(
      .controlCharacter, title: "a control character stands here", label: "{found}",
      help: "remove it; in a text write `\\n` for a new line or `\\u{9}` for a tab",
      explanation: """
        Control characters cannot be seen, so nobody could tell that they are there. In a text they \
        are written with an escape.
        """),
    CatalogueEntry(
      .invisibleCharacter, title: "a character that cannot be seen stands here", label: "{found}",
      explanation: """
        Characters without width, and those that turn the direction of writing, make a rule read \
        otherwise than it works. Outside texts in quotes they are refused.
        """,
      example: "set a =\u{200B} items\n", remedy: "set a = items\n"),
    CatalogueEntry(
      .invisibleInText, title: "this text holds a character that cannot be seen", label: "{found}",
      help: "if it is wanted, write it as an escape such as `\\u{200D}`",
      explanation: """
        A sku, a code or a tag with such a character looks like another one and is not equal to it. \
        In messages it may be wanted, so this is only a warning.
        """,
      example: "set a = items in sku \"A\u{200B}1\"\n",
      remedy: "set a = items in sku \"A1\"\n"),
    CatalogueEntry(
      .unterminatedText, title: "this text is not closed", label: "it begins here",
      help: "a text ends with `\"` on the line it begins on; `\\n` in it begins a new line",
      explanation: """
        A text in quotes ends on its own line, so that a forgotten quote harms one line only.
        """,
      example: "campaign a {\n  message \"Hello\n  give free shipping\n}\n",
      remedy: "campaign a {\n  message \"Hello\"\n  give free shipping\n}\n"),
    CatalogueEntry(
      .unknownEscape, title: "this escape is not known", label: "`{found}` means nothing",
      help: "a text knows `\\\"`, `\\\\`, `\\n` and `\\u{…}`",
      explanation: """
        After a backslash stand a quote, a backslash, `n` for a new line, or `u` and the number of a \
        character in braces. A backslash itself is written twice.
        """,
      example: "set a = items in sku \"A\\B\"\n", remedy: "set a = items in sku \"A\\\\B\"\n"),
    CatalogueEntry(
      .badUnicodeEscape, title: "this escape names no character",
      label: "`{found}` is not the number of a character",
      help: "write the number in hexadecimal digits, such as `\\u{e9}` for é",
      explanation: """
        `\\u{…}` holds up to eight hexadecimal digits that make the number of a Unicode character.
        """,
      example: "set a = items in sku \"\\u{d800}\"\n",
      remedy: "set a = items in sku \"\\u{e9}\"\n"),
    CatalogueEntry(
      .textTooLong, title: "this text is too long", label: "the most is {limit} bytes",
      explanation: "A text in quotes may take 64 KiB. A message to a shopper is far shorter."),
    CatalogueEntry(
      .nameTooLong, title: "this name is too long",
      label: "{length} characters; the most is {limit}",
      explanation: "Names have at most 128 characters; titles may say more."),
    CatalogueEntry(
      .numberTooLarge, title: "this number is too large", label: "it has too many digits",
      help: "the largest is 9223372036854775807, with at most 18 digits after the point",
      explanation: """
        Amounts are counted exactly in whole minor units. A number beyond what fits in 64 bits is \
        refused rather than rounded.
        """,
      example: "set a = items where price > $99999999999999999999\n",
      remedy: "set a = items where price > $999999\n"),
    CatalogueEntry(
      .numberRunsIntoLetters, title: "a number runs into letters", label: "`{found}`",
      help: "names begin with a letter, and a unit stands apart from its number",
      explanation: """
        A number ends before a letter begins: a length of time is written with a blank (`3 days`), so \
        is an amount with its currency (`5 USD`), and there are no ordinals.
        """,
      example: "campaign a {\n  when visits last 3days = 0\n  give free shipping\n}\n",
      remedy: "campaign a {\n  when visits last 3 days = 0\n  give free shipping\n}\n"),
    CatalogueEntry(
      .separatorInNumber, title: "a number has a separator in it",
      label: "numbers are written without separators",
      explanation: """
        Thousands are not set apart, and decimals follow a point. A comma separates the parts of a \
        list, so it cannot also stand inside a number.
        """,
      example: "campaign a {\n  give free shipping\n  cap $20,000 total\n}\n",
      remedy: "campaign a {\n  give free shipping\n  cap $20000 total\n}\n"),
    CatalogueEntry(
      .currencySign, title: "this amount is written with a sign",
      label: "`{sign}` cannot be written here",
      help: "other currencies than the file's dollar follow the number as three letters",
      explanation: """
        `$10` is ten of the file's own dollars. Every other currency is written behind the number \
        with its three letters: `10 EUR`.
        """,
      example: "set a = items where price > €10\n",
      remedy: "set a = items where price > 10 EUR\n"),
    CatalogueEntry(
      .percentTooFine, title: "this percentage has too many decimals",
      label: "{decimals} decimals; the most is {limit}",
      explanation: "A percentage has at most four decimals, such as `12.5%` or `0.0625%`.",
      example: "campaign a {\n  give 0.00001% off items\n}\n",
      remedy: "campaign a {\n  give 0.0001% off items\n}\n"),
    CatalogueEntry(
      .malformedNumber, title: "this is not how a number is written",
      label: "{rule}",
      explanation: "A number has one point at most, with digits before and behind it: `0.5`, `5`.",
      example: "campaign a {\n  give .5% off items\n}\n",
      remedy: "campaign a {\n  give 0.5% off items\n}\n"),
    CatalogueEntry(
      .noSuchDate, title: "there is no such day", label: "`{found}` is not in the calendar",
      explanation: "Dates are checked: a month has its own number of days, February by the year.",
      example: "campaign a {\n  active through 2026-02-29\n  give free shipping\n}\n",
      remedy: "campaign a {\n  active through 2026-02-28\n  give free shipping\n}\n"),
    CatalogueEntry(
      .malformedDate, title: "this is not how a date is written",
      label: "write year, month and day",
      help: "such as `2026-11-27`, or with a time `2026-11-27T09:00`",
      explanation: """
        A date has four, two and two digits with hyphens between them; a time of day follows behind \
        `T`, in hours and minutes.
        """,
      example: "campaign a {\n  active through 2026-6-1\n  give free shipping\n}\n",
      remedy: "campaign a {\n  active through 2026-06-01\n  give free shipping\n}\n"),
    CatalogueEntry(
      .noSuchTime, title: "there is no such time of day", label: "`{found}`",
      help: "the day runs from `00:00` to `23:59`",
      explanation:
        "Times run from 00:00 to 23:59; a window past midnight ends at the earlier time.",
      example: "campaign a {\n  active between 20:00 and 24:00\n  give free shipping\n}\n",
      remedy: "campaign a {\n  active between 20:00 and 00:00\n  give free shipping\n}\n"),
    CatalogueEntry(
      .malformedTime, title: "this is not how a time is written",
      label: "write hours and minutes with two digits each",
      explanation: "A time of day is written on the clock of 24 hours: `09:00`, `17:30`.",
      example: "campaign a {\n  active between 9:00 and 17:00\n  give free shipping\n}\n",
      remedy: "campaign a {\n  active between 09:00 and 17:00\n  give free shipping\n}\n"),
    CatalogueEntry(
      .upperCase, title: "words and names are written in small letters a to z",
      label: "`{found}` has other letters",
      help: "what shoppers read stands in quotes",
      explanation: """
        Words of the language and names have small letters, digits and `_`. Three capitals are a \
        currency. What shoppers read stands in quotes and may hold anything.
        """,
      example: "set Books = items\n", remedy: "set books = items\n"),
    CatalogueEntry(
      .foreignMark, title: "this mark is written otherwise", label: "`{found}` is not a mark here",
      explanation: """
        Word processors and other languages write some marks in another way. Texts stand in straight \
        double quotes, equality is one `=`, and conditions are joined by `and` and `or`.
        """,
      example: "set a = items where price == $5\n", remedy: "set a = items where price = $5\n"),
    CatalogueEntry(
      .blankInsideLiteral, title: "a blank separates what belongs together",
      label: "write it without the blank",
      explanation: "The sign of an amount or a percentage touches its number: `$10`, `15%`.",
      example: "campaign a {\n  give 15 % off items\n}\n",
      remedy: "campaign a {\n  give 15% off items\n}\n"),
    CatalogueEntry(
      .mergeConflict, title: "two versions of this file have not been merged",
      label: "the conflict begins here",
      help:
        "keep one of the two versions and remove the lines with `<<<<<<<`, `=======`, `>>>>>>>`",
      explanation: """
        Version control marks where two people changed the same lines. Somebody has to decide which \
        version holds before the rules can be used.
        """,
      example: """
        <<<<<<< ours
        set a = items
        =======
        set a = all_items
        >>>>>>> theirs

        """,
      remedy: "set a = items\n"),
    CatalogueEntry(
      .moreErrors, title: "there are more errors in this file", label: "and {count} more",
      help: "mend these first; the others may be consequences",
      explanation: "At most 50 errors of one file are told apart; the rest are counted."),
  ]
}
