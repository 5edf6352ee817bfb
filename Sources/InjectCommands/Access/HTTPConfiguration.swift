internal import HTTPTransport

/// How the job's program speaks HTTP.
enum HTTPConfiguration {
    /// The proxy that `HTTPS_PROXY` and `NO_PROXY` name, and the certificates of INJECT_CA_BUNDLE.
    static func make(_ environment: ProcessEnvironment) -> CurlClient.Configuration {
        CurlClient.Configuration(
            userAgent: "inject/\(ProgramVersion.text)",
            proxy: CurlClient.Configuration.Proxy { environment[$0] },
            caBundle: environment["INJECT_CA_BUNDLE"]
        )
    }
}
