// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// Links the Swift runtime and Foundation into the command, so that it starts in a few milliseconds
/// instead of loading a dozen libraries. Foundation finds its time zones through a symbol that
/// nothing refers to, so it is asked for by name. `promo bench` counts allocations, so malloc is
/// led through a counter.
let startsFast: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-static-stdlib", "-Xlinker", "--wrap=malloc", "-Xlinker", "-u", "-Xlinker",
      "$s20FoundationEssentials8TimeZoneV0A20InternationalizationE04timeD11DataVersionSSvgZ",
    ], .when(platforms: [.linux])),
  .linkedLibrary("FoundationInternationalization", .when(platforms: [.linux])),
  .linkedLibrary("_FoundationICU", .when(platforms: [.linux])),
  .linkedLibrary("_FoundationCShims", .when(platforms: [.linux])),
  .linkedLibrary("_FoundationCollections", .when(platforms: [.linux])),
  .linkedLibrary("stdc++", .when(platforms: [.linux])),
]

let package = Package(
  name: "promo",
  products: [
    .library(name: "Promo", targets: ["Promo"]),
    .executable(name: "promo", targets: ["PromoCommand"]),
  ],
  targets: [
    .target(name: "Money", swiftSettings: strict),
    .target(name: "Findings", swiftSettings: strict),
    .target(name: "LocalTime", swiftSettings: strict),
    .target(name: "RuleSyntax", dependencies: ["Findings"], swiftSettings: strict),
    .target(
      name: "RuleChecking", dependencies: ["Findings", "LocalTime", "Money", "RuleSyntax"],
      swiftSettings: strict),
    .target(
      name: "Pricing", dependencies: ["LocalTime", "Money"],
      swiftSettings: strict + [.enableExperimentalFeature("Lifetimes")]),
    .target(
      name: "RuleCompiler",
      dependencies: ["Findings", "LocalTime", "Money", "Pricing", "RuleChecking", "RuleSyntax"],
      swiftSettings: strict),
    .target(
      name: "Promo",
      dependencies: [
        "Findings", "LocalTime", "Money", "Pricing", "RuleChecking", "RuleCompiler", "RuleSyntax",
        "WireFormat",
      ],
      swiftSettings: strict),
    .target(
      name: "CommandKit",
      dependencies: [
        "Findings", "LocalTime", "Money", "Promo", "RuleChecking", "RuleSyntax", "WireFormat",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "PromoCommand", dependencies: ["CommandKit"], swiftSettings: strict,
      linkerSettings: startsFast),
    .target(name: "WireFormat", swiftSettings: strict),
    .target(name: "Ledger", dependencies: ["LocalTime", "Money"], swiftSettings: strict),
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite3"])]),
    .systemLibrary(
      name: "CCrypto", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
    .systemLibrary(
      name: "CMicroHTTPD", pkgConfig: "libmicrohttpd",
      providers: [.apt(["libmicrohttpd-dev"]), .brew(["libmicrohttpd"])]),
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl",
      providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
    .target(name: "HTTP", dependencies: ["CMicroHTTPD"], swiftSettings: strict),
    .target(name: "HTTPClient", dependencies: ["CCurl"], swiftSettings: strict),
    .target(
      name: "Storage", dependencies: ["CCrypto", "CSQLite", "Ledger", "LocalTime"],
      swiftSettings: strict),
    .target(
      name: "Checkout", dependencies: ["Ledger", "LocalTime", "Promo"], swiftSettings: strict),
    .target(
      name: "Service",
      dependencies: [
        "CCrypto", "Checkout", "HTTP", "HTTPClient", "Ledger", "LocalTime", "Money", "Promo",
        "Storage", "WireFormat",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "promo-server", dependencies: ["Service"], path: "Sources/ServerCommand",
      swiftSettings: strict),
    .testTarget(
      name: "CheckoutTests", dependencies: ["Checkout", "Ledger", "LocalTime", "Promo", "Storage"],
      swiftSettings: strict),
    .testTarget(
      name: "CommandTests", dependencies: ["CommandKit", "LocalTime", "Promo", "RuleChecking"],
      exclude: ["Goldens"], swiftSettings: strict),
    .testTarget(
      name: "ConformanceTests", dependencies: ["Ledger", "LocalTime", "Money", "Promo", "Storage"],
      exclude: ["Cases"],
      swiftSettings: strict),
    .testTarget(
      name: "ArticleTests", dependencies: ["CommandKit", "LocalTime", "Promo"],
      swiftSettings: strict),
    .testTarget(
      name: "BadInputTests", dependencies: ["Findings", "Promo"], exclude: ["TwelveMistakes.promo"],
      swiftSettings: strict),
    .testTarget(name: "FindingsTests", dependencies: ["Findings"], swiftSettings: strict),
    .testTarget(
      name: "RuleSyntaxTests", dependencies: ["Findings", "RuleSyntax"], exclude: ["Goldens"],
      swiftSettings: strict),
    .target(
      name: "ReferenceInterpreter", dependencies: ["RuleSyntax", "Money", "LocalTime", "Promo"],
      path: "Tests/ReferenceInterpreter", swiftSettings: strict),
    .target(
      name: "Laws",
      dependencies: [
        "Findings", "LocalTime", "Money", "Promo", "ReferenceInterpreter", "RuleSyntax",
      ],
      path: "Tests/Laws", swiftSettings: strict),
    .executableTarget(
      name: "promo-laws", dependencies: ["Laws"], path: "Tests/LawCommand",
      swiftSettings: strict),
    .testTarget(
      name: "LawTests",
      dependencies: [
        "Findings", "Laws", "LocalTime", "Money", "Promo", "ReferenceInterpreter", "RuleSyntax",
      ],
      swiftSettings: strict),
    .target(name: "SocketClient", path: "Tests/SocketClient", swiftSettings: strict),
    .testTarget(name: "HTTPTests", dependencies: ["HTTP", "SocketClient"], swiftSettings: strict),
    .testTarget(
      name: "HTTPClientTests", dependencies: ["HTTP", "HTTPClient"], swiftSettings: strict),
    .executableTarget(
      name: "service-crashes", dependencies: ["SocketClient"], path: "Tests/ServiceCrashes",
      exclude: ["run.sh"], swiftSettings: strict),
    .testTarget(name: "LocalTimeTests", dependencies: ["LocalTime"], swiftSettings: strict),
    .testTarget(name: "MoneyTests", dependencies: ["Money"], swiftSettings: strict),
    .testTarget(name: "PricingTests", dependencies: ["Money", "Pricing"], swiftSettings: strict),
    .testTarget(
      name: "PromoTests", dependencies: ["LocalTime", "Money", "Promo"], swiftSettings: strict),
    .testTarget(
      name: "RuleCheckingTests",
      dependencies: ["Findings", "LocalTime", "RuleChecking", "RuleSyntax"],
      swiftSettings: strict),
    .testTarget(
      name: "QuoteTests", dependencies: ["LocalTime", "Money", "Pricing", "Promo"],
      exclude: ["Fixtures"], swiftSettings: strict),
    .target(
      name: "Simulation", dependencies: ["Ledger", "LocalTime", "Storage"],
      path: "Tests/Simulation", swiftSettings: strict),
    .executableTarget(
      name: "simulate", dependencies: ["Simulation", "Storage"], path: "Tests/SimulateCommand",
      swiftSettings: strict),
    .target(name: "CDisk", path: "Tests/Durability/Disk"),
    .target(
      name: "Crashes", dependencies: ["CDisk", "Ledger", "LocalTime", "Simulation", "Storage"],
      path: "Tests/Durability/Crashes", swiftSettings: strict),
    .executableTarget(
      name: "durability", dependencies: ["Crashes"], path: "Tests/DurabilityCommand",
      swiftSettings: strict),
    .testTarget(
      name: "ServiceTests",
      dependencies: [
        "CCrypto", "HTTP", "HTTPClient", "LocalTime", "Service", "SocketClient", "Storage",
        "WireFormat",
      ],
      exclude: ["Flows"], swiftSettings: strict),
    .testTarget(
      name: "StorageTests",
      dependencies: ["Ledger", "LocalTime", "Service", "Simulation", "Storage"],
      swiftSettings: strict),
    .testTarget(name: "TidyTests", swiftSettings: strict),
    .testTarget(name: "WireFormatTests", dependencies: ["WireFormat"], swiftSettings: strict),
    .target(name: "CReference", path: "Benchmarks/Reference"),
    .target(name: "CAllocations", path: "Benchmarks/Allocations"),
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "CAllocations", "CReference", "LocalTime", "Money", "Pricing", "Promo", "WireFormat",
      ],
      path: "Benchmarks/Program", swiftSettings: strict),
    .executableTarget(
      name: "bare-http", dependencies: ["CMicroHTTPD"], path: "Benchmarks/Service/Bare"),
    .executableTarget(
      name: "ledger-benchmarks",
      dependencies: ["CDisk", "Ledger", "LocalTime", "Storage", "WireFormat"],
      path: "Benchmarks/Ledger", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// The fuzzers need a runtime that ordinary builds do without; Tests/Fuzzing/run.sh asks for them.
if Context.environment["PROMO_FUZZING"] != nil {
  let library: [SwiftSetting] = strict + [.unsafeFlags(["-parse-as-library"])]
  package.targets += [
    .executableTarget(
      name: "RuleTextFuzzer", dependencies: ["Findings", "LocalTime", "Promo", "RuleSyntax"],
      path: "Tests/Fuzzing/RuleText", swiftSettings: library),
    .executableTarget(
      name: "CartFuzzer", dependencies: ["LocalTime", "Promo"],
      path: "Tests/Fuzzing/CartText", swiftSettings: library),
  ]
}

// A connection to PostgreSQL, with which Tests/PostgreSQL/run.sh runs the tests of the store on it.
if Context.environment["PROMO_POSTGRESQL"] != nil {
  package.targets += [
    .systemLibrary(
      name: "CPostgreSQL", path: "Tests/PostgreSQL/CPostgreSQL", pkgConfig: "libpq",
      providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
    .target(
      name: "PostgreSQLConnection", dependencies: ["CPostgreSQL", "Storage"],
      path: "Tests/PostgreSQL/Connection", swiftSettings: strict),
  ]
}
