// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "promo",
  products: [],
  targets: [
    .target(name: "Money", swiftSettings: strict),
    .target(name: "Findings", swiftSettings: strict),
    .target(name: "RuleSyntax", dependencies: ["Findings", "Money"], swiftSettings: strict),
    .testTarget(name: "MoneyTests", dependencies: ["Money"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
