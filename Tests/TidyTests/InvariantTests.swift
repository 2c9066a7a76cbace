import Testing

/// What must always hold, and the tests that would fail if it did not, by their titles.
///
/// Numbers are those of the list that the ledger was designed by.
let invariants: [(number: Int, claim: String, tests: [String])] = [
  (
    1, "the entries of every transaction, and all entries together, sum to zero",
    [
      "capture, release and expiry race for a hold while somebody sums all entries",
      "whatever is changed is found",
    ]
  ),
  (
    2, "a balance is the sum of its entries",
    ["whatever is changed is found", "when the power is cut at any instant"]
  ),
  (
    3, "no account is below zero unless a debt is allowed",
    ["64 clients spend the last 100 points by 3: exactly 33 do"]
  ),
  (
    4, "available is what is posted less what holds set aside",
    [
      "setting aside lowers what is available, not what is posted",
      "the store and the coin model agree",
    ]
  ),
  (
    5, "a hold ends once, and no more is captured than it sets aside",
    [
      "a hold ends once, and says how it ended",
      "capture, release and expiry race for a hold while somebody sums all entries",
    ]
  ),
  (
    6, "a capture at the deadline fails, and nothing is given back before",
    ["a capture at the deadline is refused though nothing ran before"]
  ),
  (
    7, "no limit is passed, however many ask at once",
    [
      "a limit of 3 per customer, used by 64 clients, is used 3 times",
      "a budget gives what it has and not a cent more; a void gives it back",
    ]
  ),
  (
    8, "a use is given back once",
    [
      "a budget gives what it has and not a cent more; a void gives it back",
      "the store and the coin model agree",
    ]
  ),
  (
    9, "a request that is sent again gets the same answer, also after a crash",
    [
      "64 twins of one request get one answer, and one thing is done",
      "what was answered is there after opening again, and numbers go on",
      "when the process is killed",
    ]
  ),
  (
    10, "another request under a used id is refused and does nothing",
    ["a request that is sent again is answered as the first time, another under its id is not"]
  ),
  (
    11, "a twin that comes while the first is done waits, and nothing is done twice",
    ["64 twins of one request get one answer, and one thing is done"]
  ),
  (
    12, "a purchase happens whole or not at all",
    [
      "when one part is refused nothing of the purchase happens",
      "when a write or a sync fails, in error, for want of room, or in its middle",
    ]
  ),
  (
    13, "a purchase is priced by the rules of its quote, or refused",
    [
      "a price that changed is not charged unasked: what is gone, new and different is named",
      "a promised price is charged until it ends, whatever the rules say by then",
    ]
  ),
  (
    14, "what was acknowledged survives a power cut; what was not is there whole or not at all",
    [
      "when the power is cut at any instant", "a store that syncs less is found out",
      "when the process is killed",
    ]
  ),
  (
    15, "after a crash numbers, digests and cursors go on without a gap",
    [
      "when the power is cut at any instant",
      "what was answered is there after opening again, and numbers go on",
    ]
  ),
  (
    16, "a promise is kept once, not before its moment, and not when its order was undone",
    [
      "a promise is kept at its moment, once, however often somebody runs",
      "a promise whose order is undone first is never kept",
    ]
  ),
  (
    17, "what goes first is spent first, goes once, and keeps its moment through a hold",
    [
      "what goes first is spent first, and what has gone can not be spent",
      "what a hold gives back goes when it would have gone without the hold",
    ]
  ),
  (
    18, "the parts of a return sum to the whole, and no more is taken back than was given",
    [
      "however a return is split, its parts sum to the whole, to the cent",
      "a return takes back what the policy lets it",
    ]
  ),
  (
    19, "discounts of lines sum to the discount of the order, and no line is below zero",
    [
      "shares add up to every figure that sums them",
      "no price, line or total is below zero, no unit below its floor",
      "the same cart at the same moment gives the same bytes",
    ]
  ),
  (
    20, "cashback that was redeemed earns nothing",
    [
      "$100, with $10 of cashback redeemed, earns 90 points whichever way it is redeemed",
      "cashback as a discount lowers what is earned on",
    ]
  ),
  (
    21, "no rules take longer than they may",
    ["rules that may take too long are refused with the figure and the dearest campaigns"]
  ),
  (
    22, "what is read is what the model says, also while others write",
    [
      "the store and the coin model agree", "all that is asked for must be so",
      "capture, release and expiry race for a hold while somebody sums all entries",
    ]
  ),
  (
    23, "the feed tells every change once and in order, and nothing that did not happen",
    [
      "every accepted change is there once, in order, from wherever one reads on",
      "a reader that follows while others write misses nothing and sees nothing twice",
    ]
  ),
  (
    24, "a changed bit in what was written once is found",
    [
      "a bit that is turned over in what was written once is found",
      "whatever is changed is found",
    ]
  ),
  (
    25, "of a person who was forgotten no word is left, and the books stay",
    ["no key, record, digest or word of the person is in any file; the books stay"]
  ),
  (
    26, "a store that fails stops, loses nothing, and heals when it is opened again",
    [
      "after a failure nothing is answered until the folder is opened again; reading goes on",
      "when a write or a sync fails, in error, for want of room, or in its middle",
    ]
  ),
  (
    27, "a database that is lost in a commit does nothing twice when it is asked again",
    ["whatever was lost on the way to or from the database, sending it again does it once"]
  ),
  (
    28, "a clock that goes back changes no order",
    ["a clock that goes back counts as standing still"]
  ),
]

@Suite("what must always hold is held by tests") struct InvariantTests {
  @Test("every invariant has tests, and they are there")
  func named() {
    let breaches = Repository.here.testsThatAreMissing(of: invariants.flatMap(\.tests))
    #expect(breaches.isEmpty, "\(list(breaches))")
    #expect(invariants.map(\.number) == Array(1...28))
    #expect(invariants.allSatisfy { !$0.tests.isEmpty })
  }

  @Test("a test that is not there is found missing")
  func missing() {
    let repository = Repository([
      "Tests/A/A.swift": "@Test(\n  \"one\", arguments: [1])\n@Test(\"two\")\nlet x = \"three\"\n"
    ])
    let breaches = repository.testsThatAreMissing(of: ["one", "two", "three"])
    #expect(breaches == [Breach("Tests", "has no test named: three")])
  }
}

extension Repository {
  /// Titles that no test has.
  func testsThatAreMissing(of titles: [String]) -> [Breach] {
    var known: Set<String> = []
    for file in swiftFiles(in: "Tests/") {
      for match in file.text.matches(of: /@Test\(\s*"((?:[^"\\]|\\.)*)"/) {
        known.insert(String(match.1))
      }
    }
    return titles.filter { !known.contains($0) }.map { Breach("Tests", "has no test named: \($0)") }
  }
}
