import HTTP
import Ledger
import Storage

extension PromoService {
  /// Reads the ledger.
  func read<Result>(_ body: (LedgerReader) throws(StorageError) -> Result) throws(Problem)
    -> Result
  {
    do throws(StorageError) { return try readers.read(body) } catch { throw Problem(error) }
  }

  /// Has the writer do something between two batches.
  func administer<Result: Sendable>(
    _ work: @Sendable (LedgerStore) throws(StorageError) -> Result
  ) throws(Problem) -> Result {
    do throws(StorageError) { return try queue.administer(work) } catch { throw Problem(error) }
  }

  /// Does a command once, and answers a repeat of the request with the same bytes.
  ///
  /// - Parameter render: Makes the answer of what became of it, of nothing else.
  func perform(
    _ call: Call, _ command: LedgerCommand, reason: String = "",
    _ render: (LedgerAnswer) throws(Problem) -> HTTPResponse
  ) throws(Problem) -> HTTPResponse {
    if let earlier = try replay(call, render) { return earlier }
    return try rendered(render, try ask(call, command, reason: reason))
  }

  /// The answer to a request that was done before; nil for a new one.
  func replay(_ call: Call, _ render: (LedgerAnswer) throws(Problem) -> HTTPResponse)
    throws(Problem) -> HTTPResponse?
  {
    guard let once = call.once else { return nil }
    let found = try read { (reader) throws(StorageError) in
      try reader.earlier(once.id, identity: once.identity)
    }
    guard let found else { return nil }
    guard found.isSame else { throw mismatch }
    var response: HTTPResponse
    if let kept = found.kept {
      response =
        kept.status < 400
        ? .json(Int(kept.status), kept.body) : .problem(Int(kept.status), kept.body)
    } else {
      response = try rendered(render, found.answer)
    }
    response.headers.append(.init("Idempotency-Replayed", "true"))
    return response
  }

  /// Asks the ledger, under the id of the call's request where it has one.
  ///
  /// - Parameter expected: That it is about to be asked, if the queue was told.
  func ask(
    _ call: Call, _ command: LedgerCommand, reason: String = "",
    expected: consuming LedgerQueue.Expected? = nil
  ) throws(Problem) -> LedgerAnswer {
    let id: String
    if let once = call.once { id = once.id } else { id = "r" + (try Secrets.randomText(16)) }
    let request = LedgerRequest(
      id: id, actor: call.actor, reason: reason,
      identity: command.saysWhoSomebodyIs ? nil : call.once?.identity, command)
    let answer: LedgerAnswer
    do throws(StorageError) { answer = try queue.perform(request, expected: expected) } catch {
      throw Problem(error)
    }
    guard answer.code != .requestMismatch else { throw mismatch }
    return answer
  }

  /// A refusal is an answer too: it is sent again as it was.
  private func rendered(
    _ render: (LedgerAnswer) throws(Problem) -> HTTPResponse, _ answer: LedgerAnswer
  ) throws(Problem) -> HTTPResponse {
    do throws(Problem) { return try render(answer) } catch { return error.response }
  }

  private var mismatch: Problem {
    Problem(
      422, "idempotency_mismatch", "another request was sent under this idempotency key")
  }
}

extension LedgerCommand {
  /// Whether it holds personal data: then the ledger tells requests apart itself, by digests that go
  /// with the person.
  fileprivate var saysWhoSomebodyIs: Bool {
    switch self {
    case .account(.register), .account(.update): true
    default: false
    }
  }
}

extension Problem {
  /// Why the ledger could not be read or written.
  init(_ error: StorageError) {
    switch error {
    case .full: self.init(503, "disk_full", "there is no room to write; reading goes on")
    case .constraint: self.init(409, "conflict", "a rule of the store refused this")
    default:
      self.init(503, "unavailable", "the ledger can not be used at the moment")
    }
    if status == 503 { headers = [HTTPResponse.Header("Retry-After", "1")] }
  }

  /// Why the ledger did not do what was asked.
  init(_ answer: LedgerAnswer) {
    let word = answer.code.rawValue
    let about = answer.subject.isEmpty ? "" : " (\(answer.subject))"
    switch answer.code {
    case .unknownAccount, .unknownHold, .unknownOrder, .notRegistered, .unknownGroup,
      .unknownPool, .unknownCard:
      self.init(404, word, "nothing of that id is known" + about)
    case .staleVersion:
      self.init(412, word, "it has changed since; its version is \(answer.amount)")
    case .unknownBalance, .badAmount, .badMoment, .badIdentifier, .badText, .badDeadline,
      .unknownField, .badField, .tooMuch, .unknownLine, .unknownCode, .badRandom, .wrongKind:
      self.init(422, word, word.split(separator: "_").joined(separator: " ") + about)
    default:
      self.init(409, word, word.split(separator: "_").joined(separator: " ") + about)
    }
    if !answer.subject.isEmpty {
      members.append(("subject", jsonText(answer.subject)))
    }
    switch answer.code {
    case .limitReached, .exceedsLine, .openHolds:
      members.append(("maximum", Array(String(answer.amount).utf8)))
    default: break
    }
  }
}
