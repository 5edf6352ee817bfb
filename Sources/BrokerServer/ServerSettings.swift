/// Where a server listens, with which certificate, and what it puts up with.
package struct ServerSettings: Sendable {
    /// A certificate and its key, in PEM.
    package struct TLS: Sendable {
        /// The file of the chain.
        package let certificate: String
        /// The file of the key.
        package let key: String

        /// Names the files.
        package init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// The address to listen on.
    package let host: String
    /// The port; 0 for any.
    package let port: Int
    /// The certificate; nil for plain HTTP, on loopback or behind a proxy.
    package let tls: TLS?
    /// Whether a proxy in front says in `X-Forwarded-For` who asks.
    package let isBehindProxy: Bool
    /// Where the metrics are; nowhere where it is nil.
    package var metrics: (host: String, port: Int)?
    /// The longest header, in bytes.
    package var headerBytes = 16 * 1024
    /// The longest body, in bytes.
    package var bodyBytes = 32 * 1024
    /// How long a header may take, from the connection or the last answer on, in seconds.
    package var headerSeconds: Int64 = 5
    /// How long a body may take, in seconds.
    package var bodySeconds: Int64 = 10
    /// How long a request may take in all, in seconds.
    package var requestSeconds: Int64 = 30
    /// How many connections there may be at once.
    package var connections = 4096
    /// How many of them one address may have.
    package var connectionsPerAddress = 256

    /// Describes a server with the usual limits.
    package init(host: String, port: Int, tls: TLS?, isBehindProxy: Bool) {
        self.host = host
        self.port = port
        self.tls = tls
        self.isBehindProxy = isBehindProxy
    }
}
