extension Grammar {
  /// The grammar of a rule file as the language article prints it; a test compares the two.
  ///
  /// `"word"` is a word or mark of the language, `UPPER` a class of the lexer, `X_NAME` a word that
  /// names something. `[ x ]` is optional, `{ x }` repeated. `here` stands for nothing, and only
  /// between `where` and the end of its condition.
  package static let text = #"""
    file            = { item } ;

    item            = "currency" CODE
                    | "timezone" STRING
                    | "rounding" "half_even"
                    | "choose" "by" "priority"
                    | attributes | set | campaign | balance | convert | group | test ;

    attributes      = "attributes" "{" { owner attribute { "," attribute } } "}" ;
    owner           = "item" | "customer" | "order" ;
    attribute       = ATTRIBUTE_NAME ":" type ;
    type            = "text" | "flag" | "number" | "count" | "money" | "percent" | "date" ;

    (* Selections: which units of the cart. *)

    set             = "set" SET_NAME "=" filter ;
    filter          = source [ "where" condition ] ;
    source          = ( "items" | "all_items" | SET_NAME ) [ membership ] | "(" filter ")" ;
    membership      = "in" dimension texts | "listed" "in" STRING ;
    dimension       = "category" | "brand" | "tag" | "sku" | "vendor" ;
    texts           = STRING | "(" STRING { "," STRING } ")" ;

    pick            = source
                    | rank INT "of" ( "every" INT source | source [ "per" INT source ] ) ;
    rank            = "cheapest" | "dearest" ;

    (* Campaigns. *)

    campaign        = "campaign" CAMPAIGN_NAME [ STRING ] "{" { clause } "}" ;
    clause          = "for" audience
                    | "when" condition
                    | "code" STRING
                    | "codes" STRING
                    | "active" ( "never" | schedule )
                    | give
                    | earn
                    | "tiers" "by" sum "{" { row } "}"
                    | "limit" INT ( "total" [ "per" period ]
                                  | "per" ( ( "customer" | "code" ) [ "per" period ] | "order" ) )
                    | "cap" ( MONEY | INT BALANCE_NAME )
                            ( "total" [ "per" period ]
                            | "per" ( "customer" [ "per" period ] | "order" ) )
                    | "priority" [ "-" ] INT
                    | "stack" stacking
                    | "base" "original"
                    | "message" STRING
                    | "hint" STRING
                    | "event" event ;
    audience        = "members" | "guests" | "customers" "in" "group" texts | "customer" STRING ;
    schedule        = "from" ( DATE | DATETIME ) [ ending ] [ days ] [ hours ]
                    | ending [ days ] [ hours ] | days [ hours ] | hours ;
    ending          = "through" DATE | "until" DATETIME ;
    days            = "on" day { "," day } ;
    hours           = "between" TIME "and" TIME ;
    day             = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun" ;
    period          = "day" | "week" | "month" | "year" ;
    row             = "at" ( MONEY | number ) reward { reward } ;
    reward          = give | earn ;
    stacking        = "with" CAMPAIGN_NAME { "," CAMPAIGN_NAME }
                    | "alone" [ "on" "items" ]
                    | "best" "of" STRING [ "on" "items" ] ;
    event           = EVENT_NAME | STRING ;

    give            = "give" ( MONEY "off" amount_target
                             | ( PERCENT | "(" sum ")" ) "off" ( amount_target | pick )
                             | "price" MONEY "for" ( "shipping" | "each" "of" pick | bundle )
                             | "free" "shipping"
                             | "gift" ( STRING | INT "of" STRING ) ) ;
    amount_target   = "order" | "shipping" | ( "each" | "subtotal" ) "of" pick ;
    bundle          = INT source { "+" INT source } ;

    earn            = "earn" earning [ "after" duration ] [ "expires" "in" duration ] ;
    earning         = INT BALANCE_NAME [ "per" ( MONEY "of" earn_base | INT source ) ]
                    | PERCENT "of" earn_base "as" BALANCE_NAME
                    | MONEY "as" BALANCE_NAME
                    | BALANCE_NAME "times" number "on" ( "order" | source ) ;
    earn_base       = "order" [ "with" "shipping" ] | source ;
    duration        = INT unit ;
    unit            = "day" | "days" | "week" | "weeks" | "month" | "months" | "year" | "years" ;

    (* Expressions. *)

    condition       = negation [ "and" negation { "and" negation }
                               | "or" negation { "or" negation } ] ;
    negation        = "not" negation | comparison ;
    comparison      = sum [ relation sum
                          | "is" [ "not" ] ( "one" "of" literals | "missing" )
                          | "contains" STRING
                          | "starts" "with" STRING
                          | "ends" "with" STRING ] ;
    relation        = "=" | "!=" | "<" | "<=" | ">" | ">=" ;
    sum             = product { ( "+" | "-" ) product } ;
    product         = primary { ( "*" | "/" ) primary } ;
    primary         = literal
                    | "(" condition ")"
                    | ( "min" | "max" ) "(" sum "," sum { "," sum } ")"
                    | ( "floor" | "round" ) "(" sum ")"
                    | "quantity" ( "of" source | here )
                    | "kinds" "of" source
                    | "subtotal" "of" source [ "after" "discounts" ]
                    | rank "price" "of" source
                    | "shipping"
                    | "order" "." ATTRIBUTE_NAME
                    | "customer" ( "." ATTRIBUTE_NAME | "in" "group" texts | "is" "member" )
                    | "today" | "weekday"
                    | ( "year" | "month" | "day" ) "of" primary
                    | "days" "since" ( "last" "visit" | primary )
                    | ( "visits" | "visit_number" | "visit_days" ) window
                    | "spent" [ "in" bought texts ] window
                    | "bought" "in" bought texts window
                    | "redemptions" "of" CAMPAIGN_NAME window
                    | "balance" "of" BALANCE_NAME
                    | here of_this_unit ;
    of_this_unit    = "price" | "sku" | "name" | "brand" | "vendor" | "on_sale"
                    | "in" ( dimension texts | SET_NAME )
                    | ATTRIBUTE_NAME ;
    here            = ;
    bought          = "category" | "brand" | "tag" | "sku" ;
    window          = ( "this" | "previous" ) calendar | "last" INT unit | "ever" ;
    calendar        = "day" | "week" | "month" | "quarter" | "year" ;
    literal         = MONEY | PERCENT | DATE | STRING | "yes" | "no" | day | number ;
    literals        = "(" literal { "," literal } ")" ;
    number          = INT | DECIMAL ;

    (* Balances and groups. *)

    balance         = "balance" BALANCE_NAME "{" { balance_fact } "}" ;
    balance_fact    = "money"
                    | "worth" MONEY "per" INT
                    | "redeem" "as" ( "payment" | "discount" )
                    | "step" amount
                    | "at" ( "least" amount | "most" PERCENT "of" "order" )
                    | "expires" "in" duration ;
    amount          = INT | MONEY ;
    convert         = "convert" "every" INT BALANCE_NAME "into" MONEY "of" BALANCE_NAME ;
    group           = "group" STRING "{" { group_fact } "}" ;
    group_fact      = "join" "on" event
                    | "leave" "after" INT ( "visit" | "visits" | unit ) ;

    (* Tests. *)

    test            = "test" STRING "{" { step } "}" ;
    step            = "only" CAMPAIGN_NAME { "," CAMPAIGN_NAME }
                    | "at" DATETIME
                    | "customer" "{" { fact } "}"
                    | "order" "{" { ATTRIBUTE_NAME value } "}"
                    | "cart" "{" { line } "}"
                    | "code" STRING { "," STRING }
                    | "event" event
                    | "used" "{" { CAMPAIGN_NAME amount } "}"
                    | "shipping" MONEY
                    | "redeem" holding
                    | "expect" expectation ;
    fact            = "id" STRING
                    | "member"
                    | "group" STRING
                    | ( "visits" | "visit_days" ) INT window
                    | "bought" INT "in" bought STRING window
                    | "spent" MONEY [ "in" bought STRING ] window
                    | "redeemed" CAMPAIGN_NAME INT
                    | "balance" BALANCE_NAME amount
                    | ATTRIBUTE_NAME value ;
    line            = INT STRING "at" MONEY { line_fact } ;
    line_fact       = ( "category" | "brand" | "tag" | "vendor" | "name" ) STRING
                    | ( "was" | "floor" ) MONEY
                    | "gift_card" | "not_discountable"
                    | ATTRIBUTE_NAME value ;
    value           = MONEY | PERCENT | DATE | STRING | "yes" | "no" | number ;
    holding         = INT BALANCE_NAME | MONEY "of" BALANCE_NAME ;
    expectation     = ( "discount" | "shipping" ) MONEY
                    | "line" STRING ( "total" | "unit_price" ) MONEY
                    | "applied" CAMPAIGN_NAME
                    | "refused" CAMPAIGN_NAME "because" reason
                    | "gift" STRING
                    | "earned" holding
                    | "hint" STRING
                    | "message" STRING ;
    reason          = "currency" | "declined" | "audience" | "code" | "schedule" | "limit" | "cap"
                    | "condition" | "stacking" | "nothing_to_give" | "error" ;
    """#

  /// Rules that recovery reads more kindly: what the parser reads on purpose and reports itself.
  static let kinderText = #"""
    condition  = negation { ( "and" | "or" ) negation } ;
    comparison = sum [ relation sum { relation sum }
                     | "is" [ "not" ] ( "one" "of" literals | "missing" )
                     | "contains" STRING
                     | "starts" "with" STRING
                     | "ends" "with" STRING ] ;
    give       = "give" ( ( MONEY | PERCENT | "(" sum ")" ) "off" ( amount_target | pick )
                        | "price" MONEY "for" ( "shipping" | "each" "of" pick | bundle )
                        | "free" "shipping"
                        | "gift" ( STRING | INT "of" STRING ) ) ;
    """#
}
