import Service
import Testing
import WireFormat

@Suite("What a shop takes out of its data folder")
struct ExportTests {
  @Test("every purchase is a line: what was bought, its taxes and shipping, and what came back")
  func purchases() throws {
    let fixture = try ServiceFixture("currency USD\n")
    for order in ["b", "a"] {
      let cart =
        #"{"currency":"USD","shipping":"4.00","lines":[{"sku":"A","price":"9.99","quantity":3}]}"#
      fixture.caller(
        "POST", "/v1/checkouts",
        #"{"id":"\#(order)","cart":\#(cart),"taxes":{"lines":{"1":"2.40"},"shipping":"0.32"}}"#,
        once: order)
    }
    fixture.caller(
      "POST", "/v1/checkouts/a/returns", #"{"lines":[{"id":"1","quantity":2}]}"#, once: "r")
    fixture.end()
    let output = ServerOutput(descriptor: nil)
    let remarks = ServerOutput(descriptor: nil)
    let words = ["export", "--data", fixture.path + "/data", "--purchases"]
    #expect(runServer(words, output: output, remarks: remarks) == 0)
    let lines = output.text.split(separator: "\n").map {
      Caller.Answer(status: 0, headers: [:], body: Array($0.utf8))
    }
    try #require(lines.count == 2)
    #expect(lines[0]["id"] == "a")
    #expect(lines[0]["lines", "0", "returned"] == "2")
    #expect(lines[1]["id"] == "b")
    #expect(lines[1]["lines", "0", "returned"] == "0")
    for line in lines {
      #expect(line["receipt", "charged"] == "36.69")
      #expect(line["receipt", "taxes", "lines", "1"] == "2.40")
      #expect(line["receipt", "quote", "shipping", "total"] == "4.00")
      #expect(line["receipt", "items", "0", "sku"] == "A")
    }
    #expect(runServer(["export", "--purchases"], output: output, remarks: remarks) == 2)
  }
}
