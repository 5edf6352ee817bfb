internal import ArgumentParser
internal import Diagnostics
internal import HTTPTransport
internal import Secrets

/// Where the configuration is.
struct ConfigurationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The configuration.", valueName: "file"))
    var config: String

    @Flag(help: "A proxy in front ends TLS and says who asks.")
    var behindProxy = false

    func load() throws -> BrokerConfiguration {
        try Self.requireLibrary()
        let bytes: [UInt8]
        do throws(SecretFileError) {
            bytes = try SecretBytes.contents(ofFile: config, limit: 256 * 1024).withExposedBytes { Array($0) }
        } catch {
            throw Diagnostic(
                .brokerConfiguration, "the configuration cannot be read: \(error.reason)", at: .file(config))
        }
        return try BrokerConfiguration.parse(SourceText(name: config, bytes: bytes), behindProxy: behindProxy)
    }

    /// Throws where libcurl is missing: it reads the configuration's addresses, and would take none for a good one.
    private static func requireLibrary() throws(Diagnostic) {
        guard let reason = CurlClient.unavailability else { return }
        throw Diagnostic(
            .libraryMissing, reason,
            [.help("install it: apt-get install libcurl4, or libcurl4t64 from Debian 13 and Ubuntu 24.04 on")]
        )
    }
}

extension Diagnostic.ID {
    /// A shared library that the broker needs is not there.
    static let libraryMissing = Diagnostic.ID("library-missing")
}
