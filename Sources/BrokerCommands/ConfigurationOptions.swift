internal import ArgumentParser
internal import Diagnostics
internal import Secrets

/// Where the configuration is.
struct ConfigurationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The configuration.", valueName: "file"))
    var config: String

    @Flag(help: "A proxy in front ends TLS and says who asks.")
    var behindProxy = false

    func load() throws -> BrokerConfiguration {
        let bytes: [UInt8]
        do throws(SecretFileError) {
            bytes = try SecretBytes.contents(ofFile: config, limit: 256 * 1024).withExposedBytes { Array($0) }
        } catch {
            throw Diagnostic(
                .brokerConfiguration, "the configuration cannot be read: \(error.reason)", at: .file(config))
        }
        return try BrokerConfiguration.parse(SourceText(name: config, bytes: bytes), behindProxy: behindProxy)
    }
}
