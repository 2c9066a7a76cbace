extension FindingCatalogue {
  /// Loyalty balances.
  static let loyaltyEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .countOfMoneyBalance, title: "{name} is money, and this is a bare number",
      label: "money is written as money",
      explanation: """
        A balance declared with `money` holds an amount: `earn $5 as cashback`, \
        `earn 5% of order as cashback`. A bare number is never money.
        """,
      example: """
        currency USD

        balance cashback { money redeem as discount }

        campaign a {
          earn 5 cashback
        }

        """,
      remedy: """
        currency USD

        balance cashback { money redeem as discount }

        campaign a {
          earn $5 as cashback
        }

        """),
    CatalogueEntry(
      .moneyOfPointsBalance, title: "{name} is counted, and {found} is money",
      label: "the balance holds no money",
      explanation: """
        A balance declared without `money` holds whole points: `earn 5 points`, \
        `earn 1 point per $1 of order`.
        """,
      example: """
        balance points { }

        campaign a {
          earn 5% of order as points
        }

        """,
      remedy: """
        currency USD

        balance points { }

        campaign a {
          earn 5 points per $100 of order
        }

        """),
    CatalogueEntry(
      .balanceAmountType, title: "amounts of {name} are {expected}, and this is {found}",
      label: "this is {found}",
      explanation: """
        Amounts of a balance declared with `money` are written as money, those of any other as \
        whole numbers.
        """,
      example: "currency USD\n\nbalance cashback { money redeem as discount step 5 }\n",
      remedy: "currency USD\n\nbalance cashback { money redeem as discount step $5 }\n"),
    CatalogueEntry(
      .factTwice, title: "`{word}` is said twice", label: "the second",
      explanation: "It can be one thing only; nothing says which of the two is meant.",
      example: "balance points { expires in 12 months expires in 24 months }\n",
      remedy: "balance points { expires in 24 months }\n"),
    CatalogueEntry(
      .moneyBalanceWithWorth, title: "{name} is money and needs no worth",
      label: "one dollar of it is worth a dollar",
      explanation: "`worth` says what points are worth when they are redeemed.",
      example: "currency USD\n\nbalance cashback { money worth $1 per 100 }\n",
      remedy: "currency USD\n\nbalance cashback { money }\n"),
    CatalogueEntry(
      .redeemWithoutWorth, title: "{name} can be redeemed, but nothing says what it is worth",
      label: "a `worth` is missing", help: "say what points are worth: `worth $1 per 100`",
      explanation: "Points become money only through `worth`.",
      example: "balance points { redeem as payment }\n",
      remedy: "currency USD\n\nbalance points { worth $1 per 100 redeem as payment }\n"),
    CatalogueEntry(
      .capOfOtherBalance, title: "this campaign does not earn {name}",
      label: "there is nothing to cap",
      explanation: "A cap in a balance bounds what its own campaign issues of it.",
      example: """
        balance points { }
        balance stamps { }

        campaign a {
          earn 5 points
          cap 10 stamps total
        }

        """,
      remedy: """
        balance points { }

        campaign a {
          earn 5 points
          cap 10 points total
        }

        """),
    CatalogueEntry(
      .notRedeemable, title: "{name} cannot be redeemed",
      label: "the balance does not say `redeem as`",
      explanation: """
        A balance that is only collected, such as stamps, says nothing of redeeming. One that is \
        spent says `redeem as payment` or `redeem as discount`.
        """,
      example: """
        currency USD

        balance points { }

        test "spending points" {
          cart {
            1 "MUG" at $5.00
          }
          redeem 100 points
          expect discount $0.00
        }

        """),
  ]

  /// Tests in a rule file.
  static let testEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .stepTwice, title: "`{word}` stands twice in one test", label: "the second",
      explanation: """
        Each step of a test but `expect` stands once. Several codes stand in one `code`, several \
        lines in one `cart`.
        """,
      example: """
        currency USD

        test "shipping" {
          shipping $5
          shipping $6
          expect shipping $6
        }

        """,
      remedy: """
        currency USD

        test "shipping" {
          shipping $6
          expect shipping $6
        }

        """),
    CatalogueEntry(
      .testExpectsNothing, title: "the test {name} expects nothing",
      label: "without `expect` it can only pass",
      explanation: "A test that cannot fail says nothing about the campaigns.",
      example: "test \"empty\" {\n}\n",
      remedy: "currency USD\n\ntest \"empty\" {\n  expect discount $0\n}\n"),
    CatalogueEntry(
      .leftOutOfTest, title: "{name} does not run in this test",
      label: "`only` does not name it",
      explanation: """
        With `only` a test runs the campaigns it names and no other, so another one is neither \
        applied nor refused.
        """,
      example: """
        campaign a {
          give free shipping
        }

        campaign b {
          give 10% off items
        }

        test "only b" {
          only b
          expect refused a because nothing_to_give
        }

        test "both" {
          expect refused a because nothing_to_give
        }

        """),
    CatalogueEntry(
      .attributeValueType, title: "{name} is {expected}, and this is {found}",
      label: "this is {found}",
      explanation: "In a test an attribute gets a value of the type it is declared with.",
      example: """
        attributes {
          customer tier: text
        }

        currency USD

        test "tier" {
          customer { tier 1 }
          expect discount $0
        }

        """,
      remedy: """
        attributes {
          customer tier: text
        }

        currency USD

        test "tier" {
          customer { tier "1" }
          expect discount $0
        }

        """),
  ]
}
