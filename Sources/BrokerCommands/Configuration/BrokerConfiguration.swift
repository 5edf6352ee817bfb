internal import Broker
internal import BrokerServer
internal import JOSE

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
    /// How issuers other than GitHub and GitLab may sign.
    var algorithms: Set<JWSAlgorithm> = [.rs256]
    /// Whether an issuer's keys may come over plain HTTP from this machine.
    var trustsLocalIssuer = false
    var policyFolder = ""
    var baseline: String?
    /// Whether every policy has to name its repository by id, too.
    var requiresIDs = false
    var state = State.memory
    var auditFile = ""
    var auditKey: String?
    var recordsPerCheckpoint: Int64 = 1000
    /// From how many bytes on the log goes on in a new file.
    var bytesPerSegment: Int64?
    /// How long records are kept at least, in seconds; always where it is nil.
    var secondsKept: Int64?
    /// The file of age identities that open encrypted files.
    var ageKeys: String?
    /// The region whose stores are read; none are where it is nil.
    var awsRegion: String?
    /// What names in AWS begin with.
    var awsNames: [String] = []
    /// The ARNs of the keys that may unwrap the data keys of encrypted files.
    var kmsKeys: [String] = []
    /// How long values of AWS are kept, in seconds, and how long those of protected environments.
    var cacheLifetimes: (usual: Int, protected: Int) = (60, 0)
    /// Seconds between looks at the files of policies and certificate; 0 for none.
    var secondsPerLook = 5
    /// Seconds between lines for CloudWatch; 0 for none.
    var secondsPerMetrics = 0
    var webhook: String?
    /// Who may ask about every scoped token, with the SHA-256 of their credentials.
    var administrators: [(name: String, digest: TokenDigest)] = []
    var maximumLifetime = 900
    var failures = 20
    var failureWindow: Int64 = 60
    var logLevel = "info"
}
