internal import Diagnostics
internal import Injection
internal import LogMasking
internal import Policy
internal import Secrets
internal import StrictJSON

/// What a run decided and what came of it, for programs; it names secrets and holds nothing of them.
struct RunReport {
    /// What the policy said.
    enum Decision: String {
        case allow
        case deny
        /// It was not asked, or not about a secret that it has.
        case error
    }

    var exitCode: Int32?
    private var decision = Decision.error
    private var policy: String?
    private var environment: String?
    private var grants: [String] = []
    private var secrets: [String] = []
    private var expiry: Int64?
    private var masked = 0
    /// Why inject failed, if it did.
    private(set) var failure: Diagnostic.ID?

    /// Refusals of a question that was understood.
    private static let denials: Set<Diagnostic.ID> = [.nothingGranted, .secretDenied, .localTokenNotHonoured]

    /// Notes where the policy was asked.
    mutating func record(_ access: Access) {
        (policy, environment) = (access.source.text.name, access.environment.name)
    }

    /// Notes what the command is to get; what was granted ends with the shortest of the grants.
    mutating func record(_ access: Access, _ wanted: [GrantedSecret], at now: Int64) {
        record(access)
        decision = wanted.isEmpty ? .deny : .allow
        secrets = wanted.map(\.secret.name.text)
        for granted in wanted where !grants.contains(granted.grant.id) { grants.append(granted.grant.id) }
        expiry = wanted.map(\.grant.ttl).min().map { now + Int64($0) }
    }

    /// Notes what a broker handed out; which of its grants allowed it, it does not say.
    mutating func record(_ fetched: FetchedSecrets, of environment: String?) {
        self.environment = environment
        decision = fetched.secrets.isEmpty ? .deny : .allow
        secrets = fetched.secrets.map(\.name.text)
    }

    /// Notes what a broker would hand out.
    mutating func record(_ plan: BrokerPlan) {
        environment = plan.environment
        decision = plan.status == .success ? .allow : .deny
        secrets = plan.secrets
        grants = plan.grants
    }

    /// Notes what was masked.
    mutating func record(_ outcome: RunOutcome) {
        masked = (outcome.output.entries + outcome.error.entries).reduce(0) { $0 + $1.count }
    }

    /// Notes why inject failed, and with which exit code unless the failure has its own.
    mutating func record(_ error: any Error, status: ExitStatus) {
        let diagnostic: Diagnostic? =
            switch error {
            case let failure as CommandFailure: failure.diagnostic
            case let list as DiagnosticList: list.diagnostics.first
            default: error as? Diagnostic
            }
        failure = diagnostic?.id ?? .unexpected
        exitCode = (error as? CommandFailure)?.status.code ?? status.code
        if let id = diagnostic?.id, Self.denials.contains(id) { decision = .deny }
    }

    /// One JSON object.
    var json: String {
        JSONWriter.object([
            ("version", .integer(1)), ("decision", .string(decision.rawValue)),
            ("policy", .optional(policy)), ("environment", .optional(environment)),
            ("grants", .array(grants.map(JSONWriter.string))), ("secrets", .array(secrets.map(JSONWriter.string))),
            ("expires_at", .optional(expiry.map(Timestamp.text))), ("masked", .integer(Int64(masked))),
            ("exit_code", exitCode.map { .integer(Int64($0)) } ?? .null), ("error", .optional(failure?.description)),
        ]).line + "\n"
    }

    /// The lines that set the outputs of a GitHub step; no value can hold a line feed.
    var outputs: String {
        let names = JSONWriter.array(secrets.map(JSONWriter.string)).line
        let values = [
            ("decision", decision.rawValue), ("environment", environment ?? ""),
            ("grant", grants.joined(separator: ",")), ("secret-names", names),
            ("expires-at", expiry.map(Timestamp.text) ?? ""), ("masked-count", "\(masked)"),
        ]
        return values.map { "\($0)=\($1)\n" }.joined()
    }
}
