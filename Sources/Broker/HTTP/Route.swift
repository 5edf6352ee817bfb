/// The places of a broker.
enum Route {
    case token, secrets, revoke, introspect, explain, metadata, health, readiness

    /// The route of a target; a query belongs to none.
    init?(_ target: String) {
        switch target {
        case "/v1/token": self = .token
        case "/v1/secrets": self = .secrets
        case "/v1/revoke": self = .revoke
        case "/v1/introspect": self = .introspect
        case "/v1/explain": self = .explain
        case "/.well-known/oauth-authorization-server": self = .metadata
        case "/healthz": self = .health
        case "/readyz": self = .readiness
        default: return nil
        }
    }

    var method: String {
        switch self {
        case .metadata, .health, .readiness: "GET"
        case .token, .secrets, .revoke, .introspect, .explain: "POST"
        }
    }

    /// Whether an address that failed too often is turned away; a job may always take its token back.
    var isLimited: Bool {
        switch self {
        case .token, .secrets, .introspect, .explain: true
        case .revoke, .metadata, .health, .readiness: false
        }
    }
}
