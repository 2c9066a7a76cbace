import Service
import Testing

@Suite("returns, to the cent") struct ReturnTests {
  @Test("the published order: charged $179.54, $104.20 for most of it, $47.09 for the rest")
  func published() throws {
    let fixture = try ServiceFixture(
      """
      currency USD
      set second = items where sku = "X002"
      set eligible = items where sku != "X001"
      campaign line_ten "Ten off" { priority 2 give $10 off subtotal of second }
      campaign order_twenty "Twenty off" { give $20 off subtotal of eligible }
      """)
    let call = fixture.caller
    let cart = """
      {"currency":"USD","shipping":"25.00","lines":[
        {"id":"1","sku":"X001","price":"5.00","quantity":2},
        {"id":"2","sku":"X002","price":"60.00","quantity":1},
        {"id":"3","sku":"X003","price":"50.00","quantity":2}]}
      """
    let bought = call(
      "POST", "/v1/checkouts",
      """
      {"id":"o-1","cart":\(cart),"charged":"179.54",
       "taxes":{"lines":{"2":"3.76","3":"7.53"},"shipping":"3.25"}}
      """, once: "k-1")
    #expect((bought.status, bought["charged"]) == (201, "179.54"), "\(bought.text)")
    func bringBack(_ lines: String, _ key: String) -> Caller.Answer {
      call("POST", "/v1/checkouts/o-1/returns", #"{"lines":[\#(lines)]}"#, once: key)
    }
    let most = bringBack(
      #"{"id":"1","quantity":2},{"id":"2","quantity":1},{"id":"3","quantity":1}"#, "r-1")
    #expect((most.status, most["refund"]) == (200, "104.20"), "\(most.text)")
    let rest = bringBack(#"{"id":"3","quantity":1}"#, "r-2")
    #expect((rest.status, rest["refund"]) == (200, "47.09"), "\(rest.text)")
    #expect(bringBack(#"{"id":"3","quantity":1}"#, "r-3")["code"] == "already_returned")
    #expect(call("GET", "/v1/checkouts/o-1")["state"] == "returned")
    let again = bringBack(
      #"{"id":"1","quantity":2},{"id":"2","quantity":1},{"id":"3","quantity":1}"#, "r-1")
    #expect(again.body == most.body)
    #expect(try fixture.audit() == [])
  }

  @Test("what a return gives back can become store credit, once for each return")
  func credit() throws {
    let fixture = try ServiceFixture(
      """
      currency USD
      balance store_credit { money  redeem as payment }
      balance points { }
      """)
    let call = fixture.caller
    call.member("ada")
    let cart =
      #"{"currency":"USD","customer":{"id":"ada"},"lines":[{"sku":"A","price":"20.00","quantity":4}]}"#
    call("POST", "/v1/checkouts", #"{"id":"o","cart":\#(cart)}"#, once: "o")
    func bringBack(_ quantity: Int, _ balance: String, _ key: String) -> Caller.Answer {
      call(
        "POST", "/v1/checkouts/o/returns",
        #"{"lines":[{"id":"1","quantity":\#(quantity)}],"creditTo":"\#(balance)"}"#, once: key)
    }
    for (balance, code) in [("points", "wrong_currency"), ("none", "unknown_balance")] {
      #expect(bringBack(1, balance, balance)["code"] == code)
    }
    let first = bringBack(2, "store_credit", "r-1")
    #expect(first["refund"] == "40.00")
    #expect(first["credited", "amount"] == "40.00")
    #expect(first["payable"] == "0.00")
    #expect(bringBack(2, "store_credit", "r-1").body == first.body)
    #expect(call.available("store_credit", of: "ada") == "40.00")
    let second = bringBack(1, "store_credit", "r-2")
    #expect(second["credited", "amount"] == "20.00")
    #expect(call.available("store_credit", of: "ada") == "60.00")
    let till = Caller(
      service: fixture.service, key: try fixture.service.makeKey("till", scopes: ["checkouts"]))
    #expect(
      till(
        "POST", "/v1/checkouts/o/returns",
        #"{"lines":[{"id":"1","quantity":1}],"creditTo":"store_credit"}"#, once: "till"
      ).status == 403)
    call(
      "POST", "/v1/checkouts", #"{"id":"g","cart":{"currency":"USD","lines":[]}}"#, once: "g")
    let guest = call(
      "POST", "/v1/checkouts/g/returns", #"{"lines":[],"creditTo":"store_credit"}"#, once: "r-3")
    #expect(guest["code"] == "no_account")
    #expect(try fixture.audit() == [])
  }

  @Test("nothing is given back of a purchase whose receipt was forgotten with its person")
  func forgotten() throws {
    let fixture = try ServiceFixture("currency USD\n")
    let call = fixture.caller
    call.member("ada")
    let cart =
      #"{"currency":"USD","customer":{"id":"ada"},"lines":[{"sku":"A","price":"20.00","quantity":1}]}"#
    call("POST", "/v1/checkouts", #"{"id":"o","cart":\#(cart)}"#, once: "o")
    #expect(call("DELETE", "/v1/accounts/ada").status == 204)
    let answer = call(
      "POST", "/v1/checkouts/o/returns", #"{"lines":[{"id":"1","quantity":1}]}"#, once: "r")
    #expect(answer["code"] == "person_forgotten")
    #expect(call("GET", "/v1/checkouts/o")["lines", "0", "returned"] == "0")
  }

  @Test("any split of a return gives back what was paid, in any order")
  func splits() throws {
    let fixture = try ServiceFixture("currency USD\ncampaign a \"A\" { give $1 off order }\n")
    let call = fixture.caller
    for (place, split) in [[1, 1, 1, 4], [4, 1, 1, 1], [2, 3, 2], [7], [1, 5, 1]].enumerated() {
      let cart = #"{"currency":"USD","lines":[{"sku":"A","price":"0.99","quantity":7}]}"#
      _ = call(
        "POST", "/v1/checkouts",
        #"{"id":"o-\#(place)","cart":\#(cart),"taxes":{"lines":{"1":"0.40"}}}"#, once: "b\(place)")
      var sum = 0
      for (part, units) in split.enumerated() {
        let answer = call(
          "POST", "/v1/checkouts/o-\(place)/returns",
          #"{"lines":[{"id":"1","quantity":\#(units)}]}"#, once: "r\(place) \(part)")
        sum += try #require(Int(answer["refund"]?.filter { $0 != "." } ?? ""))
      }
      #expect(sum == 593 + 40)
    }
  }
}
