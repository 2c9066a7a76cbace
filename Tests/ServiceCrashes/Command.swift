import Foundation

/// `service-crashes --server FILE --rules PATH --data DIR --key KEY [--port N] [--rounds N] [--purchases N]`
func runServiceCrashes(_ words: [String]) -> Int32 {
  var values: [String: String] = [:]
  for place in stride(from: 0, to: words.count - 1, by: 2) {
    values[words[place]] = words[place + 1]
  }
  guard let server = values["--server"], let rules = values["--rules"],
    let data = values["--data"], let key = values["--key"],
    let port = UInt16(values["--port"] ?? "18081"), let rounds = Int(values["--rounds"] ?? "50"),
    let purchases = Int(values["--purchases"] ?? "10000"), rounds > 0, purchases > 0
  else {
    print(
      "usage: service-crashes --server FILE --rules PATH --data DIR --key KEY [--port N]"
        + " [--rounds N] [--purchases N]")
    return 2
  }
  do {
    let crashes = ServiceCrashes(
      binary: server, rules: rules, folder: data, port: port, key: key)
    let (summary, faults) = try crashes.run(rounds: rounds, purchases: purchases)
    for fault in faults.prefix(20) { print(fault) }
    print("\(faults.isEmpty ? "ok" : "\(faults.count) faults"): \(summary)")
    return faults.isEmpty ? 0 : 1
  } catch {
    print("\(error)")
    return 2
  }
}
