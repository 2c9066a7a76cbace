import HTTP
import HTTPClient
import Ledger
import LocalTime
import Promo
import Storage
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Serves until a signal says to stop; SIGHUP has the rule files read again.
func serve(_ words: ArraySlice<String>, _ output: ServerOutput, _ remarks: ServerOutput) -> Int32 {
  guard
    let arguments = ServerArguments(
      words,
      options: [
        "--rules", "--data", "--address", "--port", "--certificate", "--key",
        "--payment-hook", "--payment-hook-secret", "--payment-hook-timeout", "--client-rate",
      ],
      flags: ["--demo", "--quiet", "--private-webhooks", "--payment-hook-optional"]),
    let data = arguments.value("--data"), !arguments.all("--rules").isEmpty,
    let port = UInt16(arguments.value("--port") ?? "8080"),
    (arguments.value("--certificate") == nil) == (arguments.value("--key") == nil)
  else { return ServerExit.usage }
  let signals = StopSignals()
  do {
    let service = try PromoService(
      data: data, rules: arguments.all("--rules"),
      reachesPrivateAddresses: arguments.has("--private-webhooks"),
      paymentHook: try paymentHook(arguments), requests: try clientRate(arguments),
      clock: systemClock)
    let isQuiet = arguments.has("--quiet")
    let log = LogLines(descriptor: 2)
    let server = try HTTPServer(
      address: arguments.value("--address") ?? "127.0.0.1", port: port,
      certificate: try certificate(arguments), isQuick: { service.isQuick($0) }
    ) { request in
      service.answer(request, log: isQuiet ? nil : { log.write($0) })
    }
    if arguments.has("--demo") { try writeDemo(service, port: server.port, output) }
    let sender = WebhookSender(service)
    let settler = Settler(service)
    output.writeLine("listening on \(arguments.value("--address") ?? "127.0.0.1"):\(server.port)")
    output.flush()
    while signals.next() == .reload { log.write(service.reloadRules()) }
    server.stop()
    settler.stop()
    sender.stop()
    log.end()
    output.writeLine("stopped")
    return ServerExit.fine
  } catch {
    remarks.writeLine("promo-server: \(error)")
    return ServerExit.trouble
  }
}

/// A file that can not be read.
private struct FileTrouble: Error, CustomStringConvertible {
  let path: String
  var description: String { "\(path) can not be read" }
}

/// Options that say nothing that can be done.
private struct OptionTrouble: Error, CustomStringConvertible {
  let description: String
}

/// How often each client may ask.
private func clientRate(_ arguments: ServerArguments) throws -> (burst: Int64, perSecond: Int64) {
  let text = arguments.value("--client-rate") ?? "\(ServiceLimits.requestsPerSecond)"
  guard let rate = Int64(text), ServiceLimits.clientRates.contains(rate) else {
    let bounds = ServiceLimits.clientRates
    throw OptionTrouble(
      description: "--client-rate is from \(bounds.lowerBound) to \(bounds.upperBound)")
  }
  return (2 * rate, rate)
}

private func paymentHook(_ arguments: ServerArguments) throws -> PaymentHook? {
  guard let url = arguments.value("--payment-hook") else {
    let others = ["--payment-hook-secret", "--payment-hook-timeout"]
    guard others.allSatisfy({ arguments.value($0) == nil }),
      !arguments.has("--payment-hook-optional")
    else { throw OptionTrouble(description: "--payment-hook is missing") }
    return nil
  }
  guard let address = WebAddress(url) else {
    throw OptionTrouble(description: "--payment-hook is a URL of http or https")
  }
  let milliseconds = Int(arguments.value("--payment-hook-timeout") ?? "2000") ?? 0
  guard ServiceLimits.hookMilliseconds.contains(milliseconds) else {
    let bounds = ServiceLimits.hookMilliseconds
    throw OptionTrouble(
      description: "--payment-hook-timeout is from \(bounds.lowerBound) to \(bounds.upperBound)")
  }
  guard let path = arguments.value("--payment-hook-secret"),
    let hook = PaymentHook(
      address, secret: try fileText(path).filter { !$0.isWhitespace },
      timeoutMilliseconds: milliseconds, goesOnWithout: arguments.has("--payment-hook-optional"))
  else {
    throw OptionTrouble(
      description: "--payment-hook-secret is a file with whsec_ and 16 bytes or more in base64")
  }
  return hook
}

private func certificate(_ arguments: ServerArguments) throws -> HTTPServer.Certificate? {
  guard let chain = arguments.value("--certificate"), let key = arguments.value("--key") else {
    return nil
  }
  return HTTPServer.Certificate(chain: try fileText(chain), key: try fileText(key))
}

private func fileText(_ path: String) throws -> String {
  guard let file = fopen(path, "r") else { throw FileTrouble(path: path) }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var part = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = fread(&part, 1, part.count, file)
    if count == 0 { break }
    bytes += part.prefix(count)
  }
  guard ferror(file) == 0 else { throw FileTrouble(path: path) }
  return String(decoding: bytes, as: UTF8.self)
}

/// The moment of the system's clock.
@Sendable func systemClock() -> Instant { Instant(secondsSince1970: Int64(time(nil))) }

/// The signals that a server listens to, taken one after another by one thread.
struct StopSignals {
  enum Wish { case reload, stop }
  private var set = sigset_t()

  /// Keeps the signals from every thread that is started later.
  init() {
    sigemptyset(&set)
    for signal in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&set, signal) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    signal(SIGPIPE, SIG_IGN)
  }

  /// Waits for the next one.
  func next() -> Wish {
    var set = set
    var number: Int32 = 0
    sigwait(&set, &number)
    return number == SIGHUP ? .reload : .stop
  }
}

extension PromoService {
  /// Reads the rule files again and puts them in force; what is wrong leaves those that are.
  ///
  /// - Returns: A line for operators.
  func reloadRules() -> String {
    do {
      let response = try publish(try RuleFiles.read(rulePaths), by: RulesRevision.atReload)
      return String(decoding: response.body, as: UTF8.self)
    } catch let problem as Problem {
      return String(decoding: problem.body, as: UTF8.self)
    } catch {
      return String(decoding: Problem(422, "rules_refused", "\(error)").body, as: UTF8.self)
    }
  }
}
