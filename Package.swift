// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target: Swift 6 with the upcoming features that make hidden costs visible
/// (existentials, leaked imports, implicit hops), and no warning let through.
let common: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

/// Model reads what strangers send: every unsafe construct in it has to be spelled out.
let model: [SwiftSetting] =
  common + [
    .strictMemorySafety(),
    .enableExperimentalFeature("Lifetimes"),
  ]

let package = Package(
  name: "open-metrics-multi-tenancy-kit",
  products: [
    .executable(name: "openmmt", targets: ["App"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CNghttp2", path: "Sources/Transport/CLibraries/CNghttp2", pkgConfig: "libnghttp2",
      providers: [.apt(["libnghttp2-dev"])]),
    .systemLibrary(
      name: "CSnappy", path: "Sources/Transport/CLibraries/CSnappy", providers: [.apt(["libsnappy-dev"])]),
    .systemLibrary(
      name: "CZlib", path: "Sources/Transport/CLibraries/CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CYaml", path: "Sources/Transport/CLibraries/CYaml", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CLinux", path: "Sources/Transport/CLibraries/CLinux"),
    .systemLibrary(
      name: "CCurl", path: "Sources/Transport/CLibraries/CCurl", pkgConfig: "libcurl",
      providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(
      name: "COpenSSL", path: "Sources/Transport/CLibraries/COpenSSL", pkgConfig: "openssl",
      providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CCrypt", path: "Sources/Transport/CLibraries/CCrypt", providers: [.apt(["libcrypt-dev"])]),
    .target(name: "Model", swiftSettings: model),
    .target(
      name: "Actors",
      dependencies: [
        "Model",
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: common),
    .target(
      name: "Transport",
      dependencies: [
        "Model", "CSnappy", "CZlib", "CYaml", "CCurl", "COpenSSL", "CCrypt", "CLinux", "CNghttp2",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "Logging", package: "swift-log"),
      ],
      exclude: ["CLibraries", "GRPC/Descriptors/proto", "GRPC/Descriptors/generate"],
      swiftSettings: common),
    .executableTarget(
      name: "App",
      dependencies: [
        "Model", "Actors", "Transport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: common),
    .executableTarget(
      name: "Benchmarks", dependencies: ["Model", "Actors", "Transport"], path: "Tests/Performance/Benchmarks",
      swiftSettings: common),
    .target(
      name: "TestSupport",
      dependencies: [
        "Model", "COpenSSL",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      path: "Tests/TestSupport",
      exclude: ["Prompb/remote.proto"],
      swiftSettings: common),
    .testTarget(name: "ModelTests", dependencies: ["Model", "TestSupport"], swiftSettings: common),
    .testTarget(
      name: "ActorsTests",
      dependencies: [
        "Actors", "Model", "TestSupport",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "InMemoryLogging", package: "swift-log"),
      ],
      swiftSettings: common),
    .testTarget(
      name: "TransportTests",
      dependencies: [
        "Transport", "Model", "TestSupport",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: common),
    .testTarget(
      name: "AppTests",
      dependencies: [
        "App", "Actors", "Transport", "Model", "TestSupport",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: common),
  ]
)
