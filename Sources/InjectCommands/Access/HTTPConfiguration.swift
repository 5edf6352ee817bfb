internal import Diagnostics
internal import HTTPTransport

/// How the job's program speaks HTTP.
enum HTTPConfiguration {
    /// The proxy that `HTTPS_PROXY` and `NO_PROXY` name, and the certificates of INJECT_CA_BUNDLE.
    static func make(_ environment: ProcessEnvironment) -> CurlClient.Configuration {
        configuration(environment, caBundle: environment["INJECT_CA_BUNDLE"])
    }

    /// The same for AWS, whose own tools take their certificates from AWS_CA_BUNDLE.
    static func aws(_ environment: ProcessEnvironment) -> CurlClient.Configuration {
        configuration(environment, caBundle: environment["AWS_CA_BUNDLE"] ?? environment["INJECT_CA_BUNDLE"])
    }

    /// The same for a broker, whose public keys INJECT_BROKER_PIN may name: `sha256//BASE64`, several with `;` between.
    static func broker(_ environment: ProcessEnvironment) throws(Diagnostic) -> CurlClient.Configuration {
        var configuration = make(environment)
        guard let pins = environment["INJECT_BROKER_PIN"], !pins.isEmpty else { return configuration }
        // libcurl takes what is no digest for the name of a file.
        guard pins.split(separator: ";", omittingEmptySubsequences: false).allSatisfy(isPin) else {
            throw Diagnostic(
                .brokerPinMalformed, "`INJECT_BROKER_PIN` is not `sha256//` and 32 bytes in base64",
                [
                    .help(
                        "print it:\nopenssl x509 -in broker.pem -pubkey -noout | openssl pkey -pubin -outform der"
                            + " | openssl dgst -sha256 -binary | base64")
                ])
        }
        configuration.pinnedKeys = pins
        return configuration
    }

    private static func isPin(_ text: Substring) -> Bool {
        let digits = text.utf8.dropFirst(8)
        return text.utf8.starts(with: "sha256//".utf8) && digits.count == 44 && digits.last == UInt8(ascii: "=")
            && digits.dropLast().allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || "+/".utf8.contains(byte)
            }
    }

    /// Throws where libcurl is missing: without it no address can even be read.
    static func requireLibrary() throws(Diagnostic) {
        guard let reason = CurlClient.unavailability else { return }
        throw Diagnostic(
            .libraryMissing, reason,
            [.help("install it: apt-get install libcurl4, or libcurl4t64 from Debian 13 and Ubuntu 24.04 on")]
        )
    }

    private static func configuration(
        _ environment: ProcessEnvironment,
        caBundle: String?
    ) -> CurlClient.Configuration {
        CurlClient.Configuration(
            userAgent: "inject/\(ProgramVersion.text)",
            proxy: CurlClient.Configuration.Proxy { environment[$0] },
            caBundle: caBundle
        )
    }
}

extension Diagnostic.ID {
    /// A shared library that this command needs is not there.
    static let libraryMissing = Diagnostic.ID("library-missing")
    /// The pin of a broker's key is none.
    static let brokerPinMalformed = Diagnostic.ID("broker-pin-malformed")
}
