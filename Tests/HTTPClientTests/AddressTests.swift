import HTTPClient
import Testing

@Suite("What a URL from outside may name")
struct AddressTests {
  @Test(
    "an address of this machine or its network is found out in every way it can be written",
    arguments: [
      "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/",
      "http://0177.0.0.1/", "http://localhost/", "http://LOCALHOST:8080/x", "http://localhost./",
      "http://a.localhost/", "http://169.254.169.254/latest/meta-data", "http://10.1.2.3/",
      "http://172.16.0.1/", "http://172.31.255.255/", "http://192.168.0.1/", "http://100.64.0.1/",
      "http://0.0.0.0/", "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/",
      "http://[::ffff:7f00:1]/", "http://[fd00::1]/", "http://[fe80::1]/", "http://[ff02::1]/",
      "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://224.0.0.1/",
      "http://255.255.255.255/", "http://198.18.0.1/", "http://192.0.2.1/",
      "http://[::ffff:0:7f00:1]/", "http://[3fff::1]/", "http://[2001:db8::1]/",
      "http://[4000::1]/",
    ])
  func privateAddresses(_ text: String) throws {
    #expect(try #require(WebAddress(text)).isPrivate)
  }

  @Test(
    "an address of the open network is none of them",
    arguments: [
      "http://8.8.8.8/", "https://1.1.1.1:8443/x?y=z", "http://172.15.0.1/", "http://172.32.0.1/",
      "http://100.63.255.255/", "http://100.128.0.1/", "http://11.0.0.1/", "http://128.0.0.1/",
      "http://192.167.255.255/", "http://223.255.255.255/", "http://[2606:4700::1111]/",
      "http://[::ffff:8.8.8.8]/", "http://[64:ff9b::808:808]/",
    ])
  func openAddresses(_ text: String) throws {
    #expect(!(try #require(WebAddress(text)).isPrivate))
  }

  @Test(
    "only URLs of http and https with a host, and without a name and a password",
    arguments: [
      "", "x", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/",
      "http://", "http://user:word@example.com/", "http://user@example.com/",
      "http://exa mple.com/", "http://example.com/\n", "//example.com/", "javascript:alert(1)",
    ])
  func otherTexts(_ text: String) { #expect(WebAddress(text) == nil) }

  @Test("a URL has 2,000 bytes at most")
  func length() {
    let start = "http://example.com/"
    let most = WebAddress.bytesMaximum - start.utf8.count
    #expect(WebAddress(start + String(repeating: "a", count: most)) != nil)
    #expect(WebAddress(start + String(repeating: "a", count: most + 1)) == nil)
  }
}
