import LocalTime
import Promo
import Testing

@Suite("writing carts") struct CartWritingTests {
  @Test("what is written reads as the same cart, at the same moment")
  func roundTrip() throws {
    let (cart, at) = try Cart.read(json: Array(contractCart.utf8))
    for style in [JSONStyle.compact, .pretty] {
      let again = try Cart.read(json: cart.json(at: at, style: style))
      #expect(again.cart == cart)
      #expect(again.at == at)
      #expect(again.at?.offsetSeconds == at?.offsetSeconds)
    }
  }

  @Test("every key there is survives")
  func everyKey() throws {
    let text = """
      {"currency":"KWD","at":"2026-06-05T12:00:00Z","codes":["A"],"shipping":"1.500",\
      "order":{"channel":"web","store":"s","country":"KW","attributes":{"a":[],"b":-1.5,"c":true}},\
      "customer":{"id":"i","email":"e","member":true,"groups":["g"],"attributes":{"t":"x"},\
      "history":[{"at":"2026-06-01T00:00:00+03:00","total":"1.000","lines":[{"sku":"S",\
      "category":["c"],"brand":["b"],"tags":["t"],"quantity":2,"total":"0.500"}]}],\
      "redemptions":[{"campaign":"k","at":"2026-06-01T00:00:00Z","discount":"0.100",\
      "earned":"7.5"}],"balances":{"p":"200","q":"0.50"}},"redeem":{"p":"1"},"pay":{"q":"2.00"},\
      "declined":["d"],"usage":{"u":{"redemptions":3,"discount":"9.000","earned":"4",\
      "codes":{"A":1,"B":2}}},"explain":"none","lines":[{"id":"l","sku":"S","name":"n",\
      "price":"2.000","quantity":3,"category":["c/d"],"brand":["b"],"tags":["t"],"vendor":"v",\
      "attributes":{"x":12},"compareAt":"3.000","floor":"1.000","discountable":false,\
      "giftCard":true,"gift":"g"}]}
      """
    let (cart, at) = try Cart.read(json: Array(text.utf8))
    #expect(String(decoding: cart.json(at: at), as: UTF8.self) == text)
  }

  @Test("nothing but what differs from its default is written")
  func defaults() throws {
    let line = "{\"sku\":\"A\",\"price\":\"1.00\",\"quantity\":1}"
    let text = "{\"currency\":\"USD\",\"lines\":[\(line)]}"
    #expect(String(decoding: try read(text).json(), as: UTF8.self) == text)
  }
}
