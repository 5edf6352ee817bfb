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
}
