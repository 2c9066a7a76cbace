import Dispatch
import HTTP
import HTTPClient
import Service
import Synchronization
import Testing

@Suite("the same request twice at once") struct TwinTests {
  /// A loyalty system that answers when it is let.
  private final class SlowHook: Sendable {
    let wasAsked = DispatchSemaphore(value: 0)
    let mayAnswer = DispatchSemaphore(value: 0)
    let count = Mutex(0)
    private let server = Mutex<HTTPServer?>(nil)

    init() throws {
      let made = try HTTPServer(address: "127.0.0.1", port: 0) { [weak self] _ in
        guard let self else { return HTTPResponse(status: 500) }
        count.withLock { $0 += 1 }
        wasAsked.signal()
        _ = mayAnswer.wait(timeout: .now() + 4)
        return HTTPResponse(status: 200, body: Array(#"{"proceed":true}"#.utf8))
      }
      server.withLock { $0 = made }
    }

    func hook() throws -> PaymentHook {
      let port = try #require(server.withLock { $0?.port })
      let address = try #require(WebAddress("http://127.0.0.1:\(port)/"))
      return try #require(
        PaymentHook(
          address, secret: "whsec_AAECAwQFBgcICQoLDA0ODw==", timeoutMilliseconds: 5_000,
          goesOnWithout: false))
    }

    deinit { server.withLock { $0?.stop() } }
  }

  private static let body =
    #"{"id":"o-1","cart":{"currency":"USD","lines":[{"sku":"A","price":"5.00","quantity":1}]}}"#

  /// Asks on a thread of its own, and says later what was answered.
  private func ask(_ call: Caller) -> () -> Caller.Answer? {
    let box = Box()
    DispatchQueue.global().async {
      let given = call("POST", "/v1/checkouts", Self.body, once: "k")
      box.answer.withLock { $0 = given }
      box.isAnswered.signal()
    }
    return {
      box.isAnswered.wait()
      return box.answer.withLock { $0 }
    }
  }

  private final class Box: Sendable {
    let answer = Mutex<Caller.Answer?>(nil)
    let isAnswered = DispatchSemaphore(value: 0)
  }

  @Test("waits for the first, asks nobody again, and is answered alike")
  func waiting() throws {
    let slow = try SlowHook()
    let fixture = try ServiceFixture("currency USD", paymentHook: try slow.hook())
    let call = fixture.caller
    let first = ask(call)
    slow.wasAsked.wait()
    let second = ask(call)
    slow.mayAnswer.signal()
    let answers = [first(), second()]
    #expect(answers.map { $0?.status } == [201, 201])
    #expect(answers[0]?.body == answers[1]?.body)
    #expect(slow.count.withLock { $0 } == 1)
  }

  @Test("is sent away when the first takes too long, and is answered when it asks again")
  func tooLong() throws {
    let slow = try SlowHook()
    let fixture = try ServiceFixture(
      "currency USD", paymentHook: try slow.hook(), twinMilliseconds: 20)
    let call = fixture.caller
    let first = ask(call)
    slow.wasAsked.wait()
    let second = call("POST", "/v1/checkouts", Self.body, once: "k")
    #expect((second.status, second["code"]) == (409, "idempotency_in_progress"))
    #expect(second.headers["retry-after"] == "1")
    #expect(second.headers["idempotency-replayed"] == nil)
    slow.mayAnswer.signal()
    let done = try #require(first())
    #expect(done.status == 201)
    let third = call("POST", "/v1/checkouts", Self.body, once: "k")
    #expect((third.status, third.body) == (201, done.body))
    #expect(third.headers["idempotency-replayed"] == "true")
    #expect(slow.count.withLock { $0 } == 1)
    #expect(try fixture.audit() == [])
  }
}
