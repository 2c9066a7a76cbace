import Money
import Testing

@testable import Pricing

@Suite("runs of equal units") struct RunTests {
  @Test("a run holds all it is made of, and each part changes alone")
  func parts() {
    let most = Run.quantityMaximum
    var run = Run(price: .max, quantity: most, flags: [.used, .touched], next: 7)
    #expect((run.price, run.quantity, run.next) == (.max, most, 7))
    #expect(run.flags == [.used, .touched])
    run.mark(.discounted)
    #expect(run.flags == [.used, .touched, .discounted])
    run.flags = .discounted
    #expect((run.price, run.quantity, run.next) == (.max, most, 7))
    run.quantity = 0
    #expect(run.flags == .discounted)
    run.quantity = 10_000_000
    run.price = 3
    #expect((run.cost, run.flags) == (30_000_000, .discounted))
    let plain = Run(price: 5, quantity: 2)
    #expect((plain.flags, plain.next) == ([], -1))
    #expect(MemoryLayout<Run>.stride == 16)
  }

  @Test("more units than a run holds are never cut short")
  func tooMany() async throws {
    await #expect(processExitsWith: .failure) {
      var run = Run(price: 1, quantity: 1)
      run.quantity = Run.quantityMaximum + 1
    }
    await #expect(processExitsWith: .failure) {
      var run = Run(price: 1, quantity: 1)
      run.quantity = -1
    }
    await #expect(processExitsWith: .failure) { try reset(to: Run.quantityMaximum + 1) }
    await #expect(processExitsWith: .failure) { try reset(to: -1) }
    try reset(to: Run.quantityMaximum)
  }
}

private func reset(to quantity: Int64) throws {
  var cart = CartColumns(currency: try #require(Currency(code: "USD")))
  cart.prices = [5, 5]
  cart.quantities = [1, quantity]
  var table = RunTable()
  table.reset(to: cart, hasClaims: false)
  #expect(table.quantity(1) == quantity)
}
