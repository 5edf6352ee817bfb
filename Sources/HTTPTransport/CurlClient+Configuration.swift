extension CurlClient {
    /// What is the same for all requests of a client.
    package struct Configuration: Sendable {
        /// A proxy to go through.
        package struct Proxy: Sendable {
            /// The proxy's address; a password in it is never printed.
            package let url: String
            /// Hosts to reach without it, in the syntax of `NO_PROXY`.
            package let exceptions: String

            /// Names a proxy.
            package init(url: String, exceptions: String = "") {
                self.url = url
                self.exceptions = exceptions
            }

            /// The proxy that `HTTPS_PROXY` and `NO_PROXY` name, in capitals or small letters, where one is named.
            package init?(environment: (String) -> String?) {
                guard let url = environment("HTTPS_PROXY") ?? environment("https_proxy"), !url.isEmpty else {
                    return nil
                }
                self.init(url: url, exceptions: environment("NO_PROXY") ?? environment("no_proxy") ?? "")
            }
        }

        /// The `User-Agent` header.
        package var userAgent: String
        /// The proxy; without one the environment's is not used either.
        package var proxy: Proxy?
        /// A file of PEM certificates to trust in place of the system's.
        package var caBundle: String?
        /// The public keys of which a TLS server's certificate has to have one, as `sha256//BASE64;…`; any where it is nil.
        package var pinnedKeys: String?
        /// How long resolving, connecting and the TLS handshake may take together.
        package var connectTimeout: Duration

        /// Describes a client.
        package init(
            userAgent: String = "inject",
            proxy: Proxy? = nil,
            caBundle: String? = nil,
            pinnedKeys: String? = nil,
            connectTimeout: Duration = .seconds(5)
        ) {
            self.userAgent = userAgent
            self.proxy = proxy
            self.caBundle = caBundle
            self.pinnedKeys = pinnedKeys
            self.connectTimeout = connectTimeout
        }
    }
}
