import Promo
import Testing

/// Sums of what a shop claims of the past: refused where they do not fit, priced where they do.
@Suite("bad carts: sums of the past") struct CartSumTests {
  private let largest = "92233720368547758.07"
  private let moment = "2027-05-20T09:00:00-04:00"

  @Test("what cannot be counted is refused where it stands")
  func refused() throws {
    let uses = #""usage": {"a": {"codes": {"GO": \#(Int64.max)}}}"#
    #expect(try mistake(cart(uses)) == "out_of_range /usage/a/codes/GO")
    let redemption = #"{"campaign": "a", "at": "\#(moment)", "discount": "\#(largest)"}"#
    let redeemed = #""customer": {"id": "m", "redemptions": [\#(redemption), \#(redemption)]}"#
    #expect(try mistake(cart(redeemed)) == "overflow /customer/redemptions/1/discount")
    let visit = #"{"at": "\#(moment)", "total": "\#(largest)"}"#
    let visits = #""customer": {"id": "m", "history": [\#(visit), \#(visit)]}"#
    #expect(try mistake(cart(visits)) == "overflow /customer/history/1/total")
  }

  @Test("uses of one code in several spellings add up, at the largest counts too")
  func codes() throws {
    let most: Int64 = 1_000_000_000_000_000
    func statuses(_ limit: Int64) throws -> [Quote.Code.Status] {
      let rules = clause("code \"GO\"\n  limit \(limit) per code")
      let usage = #""usage": {"a": {"codes": {"GO": \#(most), "go": \#(most), " Go ": 1}}}"#
      return try quote(rules, cart: cart("\"codes\": [\"go\"], \(usage)")).codes.map(\.status)
    }
    #expect(try statuses(5) == [.usedUp])
    #expect(try statuses(most) == [.usedUp])
  }

  @Test("the largest amounts given and spent before bound a campaign and nothing traps")
  func amounts() throws {
    let usage =
      #""usage": {"a": {"redemptions": 1000000000000000, "discount": "\#(largest)"}}"#
    #expect(try refusal(clause("cap $5 total"), cart: cart(usage)) == "cap")
    #expect(try refusal(clause("limit 5 total"), cart: cart(usage)) == "limit")
    let visit = #"{"at": "\#(moment)", "total": "\#(largest)"}"#
    let customer = #""customer": {"id": "m", "history": [\#(visit)]}"#
    #expect(try refusal(when("spent this month >= $100"), cart: cart(customer)) == nil)
  }
}
