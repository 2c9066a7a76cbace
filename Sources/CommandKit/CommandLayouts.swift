extension CommandLayout {
  private static let rulesFlag = Flag(
    name: "rules", value: "PATH",
    about: "a rule file or a folder of *.promo files; may be repeated")

  static let quote = CommandLayout(
    name: "quote", summary: "price a cart under a rule set",
    usage: ["quote --rules PATH... CART", "quote --rules PATH... --batch FILE"],
    examples: [
      Example(
        call: "promo quote --rules Rules/storefront.promo Rules/carts/basket.json",
        about: "a receipt"),
      Example(
        call: "promo quote --rules Rules/ --format json --explain all cart.json",
        about: "the quote as JSON, every campaign answered"),
      Example(
        call: "promo quote --rules Rules/ --code SUMMER25 --at 2026-06-05T12:00:00-04:00 cart.json",
        about: "another day, another code"),
      Example(
        call: "promo quote --rules Rules/ --batch carts.jsonl > quotes.jsonl",
        about: "a cart a line in, a quote a line out"),
    ],
    flags: [
      rulesFlag,
      Flag(
        name: "format", value: "FORMAT", choices: ["receipt", "json"],
        about: "receipt or json; receipt unless told otherwise"),
      Flag(name: "at", value: "TIME", about: "price as of this moment (RFC 3339 with an offset)"),
      Flag(name: "code", value: "CODE", about: "present a code; may be repeated"),
      Flag(
        name: "explain", value: "HOW", choices: ["none", "near", "all"],
        about: "how much to say of campaigns that do not apply: none, near or all"),
      Flag(name: "batch", value: "FILE", about: "read carts as JSON Lines; `-` is standard input"),
      Flag(
        name: "jobs", value: "N", about: "how many carts to price at once; all cores by default"),
    ],
    remarks: [
      "CART is a JSON file; `-` reads standard input. Beside it, folders and names that end in "
        + ".promo are further rules.",
      "Batch output has one line for each line of input, in the same order, and is the same for "
        + "any --jobs. Lines from a pipe are answered as they come. A line that is no cart gives a "
        + "line with an error, and exit code 1 at the end.",
    ])

  static let check = CommandLayout(
    name: "check", summary: "find every problem in rule files", usage: ["check PATH..."],
    examples: [
      Example(call: "promo check Rules/", about: "every problem of every file in one pass"),
      Example(
        call: "promo check --fix Rules/", about: "apply the safe fixes, then report the rest"),
      Example(
        call: "promo check --format github --deny warnings Rules/",
        about: "annotations on a pull request"),
      Example(call: "promo check --cost Rules/", about: "what a cart can take at most"),
      Example(call: "promo check - < draft.promo", about: "a text from standard input"),
    ],
    flags: [
      Flag(
        name: "format", value: "FORMAT", choices: ["human", "json", "github", "sarif"],
        about: "human, json, github or sarif; human unless told otherwise"),
      Flag(
        name: "cost",
        about: "show what each campaign takes at most for each line of a cart (human and json)"),
      Flag(name: "fix", about: "apply every fix that needs no second look and write the files"),
      Flag(
        name: "deny", value: "WHAT", choices: ["warnings"],
        about: "`warnings`: exit with 3 where there are warnings only"),
    ])

  static let format = CommandLayout(
    name: "fmt", summary: "bring rule files into the canonical layout", usage: ["fmt PATH..."],
    examples: [
      Example(call: "promo fmt Rules/", about: "rewrite what is not laid out as it should be"),
      Example(
        call: "promo fmt --check Rules/", about: "name the files that would change; write nothing"),
      Example(call: "promo fmt --diff Rules/spring.promo", about: "show what would change"),
      Example(call: "promo fmt - < draft.promo", about: "from standard input to standard output"),
    ],
    flags: [
      Flag(name: "check", about: "name the files that would change and exit with 1; write nothing"),
      Flag(name: "diff", about: "show the changes as a diff and exit with 1; write nothing"),
    ],
    remarks: ["A file with mistakes that keep it from being read is reported and left alone."])

  static let test = CommandLayout(
    name: "test", summary: "run the tests inside rule files", usage: ["test PATH..."],
    examples: [
      Example(call: "promo test Rules/", about: "run every test"),
      Example(
        call: "promo test --filter \"4th visit\" Rules/",
        about: "only tests with that in their name"),
      Example(call: "promo test --coverage Rules/", about: "and say what no test decides"),
      Example(
        call: "promo test --junit report.xml Rules/", about: "and leave a report for a build server"
      ),
    ],
    flags: [
      Flag(name: "filter", value: "TEXT", about: "run the tests whose name contains TEXT"),
      Flag(
        name: "coverage", about: "list conditions, rows and bounds that no test tries both ways"),
      Flag(name: "junit", value: "FILE", about: "write a JUnit report; `-` is standard output"),
    ])

  static let explain = CommandLayout(
    name: "explain", summary: "tell what a finding or a campaign means",
    usage: ["explain CODE", "explain --rules PATH... CAMPAIGN"],
    examples: [
      Example(call: "promo explain P0231", about: "the page of a finding"),
      Example(
        call: "promo explain --rules Rules/storefront.promo buy5_save15",
        about: "a campaign in plain sentences"),
    ],
    flags: [rulesFlag])

  static let bench = CommandLayout(
    name: "bench", summary: "measure how fast carts are priced", usage: ["bench"],
    examples: [
      Example(call: "promo bench", about: "a table of carts, campaigns and lines"),
      Example(
        call: "promo bench --format json --carts 1000 > bench.json", about: "figures to keep"),
    ],
    flags: [
      Flag(
        name: "carts", value: "N",
        about: "carts of the smallest row, 2000 by default; larger rows take fewer"),
      Flag(name: "campaigns", value: "N", about: "one row only, with this many campaigns"),
      Flag(name: "lines", value: "N", about: "one row only, of carts with this many lines"),
      Flag(name: "seed", value: "N", about: "another set of carts and campaigns; 1 by default"),
      Flag(
        name: "format", value: "FORMAT", choices: ["human", "json"],
        about: "human or json; human unless told otherwise"),
    ],
    remarks: ["Carts and campaigns are made up from the seed: the same seed, the same work."])

  static let version = CommandLayout(
    name: "version", summary: "print the version", usage: ["version"],
    examples: [Example(call: "promo version", about: "version of the command and its formats")],
    flags: [])

  static let help = CommandLayout(
    name: "help", summary: "explain a command", usage: ["help [COMMAND]"],
    examples: [Example(call: "promo help quote", about: "the page of one command")], flags: [])
}
