internal import BrokerServer

/// What `broker.yaml` says.
struct BrokerConfiguration: Sendable {
    /// Who issues jobs' tokens.
    enum Issuer: Sendable {
        case github
        case gitlab
        case url(String)
    }

    /// Where the state is.
    enum State: Sendable {
        case memory
        case sqlite(String)
        /// By an address of libpq's, such as `host=db dbname=broker passfile=/run/…`.
        case postgres(String)
    }

    /// The node's name in records.
    var node = "inject-broker"
    /// Where clients reach the broker.
    var url = ""
    /// What jobs' tokens must be for.
    var audience = ""
    var server = ServerSettings(host: "127.0.0.1", port: 8443, tls: nil, isBehindProxy: false)
    var issuers: [Issuer] = []
    /// Whether an issuer's keys may come over plain HTTP from this machine.
    var trustsLocalIssuer = false
    var policyFolder = ""
    var baseline: String?
    var state = State.memory
    var auditFile = ""
    var auditKey: String?
    var recordsPerCheckpoint: Int64 = 1000
    /// The file of age identities that open encrypted files.
    var ageKeys: String?
    var webhook: String?
    var maximumLifetime = 900
    var failures = 20
    var failureWindow: Int64 = 60
    var logLevel = "info"
}
