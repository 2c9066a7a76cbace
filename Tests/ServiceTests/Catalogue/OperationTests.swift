import Foundation
import SocketClient
import Testing

@Suite("the service as operators run it") struct OperationTests {
  @Test(
    "--demo makes accounts and a key, and the lines it prints can be pasted into a shell",
    .enabled(if: RunningServer.program != nil))
  func demo() throws {
    let server = try RunningServer(CatalogueServer.rules, ["--demo"], in: try emptyFolder())
    let lines = server.greeting.split(separator: "\n").map(String.init)
    let commands = lines.filter { $0.hasPrefix("curl ") }
    #expect(commands.count == 3)
    #expect(lines.contains { $0.hasPrefix("key, shown this once: pk.demo.") })
    let answers = try commands.map { try shell($0) }
    #expect(answers.allSatisfy { $0.status == 0 })
    #expect(answers[0].output.contains(#""total":"90.00""#), "\(answers[0].output)")
    #expect(answers[1].output.contains(#""charged":"90.00""#), "\(answers[1].output)")
    // The 2,500 points of the welcome, and one for each dollar.
    #expect(answers[2].output.contains(#""available":"2590""#), "\(answers[2].output)")
    #expect(server.stop() == 0)
  }

  @Test(
    "a certificate and its key in files: it speaks TLS, and nothing else on that port",
    .enabled(if: RunningServer.program != nil))
  func certificate() throws {
    let folder = try emptyFolder()
    let (certificate, key) = ("\(folder.path)/certificate.pem", "\(folder.path)/key.pem")
    let made = try shell(
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
        + " -addext subjectAltName=IP:127.0.0.1 -keyout '\(key)' -out '\(certificate)'")
    try #require(made.status == 0, "\(made.output)")
    let server = try RunningServer(
      CatalogueServer.rules, ["--certificate", certificate, "--key", key], in: folder)
    let url = "https://127.0.0.1:\(server.port)"
    let trusted = try shell("curl -s --cacert '\(certificate)' \(url)/healthz")
    #expect(trusted.output == #"{"status":"ok"}"#)
    #expect(try shell("curl -s \(url)/healthz").status != 0)
    let old = try shell("curl -s --tls-max 1.1 --cacert '\(certificate)' \(url)/healthz")
    #expect(old.status != 0)
    let plain = try #require(SocketClient(port: server.port))
    plain.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(!plain.receive().contains("ok"))
    #expect(server.stop() == 0)
  }

  @Test("in a shop of two currencies each is kept apart: carts, balances and what they buy")
  func currencies() throws {
    let server = try CatalogueServer()
    let shop = server.shop
    let dollars =
      #"currency USD\nbalance dollars { money  redeem as discount }\ncampaign us \"US\" { give $10 off order }\n"#
    let euros =
      #"currency EUR\nbalance euros { money  redeem as discount }\ncampaign eu \"EU\" { give 5.00 EUR off order }\n"#
    let published = try shop(
      "POST", "/v1/rules:publish",
      #"{"files":[{"path":"us.promo","text":"\#(dollars)"},{"path":"eu.promo","text":"\#(euros)"}]}"#
    )
    #expect(published.status == 200, "\(published.text)")
    try shop.member("m-1", having: "10.00", of: "dollars")
    try shop.member("m-1", having: "7.00", of: "euros")
    func cart(_ currency: String, _ balance: String) -> String {
      #"{"currency":"\#(currency)","customer":{"id":"m-1"},"redeem":{"\#(balance)":"3.00"},"lines":[{"sku":"A","price":"50.00","quantity":1}]}"#
    }
    func buy(_ order: String, _ currency: String, _ balance: String) throws -> Caller.Answer {
      try shop(
        "POST", "/v1/checkouts", #"{"id":"\#(order)","cart":\#(cart(currency, balance))}"#,
        once: order)
    }
    #expect(try buy("o-1", "USD", "dollars")["charged"] == "37.00")
    #expect(try buy("o-2", "EUR", "euros")["charged"] == "42.00")
    let crossed = try buy("o-3", "EUR", "dollars")
    #expect(crossed.status == 422, "\(crossed.text)")
    #expect(try shop("POST", "/v1/quotes", cart("CHF", "euros")).status == 422)
    #expect(try shop.available("dollars", of: "m-1") == "7.00")
    #expect(try shop.available("euros", of: "m-1") == "4.00")
    #expect(try shop("GET", "/v1/checkouts/o-2")["receipt", "quote", "currency"] == "EUR")
    #expect(try server.fixture.audit() == [])
  }
}
