import Foundation
import InjectTesting
import Testing

/// The walls of the house: who may import whom.
@Suite("Architecture")
struct ArchitectureTests {
    /// Each target's layer; an import may only go to a lower one.
    static let layers: [String: Int] = [
        "COpenSSL": 0, "CCurl": 0, "CYAML": 0, "CZlib": 0, "CInjectShims": 0, "CPostgres": 0,
        "CByteBlocks": 0,
        "Secrets": 1, "StrictJSON": 1, "Diagnostics": 1, "YAMLSyntax": 2,
        "OpenSSLCrypto": 2, "HTTPTransport": 2, "LogMasking": 2, "Policy": 3, "Audit": 3,
        "JOSE": 3, "AWSClient": 3, "EncryptedFile": 3, "Injection": 3, "SecretScan": 3,
        "OIDC": 4, "SecretStores": 4, "PolicyAnalysis": 4, "TokenExchange": 5,
        "PolicyLint": 6, "PolicyImport": 6, "InjectCommands": 7, "inject": 8,
        "Broker": 6, "BrokerState": 7, "BrokerServer": 7, "BrokerCommands": 8, "inject-broker": 9,
    ]

    /// What only the broker is made of: a server may be large.
    static let brokers: Set = ["Broker", "BrokerState", "BrokerServer", "BrokerCommands", "inject-broker"]

    /// Libraries of others that only one target opens.
    static let libraries = [
        "Hummingbird": ["BrokerServer"], "HummingbirdTLS": ["BrokerServer"], "NIOCore": ["BrokerServer"],
        "GRDB": ["BrokerState"],
    ]

    /// C libraries and system-call shims, each with the one target that opens it.
    static let doors = [
        "COpenSSL": ["OpenSSLCrypto"], "CCurl": ["HTTPTransport"], "CYAML": ["YAMLSyntax"], "CZlib": ["SecretScan"],
        "CInjectShims": ["Injection", "Secrets"], "CPostgres": ["BrokerState"], "CByteBlocks": ["LogMasking"],
    ]

    @Test("every target of the package has a layer")
    func everyTargetHasALayer() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: PackageFolder.root.appendingPathComponent("Sources").path
        )
        #expect(Set(folders) == Set(Self.layers.keys).union(["InjectTesting"]))
    }

    @Test("imports go only to lower layers")
    func importsGoDown() throws {
        for file in try PackageFolder.swiftFiles(below: "Sources") {
            let target = Self.target(of: file)
            guard let layer = Self.layers[target] else { continue }
            for imported in try Self.imports(of: file) {
                guard let other = Self.layers[imported] else { continue }
                #expect(other < layer, "\(file) imports \(imported)")
            }
        }
    }

    @Test("each C library has one importer", arguments: doors.keys.sorted())
    func oneImporter(library: String) throws {
        var importers: Set<String> = []
        for file in try PackageFolder.swiftFiles(below: "Sources") where try Self.imports(of: file).contains(library) {
            importers.insert(Self.target(of: file))
        }
        #expect(importers.sorted() == Self.doors[library])
    }

    @Test("each library of the server has one importer, and the job's program imports nothing of the broker's")
    func serverStaysOutside() throws {
        for file in try PackageFolder.swiftFiles(below: "Sources") {
            for imported in try Self.imports(of: file) {
                if let importers = Self.libraries[imported] {
                    #expect(importers.contains(Self.target(of: file)), "\(file)")
                }
                if Self.brokers.contains(imported) { #expect(Self.brokers.contains(Self.target(of: file)), "\(file)") }
            }
        }
    }

    @Test("only tests import the test support")
    func testSupportStaysOutside() throws {
        for file in try PackageFolder.swiftFiles(below: "Sources") where Self.target(of: file) != "InjectTesting" {
            #expect(try !Self.imports(of: file).contains("InjectTesting"), "\(file)")
        }
    }

    @Test("the job's program never imports full Foundation")
    func noFoundation() throws {
        for file in try PackageFolder.swiftFiles(below: "Sources") where Self.target(of: file) != "InjectTesting" {
            guard !Self.brokers.contains(Self.target(of: file)) else { continue }
            #expect(try !Self.imports(of: file).contains("Foundation"), "\(file)")
        }
    }

    @Test("a program is at most 40 lines", arguments: ["inject", "inject-broker"])
    func programIsThin(name: String) throws {
        let lines = try PackageFolder.swiftFiles(below: "Sources/\(name)").map {
            try PackageFolder.text(of: $0).split(separator: "\n", omittingEmptySubsequences: false).count
        }
        #expect(lines.reduce(0, +) <= 40)
    }

    private static func target(of file: String) -> String {
        String(file.split(separator: "/")[1])
    }

    /// The modules that a file's import lines name.
    private static func imports(of file: String) throws -> [String] {
        try PackageFolder.text(of: file).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard let at = words.firstIndex(of: "import"), at <= 2, at + 1 < words.count else { return nil }
            let isImport = words[..<at].allSatisfy {
                ["package", "internal", "private", "public"].contains($0) || $0.hasPrefix("@")
            }
            return isImport ? String(words[at + 1]) : nil
        }
    }
}
