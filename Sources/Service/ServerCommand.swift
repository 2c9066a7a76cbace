import LocalTime
import Storage

/// How a command of the server ends.
enum ServerExit {
  /// Nothing to complain about.
  static let fine: Int32 = 0
  /// The books are not right.
  static let differences: Int32 = 1
  /// It could not run.
  static let trouble: Int32 = 2
  /// It was not understood; never the exit of a process.
  static let usage: Int32 = -1
}

private let usage = """
  usage: promo-server serve --rules PATH... --data DIR [--address A] [--port N] [--demo] [--quiet]
                      [--client-rate N] [--certificate FILE --key FILE] [--private-webhooks]
                      [--payment-hook URL --payment-hook-secret FILE [--payment-hook-timeout MS]
                       [--payment-hook-optional]]
                                          serves checkouts until a signal ends it
         promo-server audit --data DIR     works every balance out again; ok, or each difference
         promo-server export --data DIR [--purchases]    all transactions, or all purchases, one
                                                         JSON object a line
         promo-server key --data DIR --client ID --scopes A,B    makes a client, shows its key once
  """

/// Runs the command of this process and ends the process.
package func runServerAndExit() -> Never {
  let output = ServerOutput(descriptor: 1)
  let remarks = ServerOutput(descriptor: 2)
  let code = runServer(
    Array(CommandLine.arguments.dropFirst()), output: output, remarks: remarks)
  output.flush()
  remarks.flush()
  endProcess(output.hasFailed ? ServerExit.trouble : code)
}

/// Runs one call of the server's command.
///
/// - Returns: 0 when all is well, 1 when the books are not right, 2 when it could not run.
package func runServer(_ words: [String], output: ServerOutput, remarks: ServerOutput) -> Int32 {
  let rest = words.dropFirst()
  let code =
    switch words.first {
    case "serve": serve(rest, output, remarks)
    case "key": makeKey(rest, output, remarks)
    case "audit":
      reading(rest, remarks) { (reader, _) throws(StorageError) in
        try audit(reader, output)
      }
    case "export":
      reading(rest, remarks, flags: ["--purchases"]) { (reader, flags) throws(StorageError) in
        flags.isEmpty ? try export(reader, output) : try exportPurchases(reader, output)
      }
    default: ServerExit.usage
    }
  guard code == ServerExit.usage else { return code }
  remarks.writeLine(usage)
  return words == ["help"] || words == ["--help"] ? ServerExit.fine : ServerExit.trouble
}

private let utc = ZoneTable(identifier: "UTC", transitions: [], offsets: [0])

/// Does something that only reads a data folder.
private func reading(
  _ words: ArraySlice<String>, _ remarks: ServerOutput, flags: Set<String> = [],
  _ body: (LedgerReader, _ flags: Set<String>) throws(StorageError) -> Int32
) -> Int32 {
  guard let arguments = ServerArguments(words, options: ["--data"], flags: flags),
    let path = arguments.value("--data")
  else { return ServerExit.usage }
  do throws(StorageError) {
    let reader = try LedgerReader(folder: path, zone: utc)
    return try body(reader, flags.filter { arguments.has($0) })
  } catch {
    remarks.writeLine("promo-server: \(path): \(error)")
    return ServerExit.trouble
  }
}

/// Makes a client in a data folder that no server has open.
private func makeKey(
  _ words: ArraySlice<String>, _ output: ServerOutput, _ remarks: ServerOutput
) -> Int32 {
  guard let arguments = ServerArguments(words, options: ["--data", "--client", "--scopes"]),
    let path = arguments.value("--data"), let id = arguments.value("--client"), isClientID(id)
  else { return ServerExit.usage }
  let scopes = (arguments.value("--scopes") ?? "").split(separator: ",").map(String.init)
  guard !scopes.isEmpty, scopes.allSatisfy({ Scope(rawValue: $0) != nil }) else {
    let known = Scope.allCases.map(\.rawValue).joined(separator: ",")
    remarks.writeLine("promo-server: scopes are some of \(known)")
    return ServerExit.trouble
  }
  do {
    let store = try LedgerStore(folder: path, zone: utc, at: systemClock())
    let key = try NewKey(for: id)
    let outcome = try store.addClient(
      id, name: id, scopes: scopes, secretDigest: key.digest, at: systemClock())
    guard outcome == .done else {
      remarks.writeLine("promo-server: another client has the id \(id)")
      return ServerExit.trouble
    }
    output.writeLine(key.text)
    return ServerExit.fine
  } catch {
    remarks.writeLine("promo-server: \(path): \(error)")
    return ServerExit.trouble
  }
}

/// Prints `ok` with counts, or each difference and then how many there are.
private func audit(_ reader: LedgerReader, _ output: ServerOutput) throws(StorageError) -> Int32 {
  let report = try reader.audit()
  for difference in report.differences { output.writeLine(difference) }
  output.writeLine(report.summary)
  return report.differences.isEmpty ? ServerExit.fine : ServerExit.differences
}
