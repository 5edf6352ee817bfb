// swift-tools-version: 6.2
import PackageDescription

// Arrows go only to lower layers, and each C library has one importer: Tests/PackageTests proves both.
// What each target owns and may import is in Sources/InjectCommands/Documentation.docc/Architecture.md.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

func module(
    _ name: String,
    _ dependencies: [Target.Dependency] = [],
    exclude: [String] = [],
    link: [LinkerSetting] = []
) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict, linkerSettings: link)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name + "Tests",
        dependencies: [.byName(name: name), "InjectTesting"] + dependencies,
        swiftSettings: strict
    )
}

let doors: [Target] = [
    // Loaded on first use, so that commands without a signature or a request start without them.
    .target(name: "COpenSSL"),
    .target(name: "CCurl"),
    // No pkgConfig: it would add -lyaml and with it a run-time library that GitHub's runners need not have.
    .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CInjectShims"),
    .target(name: "CByteBlocks"),
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
]

let base: [Target] = [
    module("Secrets", ["CInjectShims"]),
    module("StrictJSON"),
    module("Diagnostics"),
    module("YAMLSyntax", ["CYAML", "Diagnostics"], link: [.linkedLibrary(":libyaml.a")]),
]

let mechanism: [Target] = [
    module("OpenSSLCrypto", ["COpenSSL", "Secrets"]),
    module("HTTPTransport", ["CCurl", "StrictJSON", "Secrets"]),
    module("LogMasking", ["Secrets", "CByteBlocks"]),
    module("Audit", ["OpenSSLCrypto", "StrictJSON", "Diagnostics", "Secrets"], exclude: ["audit-record.schema.json"]),
    module("Policy", ["YAMLSyntax", "Diagnostics", "Secrets"], exclude: ["inject.schema.json"]),
]

let protocols: [Target] = [
    module("JOSE", ["OpenSSLCrypto", "StrictJSON", "Secrets"]),
    module("EncryptedFile", ["OpenSSLCrypto", "StrictJSON", "YAMLSyntax", "Diagnostics", "Secrets"]),
    module("AWSClient", ["HTTPTransport", "OpenSSLCrypto", "StrictJSON", "Diagnostics", "Secrets"]),
    module("Injection", ["Secrets", "LogMasking", "Diagnostics", "CInjectShims"]),
    module("SecretScan", ["CZlib", "Secrets", "LogMasking"], link: [.linkedLibrary(":libz.a")]),
]

let domain: [Target] = [
    module("PolicyAnalysis", ["Policy", "AWSClient", "StrictJSON", "Diagnostics", "Secrets"]),
    module("OIDC", ["Policy", "JOSE", "OpenSSLCrypto", "HTTPTransport", "StrictJSON", "Diagnostics", "Secrets"]),
    module("SecretStores", ["AWSClient", "EncryptedFile", "HTTPTransport", "StrictJSON", "Diagnostics", "Secrets"]),
]

let exchanges: [Target] = [
    module(
        "TokenExchange", ["OIDC", "AWSClient", "Policy", "HTTPTransport", "StrictJSON", "Diagnostics", "Secrets"])
]

let analyses: [Target] = [
    module(
        "PolicyLint",
        [
            "PolicyAnalysis", "Policy", "TokenExchange", "YAMLSyntax", "AWSClient", "StrictJSON", "Diagnostics",
            "Secrets",
        ]),
    module("PolicyImport", ["Policy", "PolicyAnalysis", "YAMLSyntax", "Diagnostics"]),
]

let commands: [Target] = [
    module(
        "InjectCommands",
        [
            "TokenExchange", "AWSClient", "Audit", "EncryptedFile", "OpenSSLCrypto", "Policy", "PolicyAnalysis",
            "PolicyImport", "PolicyLint", "OIDC", "JOSE",
            "HTTPTransport", "SecretStores", "Injection", "SecretScan",
            "LogMasking", "StrictJSON", "YAMLSyntax", "Diagnostics", "Secrets",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ]
    ),
    .executableTarget(name: "inject", dependencies: ["InjectCommands"], swiftSettings: strict),
]

// Nothing of these is in the job's program: a server may be large, and what fetches secrets in every job must not.
let broker: [Target] = [
    module(
        "Broker",
        [
            "TokenExchange", "Audit", "Policy", "PolicyAnalysis", "OIDC", "JOSE", "SecretStores", "AWSClient",
            "EncryptedFile", "HTTPTransport", "OpenSSLCrypto", "YAMLSyntax", "StrictJSON", "Diagnostics", "Secrets",
        ]
    ),
    module("BrokerState", ["Broker", "CPostgres", .product(name: "GRDB", package: "GRDB.swift")]),
    module(
        "BrokerServer",
        [
            "Broker", "StrictJSON", "Secrets",
            .product(name: "Hummingbird", package: "hummingbird"),
            .product(name: "HummingbirdCore", package: "hummingbird"),
            .product(name: "HummingbirdTLS", package: "hummingbird"),
            .product(name: "HTTPTypes", package: "swift-http-types"),
            .product(name: "Logging", package: "swift-log"),
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
        ]
    ),
    module(
        "BrokerCommands",
        [
            "Broker", "BrokerState", "BrokerServer", "Audit", "OIDC", "JOSE", "AWSClient", "SecretStores",
            "EncryptedFile",
            "HTTPTransport", "Policy",
            "YAMLSyntax",
            "StrictJSON", "Diagnostics", "Secrets",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
            .product(name: "Logging", package: "swift-log"),
        ],
        exclude: ["broker.schema.json"]
    ),
    .executableTarget(name: "inject-broker", dependencies: ["BrokerCommands"], swiftSettings: strict),
]

let testing: [Target] = [
    module(
        "InjectTesting",
        ["Secrets", "StrictJSON", "Diagnostics", "SecretStores", "HTTPTransport", "JOSE", "OIDC", "OpenSSLCrypto"]
    ),
    tests("Secrets", []),
    tests("StrictJSON", []),
    tests("Diagnostics", []),
    tests("YAMLSyntax", ["Diagnostics"]),
    tests("OpenSSLCrypto", ["Secrets", "StrictJSON"]),
    tests("HTTPTransport", ["Secrets"]),
    tests("LogMasking", ["Secrets"]),
    tests("Audit", ["Diagnostics", "OpenSSLCrypto", "StrictJSON"]),
    tests("Policy", ["YAMLSyntax", "Diagnostics", "Secrets", "StrictJSON"]),
    tests("PolicyAnalysis", ["Policy", "AWSClient", "StrictJSON", "Diagnostics", "Secrets"]),
    tests("PolicyLint", ["Policy", "Diagnostics", "StrictJSON"]),
    tests("PolicyImport", ["Policy", "OIDC", "Diagnostics"]),
    tests("JOSE", ["OpenSSLCrypto", "StrictJSON", "Secrets"]),
    // Fork belongs to the main thread, and tests run on others: they run this instead.
    .executableTarget(
        name: "InjectionProbe",
        dependencies: ["Injection", "InjectTesting", "LogMasking", "Secrets", "Diagnostics"],
        path: "Tests/InjectionProbe",
        swiftSettings: strict
    ),
    tests("Injection", ["InjectionProbe", "Secrets", "LogMasking", "Diagnostics"]),
    tests("SecretScan", ["Secrets", "LogMasking"]),
    tests("AWSClient", ["HTTPTransport", "OpenSSLCrypto", "StrictJSON", "Diagnostics", "Secrets"]),
    tests("EncryptedFile", ["OpenSSLCrypto", "Diagnostics", "Secrets"]),
    tests("OIDC", ["JOSE", "HTTPTransport", "StrictJSON", "Diagnostics", "Secrets", "OpenSSLCrypto"]),
    tests("SecretStores", ["AWSClient", "EncryptedFile", "HTTPTransport", "Diagnostics", "Secrets"]),
    tests("TokenExchange", ["AWSClient", "OIDC", "Policy", "HTTPTransport", "Diagnostics", "Secrets"]),
    // They run the built program, so it has to be built first.
    tests(
        "InjectCommands",
        [
            "inject", "Audit", "JOSE", "OIDC", "OpenSSLCrypto", "Policy", "Secrets", "StrictJSON",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ]
    ),
    // They run the built program in the actions, as GitHub's runner does.
    .testTarget(name: "ActionTests", dependencies: ["inject", "InjectTesting"], swiftSettings: strict),
    // They run what the guide tells its readers to type.
    .testTarget(
        name: "DocumentationTests",
        dependencies: [
            "inject", "inject-broker", "Policy", "PolicyLint", "YAMLSyntax", "Diagnostics", "InjectTesting",
        ],
        swiftSettings: strict
    ),
    .testTarget(name: "PackageTests", dependencies: ["inject", "InjectTesting"], swiftSettings: strict),
    tests("Broker", ["Audit", "OIDC", "JOSE", "HTTPTransport", "Policy", "Diagnostics", "Secrets"]),
    tests("BrokerState", ["Broker", "Secrets"]),
    tests("BrokerCommands", ["inject", "inject-broker", "Audit", "HTTPTransport", "JOSE", "OpenSSLCrypto", "Secrets"]),
]

let package = Package(
    name: "inject",
    products: [
        .executable(name: "inject", targets: ["inject"]),
        .executable(name: "inject-broker", targets: ["inject-broker"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.3.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.24.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.29.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.0.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.15.0"),
    ],
    targets: doors + base + mechanism + protocols + domain + exchanges + analyses + commands + broker + testing
)

// Measured in release mode, so they exist only when they are asked for: Benchmarks/micro and Benchmarks/broker.
if Context.environment["INJECT_BENCH"] != nil {
    package.targets.append(
        .executableTarget(
            name: "BareBroker",
            dependencies: [
                "Broker", "BrokerServer", "Audit", "OIDC", "EncryptedFile", "HTTPTransport",
                .product(name: "Hummingbird", package: "hummingbird"), .product(name: "Logging", package: "swift-log"),
            ],
            path: "Benchmarks/BareBroker",
            swiftSettings: strict
        )
    )
    package.targets.append(
        .executableTarget(
            name: "Micro",
            dependencies: [
                "AWSClient", "OIDC", "JOSE", "LogMasking", "HTTPTransport", "OpenSSLCrypto", "StrictJSON", "Secrets",
                "Policy", "PolicyAnalysis", "YAMLSyntax", "Diagnostics", "InjectTesting",
            ],
            path: "Benchmarks/Micro",
            swiftSettings: strict
        )
    )
}

// Fuzz programs need libFuzzer's instrumentation everywhere, so they exist only when one is asked for: .ci/fuzz.
if Context.environment["INJECT_FUZZ"] != nil {
    let fuzzed: [(String, [Target.Dependency])] = [
        ("JSON", ["StrictJSON"]), ("CompactJWS", ["JOSE", "Secrets"]), ("JWKSet", ["JOSE", "OpenSSLCrypto"]),
        ("Policy", ["Policy", "Diagnostics"]), ("Analysis", ["PolicyAnalysis", "Policy", "Diagnostics"]),
        ("Lint", ["PolicyLint", "YAMLSyntax", "Diagnostics"]),
        ("Dotenv", ["SecretStores", "Secrets"]), ("Masking", ["LogMasking", "InjectTesting"]),
        ("Archive", ["SecretScan", "LogMasking", "Secrets"]),
        ("XML", ["AWSClient", "Secrets"]), ("INI", ["AWSClient", "Secrets"]),
        ("Age", ["EncryptedFile", "Secrets"]), ("Sops", ["EncryptedFile", "Secrets"]),
        ("Token", ["OIDC", "HTTPTransport", "Secrets", "Diagnostics", "JOSE"]),
        ("Import", ["PolicyImport", "Policy", "Diagnostics"]), ("Form", ["Broker", "Secrets"]),
        ("Question", ["Broker", "Secrets"]),
    ]
    package.targets.append(.target(name: "CFuzzDriver", path: "Tests/Fuzz/CFuzzDriver"))
    for (name, dependencies) in fuzzed {
        package.targets.append(
            .executableTarget(
                name: "Fuzz" + name,
                dependencies: dependencies + ["CFuzzDriver"],
                path: "Tests/Fuzz/Fuzz" + name,
                swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]
            )
        )
    }
}
