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
